import { and, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import type { Viewer } from "../people/agent.ts"
import { sharedMark } from "./case-words.server.ts"
import { beyond, type Hit, type HitRow, type Hunt, hitOf, holds, holdsTitle, worth } from "./search-hunt.server.ts"
import type { Looked } from "./search-latest.server.ts"
import { inMailboxesOf, visibleTo } from "./visible.server.ts"

/**
 * Cases whose words are in several rows, because others went into them or because they are long. Each is found as the
 * case nearest to the end of the line that the viewer may read, by what they may read of it and of those before it.
 */
export async function across(tx: Tx, hunt: Hunt, looked: Looked | null): Promise<Hit[]> {
  const { all } = hunt
  const share = (at: number) => looked?.shares[at] ?? 0
  const rarest = all.reduce((least, _query, at) => (share(at) < share(least) ? at : least), 0)
  const plain = hunt.isTitleOnly ? [] : await inFamilies(tx, hunt, all[rarest] ?? null, false)
  return hunt.title === null ? plain : [...plain, ...(await inFamilies(tx, hunt, all[rarest] ?? null, true))]
}

async function inFamilies(tx: Tx, hunt: Hunt, rarest: string | null, inTitle: boolean): Promise<Hit[]> {
  const { viewer, all, none, title, where, after, limit, asMerged } = hunt
  const driver = [sharedMark, ...[inTitle ? title : rarest].flatMap((query) => (query ? [`(${query})`] : []))].join(
    " & ",
  )
  const words = sql`w.words`
  const each = all.map((query) => sql`bool_or(${holds(words, query)})`)
  const neither = none.map((query) => sql`not bool_or(${holds(words, query)})`)
  const isTitle = sql`bool_or(${holdsTitle(words, title)})`
  const rows = await tx.execute<HitRow>(sql`
    with families as materialized (select distinct root from case_words where words @@ ${driver}::tsquery and is_shared),
      placed as materialized (
        select w.case_number as part_of, ${asMerged ? sql`w.case_number` : foundAs(viewer)} as found
          from families f
         cross join lateral (select case_number, root from case_words where root = f.root and is_shared and part = 0 offset 0) w
          join cases m on m.number = w.case_number
         where ${inMailboxesOf(viewer, sql`m.mailbox_id`)}),
      ordered as (
        select cases.number, ${cases.lastMessageAt} + ${inTitle ? worth : sql`interval '0'`} as at, members
          from (select found, array_agg(part_of) as members from placed group by found) whole
          join cases on cases.number = whole.found
         where ${and(visibleTo(viewer), where)}
         order by at desc, cases.number desc offset 0)
    select number, at, ${inTitle}::boolean as "isTitle" from ordered
     where ${beyond(after, sql`at`, sql`number`)}
       and (select ${sql.join([inTitle ? isTitle : sql`not ${isTitle}`, ...each, ...neither], sql` and `)}
              from case_words w where w.case_number = any(ordered.members))
     limit ${limit}`)
  return rows.map(hitOf)
}

const foundAs = (viewer: Pick<Viewer, "mailboxIds">) => sql`coalesce(
  (select number from cases where number = w.root and ${visibleTo(viewer)}),
  (with recursive up(number, goes_to, far) as (
      select m.number, m.merged_into, 0
      union all select c.number, c.merged_into, up.far + 1 from up join cases c on c.number = up.goes_to)
   select number from up join cases using (number) where ${visibleTo(viewer)} order by far desc limit 1))`
