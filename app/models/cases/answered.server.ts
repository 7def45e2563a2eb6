import { and, eq } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { caseEvents } from "#db/tables/events.ts"
import type { BeforeReply } from "#db/tables/mail.ts"
import { type CaseRow, lockCase, noteEvent } from "./case.server.ts"
import { changeCase, changeWhole, familyFacts, isMerged, restoreParts } from "./merged-facts.server.ts"
import { closed, type Facts, read } from "./merged-facts.ts"

/** What "send and close" or "send and snooze" does besides sending. */
export type Then = { close: boolean; snoozeUntil: Date | null }

export async function restCase(tx: Tx, number: number, { close, snoozeUntil }: Then, agentId: number, now: Date) {
  const until = snoozeUntil && snoozeUntil > now ? snoozeUntil : null
  const kase = close || until ? await lockCase(tx, number) : null
  if (!kase) return
  await changeWhole(tx, kase, close ? closed(now) : (facts) => ({ ...facts, snoozedUntil: until }))
  await noteEvent(tx, number, close ? "closed" : "snoozed", agentId, now)
}

/** The lines "closed" and "snoozed" that came with a reply now undone. */
export async function forgetRest(tx: Tx, number: number, agentId: number, at: Date) {
  await tx
    .delete(caseEvents)
    .where(and(eq(caseEvents.caseNumber, number), eq(caseEvents.agentId, agentId), eq(caseEvents.at, at)))
}

export async function factsOf(tx: Tx, kase: CaseRow): Promise<BeforeReply> {
  const family = await familyFacts(tx, kase)
  return {
    ...(family && { family }),
    waitingSince: kase.waitingSince?.toISOString() ?? null,
    closedAt: kase.closedAt?.toISOString() ?? null,
    snoozedUntil: kase.snoozedUntil?.toISOString() ?? null,
    agentId: kase.agentId,
    lastAnsweredBy: kase.lastAnsweredBy,
    firstAnsweredAt: kase.firstAnsweredAt?.toISOString() ?? null,
  }
}

/** What undoing puts back, when the case has moved on since: a customer who wrote meanwhile still waits. */
export async function restoreFacts(tx: Tx, kase: CaseRow, before: BeforeReply) {
  if (!isMerged(kase)) return changeCase(tx, kase, (facts) => asBefore(facts, read(before)))
  await restoreParts(tx, kase.number, ({ number, level, facts }) => {
    const its = before.family?.[number] ?? (number === kase.number ? { [number]: before } : {})
    // What went into another case since had there what it had by itself.
    const then = its[level] ?? its[kase.number]
    return then ? asBefore(facts, read(then)) : facts
  })
}

function asBefore(facts: Facts, before: Facts): Facts {
  const spokeSince = facts.waitingSince !== null
  return {
    waitingSince: before.waitingSince ?? facts.waitingSince,
    closedAt: spokeSince ? null : before.closedAt,
    snoozedUntil: spokeSince ? facts.snoozedUntil : before.snoozedUntil,
  }
}

/** A reply that failed is on its way once more: while nothing was said since, nobody waits on us. */
export async function answersAgain(tx: Tx, number: number, messageId: number) {
  const kase = await lockCase(tx, number)
  if (kase?.lastMessageId === messageId) await changeCase(tx, kase, (facts) => ({ ...facts, waitingSince: null }))
}
