import { and, eq } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import type { BeforeReply } from "#db/tables/mail.ts"
import { type CaseRow, noteEvent } from "./case.server.ts"

/** What "send and close" or "send and snooze" does besides sending. */
export type Then = { close: boolean; snoozeUntil: Date | null }

export async function restCase(tx: Tx, number: number, { close, snoozeUntil }: Then, agentId: number, now: Date) {
  const until = snoozeUntil && snoozeUntil > now ? snoozeUntil : null
  if (!close && !until) return
  await tx
    .update(cases)
    .set(close ? { closedAt: now } : { snoozedUntil: until })
    .where(eq(cases.number, number))
  await noteEvent(tx, number, close ? "closed" : "snoozed", agentId, now)
}

/** The lines "closed" and "snoozed" that came with a reply now undone. */
export async function forgetRest(tx: Tx, number: number, agentId: number, at: Date) {
  await tx
    .delete(caseEvents)
    .where(and(eq(caseEvents.caseNumber, number), eq(caseEvents.agentId, agentId), eq(caseEvents.at, at)))
}

export function factsOf(kase: CaseRow): BeforeReply {
  return {
    waitingSince: kase.waitingSince?.toISOString() ?? null,
    closedAt: kase.closedAt?.toISOString() ?? null,
    snoozedUntil: kase.snoozedUntil?.toISOString() ?? null,
    agentId: kase.agentId,
    lastAnsweredBy: kase.lastAnsweredBy,
    firstAnsweredAt: kase.firstAnsweredAt?.toISOString() ?? null,
  }
}

/**
 * What undoing puts back, when the case has moved on since: a customer who wrote meanwhile still waits, a case that was
 * handed on stays where it is.
 */
export function factsToRestore(kase: CaseRow, before: BeforeReply, authorId: number): BeforeReply {
  const spokeSince = kase.waitingSince !== null
  return {
    ...before,
    waitingSince: before.waitingSince ?? kase.waitingSince?.toISOString() ?? null,
    closedAt: spokeSince ? null : before.closedAt,
    snoozedUntil: spokeSince ? null : before.snoozedUntil,
    agentId: kase.agentId === authorId ? before.agentId : kase.agentId,
  }
}

/** A reply that failed is on its way once more: while nothing was said since, nobody waits on us. */
export async function answersAgain(tx: Tx, number: number, messageId: number) {
  await tx
    .update(cases)
    .set({ waitingSince: null })
    .where(and(eq(cases.number, number), eq(cases.lastMessageId, messageId)))
}
