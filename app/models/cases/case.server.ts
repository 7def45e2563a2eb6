import { and, eq, isNull, sql } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { type Address, cases, participants } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { mayWriteIn, subjectOf } from "./case.ts"
import { livingNumber } from "./family.server.ts"
import { changeCase, changeWhole } from "./merged-facts.server.ts"
import { answered, closed, type Facts, putOff, waitsAgain } from "./merged-facts.ts"
import { isVisibleTo, visibleTo } from "./visible.server.ts"

export type CaseRow = typeof cases.$inferSelect

type NewCase = {
  mailboxId: number
  customerId: number | null
  subject: string
  requester: Address | null
  /** Whether the customer waits for us from the first moment; false for a case we start. */
  waiting: boolean
}

/** A new case, empty until its first message is appended. */
export async function openCase(tx: Tx, given: NewCase, now: Date): Promise<number> {
  const { mailboxId, customerId, waiting } = given
  const [row] = await tx
    .insert(cases)
    .values({
      mailboxId,
      customerId,
      subject: subjectOf(given.subject),
      openedAt: now,
      lastMessageAt: now,
      waitingSince: waiting ? now : null,
    })
    .returning({ number: cases.number })
  if (!row) throw new Error("the new case came back without a number")
  const { requester } = given
  if (requester)
    await tx
      .insert(participants)
      .values({ caseNumber: row.number, ...requester, standing: "requester", addedAt: now })
      .onConflictDoNothing()
  return row.number
}

/**
 * The case, locked until the transaction ends, with all that was merged into it. Several cases are locked in the order
 * of their numbers; of merged ones the one they live on in comes first, whatever its number.
 */
export async function lockCase(tx: Tx, number: number): Promise<CaseRow | null> {
  const living = (await lockFree(tx, number)) ?? (await lockLiving(tx, number))
  if (living) return living
  const into = await livingNumber(tx, number)
  if (into === null) return null
  const isLocked = into !== number && (await lockLiving(tx, into)) !== null
  // Merged or taken apart while we waited for it: its lock is another one now.
  if (!isLocked || (await livingNumber(tx, number)) !== into) return lockCase(tx, number)
  const [row] = await tx.select().from(cases).where(eq(cases.number, number)).for("update")
  return row ?? null
}

/** Where nobody else has it, one statement will do. */
async function lockFree(tx: Tx, number: number): Promise<CaseRow | null> {
  const isLiving = and(eq(cases.number, number), isNull(cases.mergedInto))
  const [row] = await tx.select().from(cases).where(isLiving).for("update", { skipLocked: true })
  return row ?? null
}

/**
 * Null, and nothing locked, when it is merged into another by the time it is ours: whoever holds that one may want this
 * one next. Both statements go out at once, for one connection answers in order.
 */
async function lockLiving(tx: Tx, number: number): Promise<CaseRow | null> {
  const [, [row]] = await Promise.all([
    tx.execute(sql`savepoint before_lock`),
    tx.select().from(cases).where(eq(cases.number, number)).for("update"),
  ])
  const isLiving = row !== undefined && row.mergedInto === null
  if (!isLiving) await tx.execute(sql`rollback to savepoint before_lock`)
  await tx.execute(sql`release savepoint before_lock`)
  return isLiving ? row : null
}

/** The case, if this viewer answers its mailbox; a foreign one and a missing one look the same. */
export async function caseFor(viewer: Viewer, number: number): Promise<CaseRow | null> {
  const [row] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.number, number), visibleTo(viewer)))
  return row ?? null
}

/** Writes who holds the case. Only the sharing room calls this, which also writes down why. */
export async function giveCase(tx: Tx, number: number, agentId: number | null, now: Date) {
  await tx
    .update(cases)
    .set({ agentId, agentSince: agentId === null ? null : now })
    .where(eq(cases.number, number))
}

type Refusal = "no such case" | "not possible now"
type Change = { facts: (facts: Facts) => Facts; spamAt?: Date | null }

export async function closeCase(viewer: Viewer, number: number, now: Date) {
  return change(viewer, number, "closed", (kase) => (kase.closedAt ? "already" : { facts: closed(now) }), now)
}

/** Reopening puts the case before the team again: it waits on us from now. */
export async function reopenCase(viewer: Viewer, number: number, now: Date) {
  const facts = (one: Facts) => (one.closedAt ? { ...one, closedAt: null, waitingSince: now } : one)
  return change(viewer, number, "reopened", (kase) => (kase.closedAt ? { facts } : "already"), now)
}

/** A closed case is put off by nobody: reopened, it would still be out of sight. */
export async function snoozeCase(viewer: Viewer, number: number, until: Date, now: Date) {
  const decide = ({ closedAt, snoozedUntil }: CaseRow) => {
    if (until <= now || closedAt) return null
    return isSame(snoozedUntil, until) ? "already" : { facts: putOff(until) }
  }
  return change(viewer, number, "snoozed", decide, now)
}

export async function wakeCase(viewer: Viewer, number: number, now: Date) {
  return change(viewer, number, "woken", (kase) => (kase.snoozedUntil ? { facts: putOff(null) } : "already"), now)
}

const isSame = (one: Date | null, other: Date) => one?.getTime() === other.getTime()

export async function markSpam(viewer: Viewer, number: number, now: Date) {
  return change(viewer, number, "spam", () => ({ facts: answered, spamAt: now }), now)
}

export async function unmarkSpam(viewer: Viewer, number: number, now: Date) {
  const facts = (one: Facts) => ({ ...one, waitingSince: now })
  return change(viewer, number, "not spam", (kase) => (kase.spamAt ? { facts, spamAt: null } : null), now)
}

/** Mail of ours that failed: the customer still waits, whatever we thought. */
export async function waitAgain(tx: Tx, number: number, now: Date) {
  const kase = await lockCase(tx, number)
  if (kase) await changeCase(tx, kase, waitsAgain(now))
  await announce(tx, { kind: "case", caseNumber: number }, now)
}

async function change(
  viewer: Viewer,
  number: number,
  kind: (typeof caseEvents.$inferInsert)["kind"],
  decide: (kase: CaseRow) => Change | "already" | null,
  now: Date,
): Promise<"done" | Refusal> {
  return once(viewer, `${kind} ${number}`, async (tx) => {
    const kase = await lockCase(tx, number)
    if (!kase || !isVisibleTo(viewer, kase)) return "no such case"
    const change = mayWriteIn(kase) || kind === "not spam" ? decide(kase) : null
    if (!change) return "not possible now"
    if (change === "already") return "done"
    await changeWhole(tx, kase, change.facts)
    if (change.spamAt !== undefined)
      await tx.update(cases).set({ spamAt: change.spamAt }).where(eq(cases.number, number))
    await noteEvent(tx, number, kind, viewer.id, now)
    await announce(tx, { kind: "case", caseNumber: number, mailboxId: kase.mailboxId, agentId: kase.agentId }, now)
    return "done"
  })
}

export async function noteEvent(
  tx: Tx,
  caseNumber: number,
  kind: (typeof caseEvents.$inferInsert)["kind"],
  agentId: number | null,
  now: Date,
) {
  await tx.insert(caseEvents).values({ caseNumber, kind, agentId, at: now })
}
