import { eq, getTableColumns, sql } from "drizzle-orm"
import { inOnePiece, inPieces } from "#db/bytes.server.ts"
import { db } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { Turnstile } from "#emails/incoming/turnstile.ts"
import type { MailRow } from "./arrived.server.ts"

/** `bytes`: null when they are too many to come with the row. */
export type Claimed = { row: MailRow; bytes: Buffer | null; size: number | null }

/** Due and leased by the database's clock alone (decisions 24). */
export async function claim(leaseName: string): Promise<Claimed | null> {
  const next = sql`(select id from mail_received where fate is null and due_at <= now() + interval '1 millisecond'
    and (leased_until is null or leased_until < now()) order by due_at, id limit 1 for update skip locked)`
  const [claimed] = await db
    .update(mailReceived)
    .set({
      leasedBy: leaseName,
      leasedUntil: sql`now() + interval '60 seconds'`,
      attempts: sql`${mailReceived.attempts} + 1`,
    })
    .where(eq(mailReceived.id, next))
    .returning({
      row: getTableColumns(mailReceived),
      ...inOnePiece(sql`(select raw from mail_bytes where mail_id = ${mailReceived.id})`),
    })
  return claimed ?? null
}

export async function bytesOf({ row, bytes, size }: Claimed): Promise<Buffer> {
  return bytes ?? inPieces(db, sql`raw`, sql`from mail_bytes where mail_id = ${row.id}`, size ?? 0)
}

const large = new Turnstile(1)

/** Large mails are fetched and read one at a time, so that they do not stand in memory side by side (decisions 39). */
export async function inTurn<T>({ bytes }: Claimed, work: () => Promise<T>): Promise<T> {
  if (bytes) return work()
  await large.enter()
  return work().finally(() => large.leave())
}
