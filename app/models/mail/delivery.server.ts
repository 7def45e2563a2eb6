import { asc, inArray } from "drizzle-orm"
import { deskNow } from "#app/clock.server.ts"
import { db } from "#db/connection.server.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { inFamily } from "../cases/family.server.ts"
import { type Delivery, deliveryOf, type RecipientFacts } from "./delivery.ts"

/** What the facts are read from: the row without the mail itself. */
export const mailFacts = {
  id: mailToSend.id,
  writtenAt: mailToSend.writtenAt,
  undoUntil: mailToSend.undoUntil,
  dueAt: mailToSend.dueAt,
  attempts: mailToSend.attempts,
  leasedUntil: mailToSend.leasedUntil,
  sentAt: mailToSend.sentAt,
  keptAt: mailToSend.keptAt,
  failedAt: mailToSend.failedAt,
  unconfirmedAt: mailToSend.unconfirmedAt,
  lastAnswer: mailToSend.lastAnswer,
}

/** How far each reply of a case has come, by message. */
export async function deliveriesOf(caseNumber: number, now = deskNow()): Promise<Map<number, Delivery>> {
  const rows = await db
    .select({ ...mailFacts, messageId: mailToSend.messageId })
    .from(mailToSend)
    .where(inFamily(mailToSend.caseNumber, caseNumber))
  const recipients = await recipientsOfMails(rows.map(({ id }) => id))
  return new Map(
    rows.flatMap((row) =>
      row.messageId === null ? [] : [[row.messageId, deliveryOf(row, recipients.get(row.id) ?? [], now)] as const],
    ),
  )
}

export async function recipientsOfMails(mailIds: number[]): Promise<Map<number, RecipientFacts[]>> {
  if (mailIds.length === 0) return new Map()
  const { mailId, address, state, answer } = mailRecipients
  const rows = await db
    .select({ mailId, address, state, answer })
    .from(mailRecipients)
    .where(inArray(mailRecipients.mailId, mailIds))
    .orderBy(asc(mailRecipients.id))
  return new Map(mailIds.map((id) => [id, rows.filter((row) => row.mailId === id)]))
}
