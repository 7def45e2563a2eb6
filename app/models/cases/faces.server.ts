import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"

/** The latest standing face of each of these cases, for a list: one query a page. */
export async function facesOf(numbers: number[]): Promise<Map<number, string>> {
  if (numbers.length === 0) return new Map()
  const rows = await db.execute<{ number: string; face: string }>(sql`
    select distinct on (q.case_number) q.case_number as number, r.standing as face
      from rating_requests q join ratings r on r.request_id = q.id
     where q.case_number in (${sql.join(
       numbers.map((number) => sql`${number}`),
       sql`, `,
     )}) and r.voided_at is null
     order by q.case_number, r.last_at desc`)
  return new Map(rows.map((row) => [Number(row.number), row.face]))
}
