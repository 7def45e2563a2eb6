import { and, isNull, type SQL, sql } from "drizzle-orm"
import { type Tx, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import type { Viewer } from "../people/agent.ts"
import { sharedMark } from "./case-words.server.ts"
import type { Cursor } from "./cursor.ts"
import { inMailboxesOf, visibleTo } from "./visible.server.ts"

/** All of it holds together: `all` of these words and `none` of those, in a case for which `where` holds. */
export type Hunt = {
  viewer: Pick<Viewer, "mailboxIds">
  all: readonly string[]
  none: readonly string[]
  /** The words of `all`, where they stand in the subject or a name. */
  title: string | null
  where: SQL | undefined
  /** Only rows of these mailboxes can be found, where that spares reading many others. */
  mailboxIds: readonly number[] | null
  /** Merged cases are what is asked for: each is then found as itself. */
  asMerged: boolean
  after: Cursor | null
  limit: number
}
export type Hit = { number: number; at: Date }

/** How many of the latest cases are looked at one by one first: whatever many cases have is found among them. */
const lookedAt = 600
/** What fewer of them have is looked up in the index; what more have is checked on what that finds. */
const rare = 0.06
/** A word in the subject or in somebody's name counts like so much of newness. */
const worth = sql`interval '90 days'`

/**
 * The best cases, by their last message and where the words stand. Reading the latest first serves words that many cases
 * have, the index those that few have; either alone takes seconds where the other takes milliseconds. Both are exact.
 */
export async function bestHits(tx: Tx, hunt: Hunt): Promise<Hit[]> {
  const looked = hunt.asMerged ? null : await lookAtLatest(tx, hunt)
  const apart = await acrossRows(tx, hunt, looked?.shares ?? null)
  const known = looked?.hits ?? []
  if (hunt.asMerged || looked?.until === null) return best([...known, ...apart], hunt.limit)
  const enough = known.length >= hunt.limit
  const titles = known.filter(({ isTitle }) => isTitle).length
  if (titles >= hunt.limit || (enough && !hunt.title)) return best([...known, ...apart], hunt.limit)
  const older = await fromIndex(
    tx,
    hunt,
    looked?.until ?? null,
    enough ? [hunt.title ?? ""] : driversOf(hunt, looked?.shares ?? null),
  )
  return best([...known, ...apart, ...older], hunt.limit)
}

function best(hits: readonly Hit[], limit: number) {
  const byNumber = new Map(hits.map((hit) => [hit.number, hit]))
  return [...byNumber.values()].sort((a, b) => +b.at - +a.at || b.number - a.number).slice(0, limit)
}

type Row = { number: string; at: string; is_title: boolean }
const hitsIn = (rows: readonly Row[]) =>
  rows.map(({ number, at, is_title }) => ({ number: Number(number), at: new Date(at), isTitle: is_title }))

/** As a function: written as an operator it would go through the index, for all cases. */
const holds = (words: SQL, query: string) => sql`ts_match_vq(${words}, ${query}::tsquery)`
const score = (isTitle: SQL) => sql`${cases.lastMessageAt} + case when ${isTitle} then ${worth} else interval '0' end`
const isTitleIn = (words: SQL, title: string | null) => (title === null ? sql`false` : holds(words, title))
const beyond = (after: Cursor | null, at: SQL, number: SQL) =>
  after ? sql`(${at}, ${number}) < (${ts(after.at)}, ${after.number}::bigint)` : sql`true`

async function lookAtLatest(tx: Tx, { viewer, all, none, title, where, after, limit }: Hunt) {
  const has = sql.join([...all.map((query) => holds(sql`w.words`, query)), sql`true`], sql`, `)
  const from = after ? sql`${cases.lastMessageAt} <= ${ts(after.at)}` : undefined
  const [row] = await tx.execute<{
    looked: number
    until: string | null
    checked: number
    counts: number[]
    hits: Row[]
  }>(sql`
    with latest as materialized (
        select number, last_message_at from cases
         where ${and(visibleTo(viewer), isNull(cases.mergedInto), where, from)}
         order by last_message_at desc, number desc limit ${lookedAt}),
      checked as materialized (
        select cases.number, array[${has}] as has, ${noneOf(none, sql`w.words`)} as is_allowed,
               ${isTitleIn(sql`w.words`, title)} as is_title, ${score(isTitleIn(sql`w.words`, title))} as at
          from latest as cases join case_words w on w.case_number = cases.number and w.part = 0 and not w.is_shared),
      hits as (
        select number, at, is_title from checked
         where is_allowed and true = all(has) and ${beyond(after, sql`at`, sql`number`)}
         order by at desc, number desc limit ${limit})
    select (select count(*)::int from latest) as looked, (select min(last_message_at) from latest) as until,
           (select count(*)::int from checked) as checked,
           (select json_agg(found order by place) from (
              select place, count(*) filter (where is_so)::int as found
                from checked, unnest(checked.has) with ordinality each(is_so, place) group by place) counts) as counts,
           (select coalesce(json_agg(hits), '[]') from hits) as hits`)
  const { looked = 0, until = null, checked = 0, counts, hits = [] } = row ?? {}
  return {
    hits: hitsIn(hits),
    until: looked < lookedAt || until === null ? null : new Date(until),
    shares: all.map((_query, at) => (checked === 0 ? 0 : (counts?.[at] ?? 0) / checked)),
  }
}

const noneOf = (none: readonly string[], words: SQL) =>
  sql.join([sql`true`, ...none.map((query) => sql`not ${holds(words, query)}`)], sql` and `)

/** What the index is asked for: the words few of the latest cases have, else all of them at once. */
function driversOf({ all }: Hunt, shares: readonly number[] | null): string[] {
  const few = all.filter((_query, at) => (shares?.[at] ?? 0) <= rare)
  return few.length > 0 ? few : [...all]
}

async function fromIndex(tx: Tx, hunt: Hunt, until: Date | null, drivers: readonly string[]) {
  const { viewer, all, none, title, where, after, limit, mailboxIds } = hunt
  const boxes = mailboxIds || drivers.length === 0 ? [mailboxIds ?? viewer.mailboxIds] : []
  const driver = [...drivers, ...boxes.map(inBoxes)].map((query) => `(${query})`).join(" & ")
  const rest = all.filter((query) => !drivers.includes(query)).map((query) => holds(sql`words`, query))
  const rows = await tx.execute<Row>(sql`
    with found as materialized (
        select case_number, ${isTitleIn(sql`words`, title)} as is_title from case_words
         where words @@ ${driver}::tsquery and not is_shared and part = 0
           and ${sql.join([noneOf(none, sql`words`), ...rest], sql` and `)}),
      scored as (
        select cases.number, ${score(sql`found.is_title`)} as at, found.is_title
          from found join cases on cases.number = found.case_number
         where ${and(visibleTo(viewer), isNull(cases.mergedInto), where, until ? sql`last_message_at <= ${ts(until)}` : undefined)})
    select number, at, is_title from scored where ${beyond(after, sql`at`, sql`number`)}
     order by at desc, number desc limit ${limit}`)
  return hitsIn(rows)
}

const inBoxes = (ids: readonly number[]) => ids.map((id) => `'m=${id}'`).join(" | ") || "'m=0'"

/**
 * Cases whose words are in several rows, because others went into them or because they are long. Each is found as the
 * case nearest to the end of the line that the viewer may read, by what they may read of it and of those before it.
 */
async function acrossRows(tx: Tx, hunt: Hunt, shares: readonly number[] | null) {
  const { viewer, all, none, title, where, after, limit, asMerged } = hunt
  const rarest = all.reduce((at, _query, here) => ((shares?.[here] ?? 0) < (shares?.[at] ?? 0) ? here : at), 0)
  const driver = [sharedMark, ...(all[rarest] ? [`(${all[rarest]})`] : [])].join(" & ")
  const each = all.map((query) => sql`bool_or(${holds(sql`words`, query)})`)
  const anyOf = none.map((query) => sql`not bool_or(${holds(sql`words`, query)})`)
  const rows = await tx.execute<Row>(sql`
    with families as materialized (select distinct root from case_words where words @@ ${driver}::tsquery and is_shared),
      placed as materialized (
        select w.words, ${asMerged ? sql`w.case_number` : foundAs(viewer)} as number
          from families f join case_words w on w.root = f.root and w.is_shared join cases m on m.number = w.case_number
         where ${inMailboxesOf(viewer, sql`m.mailbox_id`)}),
      whole as (
        select number, bool_or(${isTitleIn(sql`words`, title)}) as is_title from placed group by number
        having ${sql.join([sql`true`, ...each, ...anyOf], sql` and `)}),
      scored as (
        select cases.number, ${score(sql`whole.is_title`)} as at, whole.is_title from whole join cases using (number)
         where ${and(visibleTo(viewer), where)})
    select number, at, is_title from scored where ${beyond(after, sql`at`, sql`number`)}
     order by at desc, number desc limit ${limit}`)
  return hitsIn(rows)
}

const foundAs = (viewer: Pick<Viewer, "mailboxIds">) => sql`coalesce(
  (select number from cases where number = w.root and ${visibleTo(viewer)}),
  (with recursive up(number, goes_to, far) as (
      select m.number, m.merged_into, 0
      union all select c.number, c.merged_into, up.far + 1 from up join cases c on c.number = up.goes_to)
   select number from up join cases using (number) where ${visibleTo(viewer)} order by far desc limit 1))`
