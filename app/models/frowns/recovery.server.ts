import { sql } from "drizzle-orm"
import { db, ts } from "#db/connection.server.ts"
import { creditRecovery } from "../ratings/request.server.ts"
import { hoursAfter } from "./frown.ts"

/** Older ones were looked at when they were new. */
const lookedAtHours = 60 * 24

type Row = { request: number; frown: number | null }

/**
 * What was written to make good for a frown of a case that was merged, and is with that case no longer, follows up the
 * frown that was open in its own case, or none: then it was asked like any other.
 */
export async function followRecoveries(now: Date) {
  const rows = await db.execute<Row>(sql`
    with recursive parted(number) as (
      select case_number from case_events where kind = 'unmerged' and at > ${ts(hoursAfter(now, -lookedAtHours))}
    ), up(origin, number, merged_into) as (
      select p.number, c.number, c.merged_into from (select distinct number from parted) p join cases c using (number)
      union all
      select up.origin, c.number, c.merged_into
        from up, lateral (select * from cases where number = up.merged_into offset 0) c
    ), family(living, number) as (
      select distinct number, number from up where merged_into is null
      union all
      select family.living, c.number
        from family, lateral (select number from cases where merged_into = family.number offset 0) c
    )
    select q.id::float8 as request, (
             select f.id::float8 from frowns f join family w on w.number = f.case_number
              where w.living = mine.living and f.opened_at <= q.made_at and (f.closed_at is null or f.closed_at > q.made_at)
                and f.joined_into is null order by f.id limit 1) as frown
      from family mine
      join rating_requests q on q.case_number = mine.number and q.recovery_frown_id is not null
      join frowns its on its.id = q.recovery_frown_id
      join family other on other.number = its.case_number
     where other.living <> mine.living
     order by q.id`)
  for (const { request, frown } of rows) await db.transaction((tx) => creditRecovery(tx, request, frown))
}
