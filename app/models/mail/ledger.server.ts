import { and, asc, desc, eq, gt, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm"
import { inOnePiece, inPieces, pieceBytes } from "#db/bytes.server.ts"
import { db } from "#db/connection.server.ts"
import { type Fate, mailBytes, mailReceived } from "#db/tables/mail.ts"
import { headersOf, readFields } from "#emails/incoming/head.server.ts"
import type { Viewer } from "../people/agent.ts"
import { isFate } from "./fate.ts"
import { receivedVisibleTo } from "./visible.server.ts"

export type LedgerRow = typeof mailReceived.$inferSelect

/** A fate, or mail that has none yet; null for all. */
export type LedgerFilter = Fate | "waiting" | null

const pageSize = 50

export const isLedgerFilter = (text: string): text is Fate | "waiting" => text === "waiting" || isFate(text)

/** The ways a program may read the ledger. */
export const ledgerOrders = ["-id", "id"] as const

/** Every mail that came in, newest first. The ledger is for leads: mail that is in no case is in nobody's mailbox yet. */
export async function ledgerPage(viewer: Viewer, filter: LedgerFilter, before: number | null) {
  const older = before === null ? undefined : lt(mailReceived.id, before)
  return pageOf(await listed(and(receivedVisibleTo(viewer), chosen(filter), older), pageSize + 1))
}

/** The same from its beginning. */
export async function ledgerUpwards(viewer: Viewer, filter: LedgerFilter, after: number | null) {
  const { id } = mailReceived
  const where = and(receivedVisibleTo(viewer), chosen(filter), after === null ? undefined : gt(id, after))
  const rows = await db
    .select()
    .from(mailReceived)
    .where(where)
    .orderBy(asc(id))
    .limit(pageSize + 1)
  return pageOf(rows)
}

function pageOf(rows: LedgerRow[]) {
  const page = rows.slice(0, pageSize)
  return { rows: page, next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null }
}

/** Mail somebody has to look at: given up on, or stumbled over and waiting for its next try. */
export async function problemMail(viewer: Viewer): Promise<LedgerRow[]> {
  const stumbled = and(isNull(mailReceived.fate), isNotNull(mailReceived.lastError))
  return listed(and(receivedVisibleTo(viewer), or(eq(mailReceived.fate, "failed"), stumbled)), pageSize)
}

/** One mail with its header lines; null when there is none, or none for this viewer. */
export async function ledgerMail(viewer: Viewer, id: number) {
  const [row] = await listed(and(eq(mailReceived.id, id), receivedVisibleTo(viewer)), 1)
  if (!row) return null
  const start = sql<Buffer>`substring(${mailBytes.raw} from 1 for ${pieceBytes})`
  const [raw] = await db.select({ start }).from(mailBytes).where(eq(mailBytes.mailId, id))
  const fields = raw ? [...headersOf(readFields(headOf(raw.start)))] : []
  const headers = fields.flatMap(([name, values]) => values.map((value) => ({ name, value })))
  return { row, headers: headers.slice(0, 200), hasBytes: raw !== undefined, copies: await copiesOf(row) }
}

/** The mails that were this one by another way. */
async function copiesOf({ id, rfcMessageId }: LedgerRow) {
  if (rfcMessageId === null) return []
  const copies = and(eq(mailReceived.rfcMessageId, rfcMessageId), eq(mailReceived.copyOf, id))
  const rows = await db
    .select({ id: mailReceived.id })
    .from(mailReceived)
    .where(copies)
    .orderBy(mailReceived.id)
    .limit(20)
  return rows.map((row) => row.id)
}

/** The bytes as they came; null when there are none, or none for this viewer. */
export async function rawMail(viewer: Viewer, id: number): Promise<Buffer | null> {
  const [row] = await db
    .select(inOnePiece(sql`${mailBytes.raw}`))
    .from(mailBytes)
    .innerJoin(mailReceived, eq(mailReceived.id, mailBytes.mailId))
    .where(and(eq(mailBytes.mailId, id), receivedVisibleTo(viewer)))
  return row ? (row.bytes ?? inPieces(db, sql`raw`, sql`from mail_bytes where mail_id = ${id}`, row.size ?? 0)) : null
}

/** A row as the API gives it. Ids stand without their angle brackets, as in everything parsed. */
export function ledgerRecord(row: LedgerRow) {
  const { id, receivedAt, subject, size, fate, because, caseNumber, rfcMessageId } = row
  return {
    id,
    receivedAt: receivedAt.toISOString(),
    from: row.from || row.envelopeFrom,
    to: row.to || row.envelopeTo.join(", "),
    subject,
    messageId: rfcMessageId?.replace(/^<|>$/g, "") ?? null,
    size,
    fate,
    because,
    caseNumber,
  }
}

const listed = (where: SQL | undefined, limit: number) =>
  db.select().from(mailReceived).where(where).orderBy(desc(mailReceived.id)).limit(limit)

function chosen(filter: LedgerFilter) {
  if (filter === null) return undefined
  return filter === "waiting" ? isNull(mailReceived.fate) : eq(mailReceived.fate, filter)
}

function headOf(raw: Buffer) {
  const end = raw.indexOf("\r\n\r\n")
  return raw.subarray(0, Math.min(end < 0 ? raw.length : end, 256 * 1024))
}
