import { and, eq, gt, lte, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { rateLimits } from "#db/tables/guards.ts"
import type { Bucket } from "./tries.ts"

const { key: keyColumn, emptiesAt } = rateLimits

/**
 * One more into a leaky bucket (GCRA): null when there was room, else the seconds until there is. A statement by
 * itself, so that tries at the same moment are all counted; a full bucket is left as it is, so that knocking on does
 * not lengthen the wait. What lies more than a minute further ahead than a full bucket can is a clock that was set back, and
 * counts as full; less than that is a process whose clock is behind another's, and forgives nothing.
 */
export async function take({ key, most, everySeconds, after = 0 }: Bucket, now: Date): Promise<number | null> {
  const each = Math.round(everySeconds * 1000)
  const full = now.getTime() + most * each
  const room = full - each - after * 1000
  const ahead = full + 60_000
  const level = sql`greatest(case when ${rateLimits}.expire > ${ahead}::bigint then ${full}::bigint
    else ${rateLimits}.expire end, ${now.getTime()}::bigint)`
  const [row] = await db.execute<{ taken: boolean; stands: number }>(sql`
    with taken as (
      insert into ${rateLimits} (key, expire) values (${key}, ${now.getTime() + each}::bigint)
      on conflict (key) do update set expire = ${level} + ${each}::bigint where ${level} <= ${room}::bigint
      returning 1)
    select exists (select from taken) as taken, least(${full}::float8, max(expire)) as stands
      from ${rateLimits} where key = ${key}`)
  if (row?.taken) return null
  return Math.max(1, Math.ceil(((row?.stands ?? 0) - room) / 1000))
}

/** Takes one back out: what was counted turned out to be nobody's attack. */
export async function giveBack({ key, everySeconds }: Bucket) {
  await db
    .update(rateLimits)
    .set({ emptiesAt: sql`${emptiesAt} - ${Math.round(everySeconds * 1000)}::bigint` })
    .where(eq(keyColumn, key))
}

/** Remembers something until a moment. */
export async function mark(key: string, until: Date) {
  const row = { key, emptiesAt: until.getTime() }
  await db.insert(rateLimits).values(row).onConflictDoUpdate({ target: keyColumn, set: row })
}

export async function isMarked(key: string, now: Date): Promise<boolean> {
  const lasting = and(eq(keyColumn, key), gt(emptiesAt, now.getTime()))
  return (await db.select({ key: keyColumn }).from(rateLimits).where(lasting)).length > 0
}

/** Seconds since something was marked for so many minutes; null when it is not. */
export async function markedFor(key: string, minutes: number, now: Date): Promise<number | null> {
  const lasting = and(eq(keyColumn, key), gt(emptiesAt, now.getTime()))
  const [row] = await db.select({ until: emptiesAt }).from(rateLimits).where(lasting)
  return row ? minutes * 60 - (row.until - now.getTime()) / 1000 : null
}

/** For the sweep: buckets that emptied mean nothing any more. */
export async function forgetTries(now: Date): Promise<number> {
  const empty = lte(emptiesAt, now.getTime())
  return (await db.delete(rateLimits).where(empty).returning({ key: keyColumn })).length
}
