import { and, isNull, sql } from "drizzle-orm"
import { type Tx, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import {
  beyond,
  type Hit,
  type HitRow,
  type Hunt,
  hitOf,
  holds,
  holdsNone,
  holdsTitle,
  worth,
} from "./search-hunt.server.ts"
import { visibleTo } from "./visible.server.ts"

type Part = { until: Date | null; inTitle: boolean; drivers: readonly string[] }

/**
 * Cases older than `until` by the index: those with the words in their title, or the others. What is dear to ask of a
 * row is asked in their order, until enough have passed.
 */
export async function fromIndex(tx: Tx, hunt: Hunt, { until, inTitle, drivers }: Part): Promise<Hit[]> {
  const { viewer, all, none, title, where, after, limit, mailboxIds } = hunt
  const boxes = mailboxIds || drivers.length === 0 ? [inBoxes(mailboxIds ?? viewer.mailboxIds)] : []
  const driver = [...drivers, ...boxes].map((query) => `(${query})`).join(" & ")
  const unasked = inTitle ? [] : all.filter((query) => !drivers.includes(query))
  const others = inTitle ? sql`true` : sql`not ${holdsTitle(sql`words`, title)}`
  const older = until ? sql`last_message_at <= ${ts(until)}` : undefined
  const rows = await tx.execute<HitRow>(sql`
    with named as materialized (
        select case_number, words from case_words where words @@ ${driver}::tsquery and not is_shared and part = 0),
      ordered as (
        select cases.number, named.words, cases.last_message_at + ${inTitle ? worth : sql`interval '0'`} as at
          from named join cases on cases.number = named.case_number
         where ${and(visibleTo(viewer), isNull(cases.mergedInto), where, older)}
         order by at desc, cases.number desc offset 0)
    select number, at, ${inTitle}::boolean as "isTitle" from ordered
     where ${beyond(after, sql`at`, sql`number`)} and ${others}
       and ${sql.join([holdsNone(none, sql`words`), ...unasked.map((query) => holds(sql`words`, query))], sql` and `)}
     limit ${limit}`)
  return rows.map(hitOf)
}

const inBoxes = (ids: readonly number[]) => ids.map((id) => `'m=${id}'`).join(" | ") || "'m=0'"
