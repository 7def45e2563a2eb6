import { and, desc, eq, lt, sql } from "drizzle-orm"
import { type Tx, ts } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import type { BeforeReply } from "#db/tables/mail.ts"
import { noteEvent } from "./case.server.ts"
import { previewOf } from "./case.ts"

export type NewMessage = Omit<typeof messages.$inferInsert, "id">

/**
 * Adds what somebody said to a case and keeps the case's facts: a customer who speaks makes it wait on us, wakes and
 * reopens it; our reply answers it. Machine mail, unverified senders and what was said in the past move nothing.
 */
export async function appendMessage(tx: Tx, message: NewMessage, now: Date, isPast = false): Promise<number> {
  const [before] = await tx
    .select({ closedAt: cases.closedAt, customerId: cases.customerId })
    .from(cases)
    .where(eq(cases.number, message.caseNumber))
    .for("update")
  if (!before) throw new Error(`no case ${message.caseNumber} to append to`)
  const [row] = await tx.insert(messages).values(message).returning({ id: messages.id })
  if (!row) throw new Error("the new message came back without an id")
  await tx
    .update(cases)
    .set({
      lastMessageAt: sql`greatest(${cases.lastMessageAt}, ${ts(message.at)})`,
      lastMessageId: row.id,
      messageCount: sql`${cases.messageCount} + 1`,
      preview: previewOf(message.newText ?? ""),
      ...(isPast ? {} : spoken(message)),
    })
    .where(eq(cases.number, message.caseNumber))
  if (before.closedAt && !isPast && customerSpeaks(message))
    await noteEvent(tx, message.caseNumber, "reopened", null, now)
  return row.id
}

/** Takes back a reply that never left: its row goes and the case is as it was before the press. */
export async function removeReply(tx: Tx, messageId: number, before: BeforeReply) {
  const [gone] = await tx.delete(messages).where(eq(messages.id, messageId)).returning()
  if (!gone) return
  const [last] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.caseNumber, gone.caseNumber), lt(messages.id, messageId)))
    .orderBy(desc(messages.id))
    .limit(1)
  const moment = (text: string | null) => (text === null ? null : new Date(text))
  await tx
    .update(cases)
    .set({
      waitingSince: moment(before.waitingSince),
      closedAt: moment(before.closedAt),
      snoozedUntil: moment(before.snoozedUntil),
      firstAnsweredAt: moment(before.firstAnsweredAt),
      agentId: before.agentId,
      lastAnsweredBy: before.lastAnsweredBy,
      messageCount: sql`${cases.messageCount} - 1`,
      ...(last ? { lastMessageAt: last.at, lastMessageId: last.id, preview: previewOf(last.newText) } : {}),
    })
    .where(eq(cases.number, gone.caseNumber))
}

function customerSpeaks(message: NewMessage) {
  return message.kind === "email" && !message.machine && !message.unverified
}

function spoken(message: NewMessage) {
  if (message.kind === "reply")
    return {
      waitingSince: null,
      snoozedUntil: null,
      lastAnsweredBy: message.agentId ?? null,
      firstAnsweredAt: sql`coalesce(${cases.firstAnsweredAt}, ${ts(message.at)})`,
    }
  if (!customerSpeaks(message)) return {}
  return {
    waitingSince: sql`coalesce(${cases.waitingSince}, ${ts(message.at)})`,
    snoozedUntil: null,
    closedAt: null,
    spamAt: null,
  }
}
