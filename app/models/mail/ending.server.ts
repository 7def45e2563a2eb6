import { eq } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { lockCase, waitAgain } from "../cases/case.server.ts"
import { requestSent } from "../ratings/request.server.ts"
import { redactRatingLinks } from "../ratings/token.ts"
import { countReply } from "../sharing/load.server.ts"

type MailRow = typeof mailToSend.$inferSelect
type Recipient = Pick<typeof mailRecipients.$inferSelect, "as" | "state">

/**
 * Every recipient has an answer. Mail nobody took keeps its links, for it may be sent again; else they are taken out of
 * our copy. The customer waits on us again when it is they who did not get it.
 */
export async function finish(tx: Tx, mail: MailRow, recipients: Recipient[], words: string, now: Date) {
  const isLost = recipients.every(({ state }) => state === "refused")
  const ending = isLost ? { failedAt: now } : { sentAt: now, redactedAt: now, ...redacted(mail) }
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
function redacted({ rendered }: MailRow) {
  const text = rendered.toString("latin1")
  const clean = redactRatingLinks(text)
  return clean === text ? {} : { rendered: Buffer.from(clean, "latin1") }
}

/** It went out to somebody for the first time: from here on it was asked, and counts as an email of its author. */
export async function left(tx: Tx, mail: MailRow, now: Date) {
  if (mail.messageId === null || mail.mailboxId === null) return
  await requestSent(tx, mail.messageId, now)
  const [author] = await tx.select({ id: messages.agentId }).from(messages).where(eq(messages.id, mail.messageId))
  if (author?.id) await countReply(tx, { agentId: author.id, mailboxId: mail.mailboxId }, now)
}

export function recipientsNow(tx: Tx, { id }: MailRow): Promise<Recipient[]> {
  const { as, state, mailId } = mailRecipients
  return tx.select({ as, state }).from(mailRecipients).where(eq(mailId, id))
}
