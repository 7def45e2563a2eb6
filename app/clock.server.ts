import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"

/** The desk's time when it was last compared with the database's, and our monotonic clock at that instant. */
let base = Date.now()
let mark = performance.now()

/**
 * The time the desk goes by: the database's clock carried forward by a monotonic one, so that a machine's clock set
 * wrong or set back changes nothing. Doors call it once per request and pass it down as `now`.
 */
export function deskNow() {
  return new Date(base + (performance.now() - mark))
}

/** Compares with the database again. Under NODE_ENV=test the setting `clock.offsetSeconds` moves the desk's time. */
export async function setClock(isTest: boolean) {
  const asked = performance.now()
  const [row] = await db.execute<{ ms: number; offset: number | null }>(sql`
    select extract(epoch from clock_timestamp())::float8 * 1000 as ms,
           (select (value #>> '{}')::float8 from settings where key = 'clock.offsetSeconds') as offset`)
  const answered = performance.now()
  if (!row) return
  base = row.ms + (isTest ? (row.offset ?? 0) * 1000 : 0)
  mark = (asked + answered) / 2
}
