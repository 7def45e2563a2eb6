import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"

/** Who took a rating out of the figures, when and why; by nobody where the desk did. */
type Voiding = { by: string | null; at: Date; because: string }
export type ListedFace = { face: string; voiding: Voiding | null }

/** The latest standing face of each of these cases, else the latest that was voided, for a list: one query a page. */
export async function facesOf(numbers: number[]): Promise<Map<number, ListedFace>> {
  if (numbers.length === 0) return new Map()
  const rows = await db.execute<Row>(sql`
    select distinct on (q.case_number) q.case_number as number, r.standing as face,
           r.voided_at as "voidedAt", a.name as "voidedBy", coalesce(r.voided_because, '') as because
      from rating_requests q join ratings r on r.request_id = q.id
      left join agents a on a.id = r.voided_by
     where q.case_number in (${sql.join(
       numbers.map((number) => sql`${number}`),
       sql`, `,
     )})
     order by q.case_number, r.voided_at is not null, r.last_at desc`)
  return new Map(rows.map((row) => [Number(row.number), { face: row.face, voiding: voidingOf(row) }]))
}

type Row = { number: string; face: string; voidedAt: string | null; voidedBy: string | null; because: string }

const voidingOf = ({ voidedAt, voidedBy: by, because }: Row) =>
  voidedAt === null ? null : { by, at: new Date(voidedAt), because }
