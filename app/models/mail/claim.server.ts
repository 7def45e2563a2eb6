import { eq, getTableColumns, type SQL, sql } from "drizzle-orm"
import { inOnePiece, inPieces } from "#db/bytes.server.ts"
import { db } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { Turnstile } from "#emails/incoming/turnstile.ts"
import type { MailRow } from "./arrived.server.ts"

/** `bytes`: null when they are too many to come with the row. */
export type Claimed = { row: MailRow; bytes: Buffer | null; size: number | null }

const due = sql`r.fate is null and r.due_at <= now() + interval '1 millisecond'
  and (r.leased_until is null or r.leased_until < now())`

const parent = sql`from mail_received p where p.rfc_message_id = any(r.answers) and p.fate is null`

/** Somebody works on a mail of the same thread, or on what it answers. */
const isThreadInHand = sql`(exists (select from mail_received m where m.thread_root = r.thread_root and m.fate is null
  and m.leased_until > now() and m.id <> r.id) or exists (select ${parent} and p.leased_until > now()))`

/** What it answers is here and has its turn now; one that stumbled and rests is not waited for. */
const isParentToCome = sql`exists (select ${parent} and p.due_at <= now() + interval '1 millisecond'
  and not (r.rfc_message_id = any(p.answers) and r.id < p.id))`

const first = (isItsTurn: SQL) => sql`(select r.id from mail_received r where ${due} and not ${isThreadInHand}
  and ${isItsTurn} order by r.due_at, r.id limit 1 for update of r skip locked)`

/**
 * Due and leased by the database's clock alone; of a thread one at a time, what is answered before its answers. Mails
 * that answer each other in a circle would wait for ever: when nothing else is left, the oldest of them goes first.
 */
export async function claim(leaseName: string): Promise<Claimed | null> {
  const next = sql`coalesce(${first(sql`not ${isParentToCome}`)}, ${first(sql`r.due_at < now() - interval '5 seconds'`)})`
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

/** Large mails are fetched and read one at a time, so that they do not stand in memory side by side. */
export async function inTurn<T>({ bytes }: Claimed, work: () => Promise<T>): Promise<T> {
  if (bytes) return work()
  await large.enter()
  return work().finally(() => large.leave())
}
