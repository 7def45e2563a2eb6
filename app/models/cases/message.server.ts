import { and, desc, eq, inArray, lt, sql } from "drizzle-orm"
import { type Tx, ts } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import type { BeforeReply } from "#db/tables/mail.ts"
import { restoreFacts } from "./answered.server.ts"
import { type CaseRow, lockCase, noteEvent } from "./case.server.ts"
import { previewOf } from "./case.ts"
import { pathOf } from "./family.server.ts"
import { answerCase, changeCase, isMerged } from "./merged-facts.server.ts"
import { answered, spokenTo } from "./merged-facts.ts"
import { remakeMessages } from "./rebuild.server.ts"

export type NewMessage = Omit<typeof messages.$inferInsert, "id">

/**
 * Adds what somebody said to a case and keeps the case's facts: a customer who speaks makes it wait on us, wakes and
 * reopens it; our reply answers it. Machine mail, unverified senders and what was said in the past move
 * nothing. What is said in a case that was merged counts in each case it went into as well.
 */
export async function appendMessage(tx: Tx, message: NewMessage, now: Date, isPast = false): Promise<number> {
  const kase = await lockCase(tx, message.caseNumber)
  if (!kase) throw new Error(`no case ${message.caseNumber} to append to`)
  const [row] = await tx.insert(messages).values(message).returning({ id: messages.id })
  if (!row) throw new Error("the new message came back without an id")
  const isLast = {
    lastMessageAt: sql`greatest(${cases.lastMessageAt}, ${ts(message.at)})`,
    lastMessageId: row.id,
    messageCount: sql`${cases.messageCount} + 1`,
  }
  await tx
    .update(cases)
    .set({ ...isLast, preview: previewOf(message.newText ?? ""), ...(isPast ? {} : spoken(message, kase)) })
    .where(eq(cases.number, kase.number))
  if (kase.mergedInto !== null) {
    // Words stay with their own case: the one it went into may be in a mailbox that others answer.
    const above = (await pathOf(tx, kase.number)).slice(1)
    const told = { ...isLast, ...(customerSpeaks(message) && !isPast ? { spamAt: null } : {}) }
    await tx.update(cases).set(told).where(inArray(cases.number, above))
  }
  if (isPast) return row.id
  const reopened = isMerged(kase) ? await spokenInFamily(tx, kase, message) : kase.closedAt ? [kase.number] : []
  if (customerSpeaks(message)) for (const number of reopened) await noteEvent(tx, number, "reopened", null, now)
  return row.id
}

/** Takes back a reply that never left: its row goes and the case is as it was before the press. */
export async function removeReply(tx: Tx, messageId: number, before: BeforeReply) {
  const [gone] = await tx.delete(messages).where(eq(messages.id, messageId)).returning()
  const kase = gone ? await lockCase(tx, gone.caseNumber) : null
  if (!kase) return
  const [last] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.caseNumber, kase.number), lt(messages.id, messageId)))
    .orderBy(desc(messages.id))
    .limit(1)
  await tx
    .update(cases)
    .set({
      firstAnsweredAt: before.firstAnsweredAt === null ? null : new Date(before.firstAnsweredAt),
      agentId: before.agentId,
      lastAnsweredBy: before.lastAnsweredBy,
      messageCount: sql`${cases.messageCount} - 1`,
      ...(last ? { lastMessageAt: last.at, lastMessageId: last.id, preview: previewOf(last.newText) } : {}),
    })
    .where(eq(cases.number, kase.number))
  if (isMerged(kase)) await remakeMessages(tx, kase.number)
  await restoreFacts(tx, kase, before)
}

function customerSpeaks(message: NewMessage) {
  return message.kind === "email" && !message.machine && !message.unverified
}

/** What a message changes besides: who waits on whom, in the same statement where the case stands alone. */
function spoken(message: NewMessage, kase: CaseRow) {
  const alone = isMerged(kase) ? null : kase
  if (message.kind === "reply")
    return {
      ...(alone && { ...answered(alone) }),
      lastAnsweredBy: message.agentId ?? null,
      firstAnsweredAt: sql`coalesce(${cases.firstAnsweredAt}, ${ts(message.at)})`,
    }
  return customerSpeaks(message) ? { ...(alone && spokenTo(message.at)(alone)), spamAt: null } : {}
}

async function spokenInFamily(tx: Tx, kase: CaseRow, message: NewMessage): Promise<number[]> {
  const got = [...(message.to ?? []), ...(message.cc ?? [])].map(({ address }) => address)
  if (message.kind === "reply") return answerCase(tx, kase, got)
  if (!customerSpeaks(message)) return []
  return changeCase(tx, kase, spokenTo(message.at))
}
