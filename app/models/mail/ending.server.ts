import { eq, inArray, sql } from "drizzle-orm"
import { inOnePiece, inPieces, storing } from "#db/bytes.server.ts"
import type { Db, Tx } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { withoutLinks } from "#emails/incoming/sent-view.server.ts"
import { copyOf, inThread } from "#emails/incoming/threads.server.ts"
import { lockCase, waitAgain } from "../cases/case.server.ts"
import { requestsSent } from "../ratings/request.server.ts"
import { countReplies } from "../sharing/load.server.ts"

/** A mail on its way; its bytes are not at hand when they are many. */
export type Leaving = Omit<typeof mailToSend.$inferSelect, "rendered"> & { rendered: Buffer | null }
type Recipient = Pick<typeof mailRecipients.$inferSelect, "as" | "state">

/**
 * Every recipient has an answer. Mail nobody took keeps its links, for it may be sent again; else they are taken out of
 * our copy. The customer waits on us again when it is they who did not get it.
 */
export async function finish(tx: Tx, mail: Leaving, recipients: Recipient[], words: string, now: Date) {
  const isLost = recipients.every(({ state }) => state === "refused")
  const ending = isLost ? { failedAt: now } : { sentAt: now, redactedAt: now }
  if (!isLost) await redact(tx, mail)
  await tx
    .update(mailToSend)
    .set({ leasedBy: null, leasedUntil: null, ...ending, lastAnswer: words })
    .where(eq(mailToSend.id, mail.id))
  const isMissed = recipients.every(({ as, state }) => as !== "to" || state === "refused")
  // What a machine said is nobody's answer: the case waits as it did.
  if (isMissed && mail.messageId !== null && mail.caseNumber !== null && (await lockCase(tx, mail.caseNumber)))
    await waitAgain(tx, mail.caseNumber, now)
}

/** The bytes are only written again when a link stood in them. */
export async function redact(tx: Tx, { id, rendered }: Leaving) {
  const clean = await redacted(rendered ?? (await renderedOf(tx, id)))
  if (clean === null) return
  await storing(tx, clean, (bytes) => tx.update(mailToSend).set({ rendered: bytes }).where(eq(mailToSend.id, id)))
}

/** Redacted here and now; more goes to a thread. In bytes. */
const smallSize = 64 * 1024

/** Its row is locked meanwhile, so it does not stand in line behind mail that comes in. */
async function redacted(raw: Buffer): Promise<Buffer | null> {
  if (raw.length <= smallSize) return withoutLinks(raw)
  const ask = () => ({ raw: copyOf(raw) })
  // It has left, and that must be written whatever happens. Whoever looks at it sees it without its links in any case.
  const clean = await inThread({ work: "redact", size: raw.length, ask, waiting: "a person" }).catch(() => null)
  return clean && Buffer.from(clean.buffer, clean.byteOffset, clean.byteLength)
}

/** However large it is. */
export async function renderedOf(tx: Tx | Db, id: number): Promise<Buffer> {
  const [row] = await tx
    .select(inOnePiece(sql`${mailToSend.rendered}`))
    .from(mailToSend)
    .where(eq(mailToSend.id, id))
  return row?.bytes ?? inPieces(tx, sql`rendered`, sql`from mail_to_send where id = ${id}`, row?.size ?? 0)
}

/** They went out to somebody for the first time: from here on each was asked, and counts as an email of its author. */
export async function left(tx: Tx, mails: readonly Leaving[], now: Date) {
  const ids = mails.flatMap(({ messageId, mailboxId }) => (mailboxId === null ? [] : (messageId ?? [])))
  if (ids.length === 0) return
  await requestsSent(tx, ids, now)
  const replies = await tx
    .select({ mailboxId: mailToSend.mailboxId, agentId: messages.agentId })
    .from(messages)
    .innerJoin(mailToSend, eq(mailToSend.messageId, messages.id))
    .where(inArray(messages.id, ids))
  const counted = replies.flatMap(({ mailboxId, agentId }) => (mailboxId && agentId ? [{ mailboxId, agentId }] : []))
  await countReplies(tx, counted, now)
}

export function recipientsNow(tx: Tx, { id }: Leaving): Promise<Recipient[]> {
  const { as, state, mailId } = mailRecipients
  return tx.select({ as, state }).from(mailRecipients).where(eq(mailId, id))
}
