import { sql } from "drizzle-orm"
import { db, ts } from "#db/connection.server.ts"
import { type Handling, handlingOf } from "./handling.ts"

const weeks = 8
const mostEach = 400

type Row = { agent_id: number; at: string; came_at: string | null }

/** The desk's own handling time, from each person's latest replies of the last eight weeks. */
export async function deskHandling(now: Date): Promise<Handling | null> {
  const since = new Date(now.getTime() - weeks * 7 * 86_400_000)
  const rows = await db.execute<Row>(sql`
    select a.id::int as agent_id, r.at, (
             select e.at from messages e
              where e.case_number = r.case_number and e.id < r.id and e.kind = 'email' order by e.id desc limit 1) as came_at
      from agents a cross join lateral (
             select id, case_number, at from messages
              where agent_id = a.id and kind = 'reply' and at >= ${ts(since)} order by at desc limit ${mostEach}) r`)
  return handlingOf(
    rows.map((row) => ({
      agentId: row.agent_id,
      at: new Date(row.at),
      cameAt: row.came_at === null ? null : new Date(row.came_at),
    })),
  )
}
