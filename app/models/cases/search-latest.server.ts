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

export type Looked = {
  hits: Hit[]
  /** The last message of the oldest that was looked at; null when these were all. */
  until: Date | null
  /** What part of them has each of the words, and all in its title. */
  shares: number[]
  titleShare: number
}

type Row = {
  looked: number
  until: string | null
  checked: number
  titles: number
  counts: number[] | null
  hits: HitRow[]
}

/** So many of the latest cases that the viewer may read, each by its words. */
export async function lookAtLatest(tx: Tx, hunt: Hunt, count: number): Promise<Looked> {
  const { viewer, all, none, title, where, after, limit } = hunt
  const has = sql.join([...all.map((query) => holds(sql`w.words`, query)), sql`true`], sql`, `)
  const from = after ? sql`${cases.lastMessageAt} <= ${ts(after.at)}` : undefined
  const [row] = await tx.execute<Row>(sql`
    with latest as materialized (
        select number, last_message_at from cases
         where ${and(visibleTo(viewer), isNull(cases.mergedInto), where, from)}
         order by last_message_at desc, number desc limit ${count}),
      checked as materialized (
        select latest.number, array[${has}] as has, ${holdsNone(none, sql`w.words`)} as is_allowed,
               ${holdsTitle(sql`w.words`, title)} as is_title, latest.last_message_at
          from latest join case_words w on w.case_number = latest.number and w.part = 0 and not w.is_shared),
      hits as (
        select number, is_title as "isTitle", last_message_at + case when is_title then ${worth} else interval '0' end as at
          from checked where is_allowed and true = all(has)),
      page as (select * from hits where ${beyond(after, sql`at`, sql`number`)} order by at desc, number desc limit ${limit})
    select (select count(*)::int from latest) as looked, (select min(last_message_at) from latest) as until,
           (select count(*)::int from checked) as checked,
           (select count(*) filter (where is_title)::int from checked) as titles,
           (select json_agg(found order by place) from (
              select place, count(*) filter (where is_so)::int as found
                from checked, unnest(checked.has) with ordinality each(is_so, place) group by place) counts) as counts,
           (select coalesce(json_agg(page), '[]') from page) as hits`)
  const { looked = 0, until = null, checked = 0, titles = 0, counts = null, hits = [] } = row ?? {}
  const share = (found: number | undefined) => (checked === 0 ? 0 : (found ?? 0) / checked)
  return {
    hits: hits.map(hitOf),
    until: looked < count || until === null ? null : new Date(until),
    shares: all.map((_query, at) => share(counts?.[at])),
    titleShare: share(titles),
  }
}
