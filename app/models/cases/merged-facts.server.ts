import { asc, eq, inArray, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases, participants } from "#db/tables/cases.ts"
import { comparable } from "../people/address.ts"
import { familyOf, livingNumber } from "./family.server.ts"
import { answered, type Facts, type Member, type Part, withParts } from "./merged-facts.ts"

type Known = Pick<typeof cases.$inferSelect, "number" | "mergedInto" | "factsIn">

/** Whether a change of this case is one of other cases too. */
export const isMerged = ({ mergedInto, factsIn }: Known) => mergedInto !== null || factsIn !== null

/** The case this one lives on in, and all that went into that; its lock is the lock of them all. */
export async function membersOf(tx: Tx, number: number): Promise<Member[]> {
  const living = await livingNumber(tx, number)
  const { mergedInto, customerId, mailboxId, factsIn, waitingSince, snoozedUntil, closedAt } = cases
  return tx
    .select({ number: cases.number, mergedInto, customerId, mailboxId, factsIn, waitingSince, snoozedUntil, closedAt })
    .from(cases)
    .where(sql`${cases.number} = any(array(${familyOf(living ?? number)}))`)
    .orderBy(asc(cases.number))
}

export async function writeMembers(tx: Tx, before: readonly Member[], after: readonly Member[]) {
  const was = new Map(before.map((member) => [member.number, JSON.stringify(member)]))
  for (const member of after) {
    if (was.get(member.number) === JSON.stringify(member)) continue
    const { number, mergedInto, factsIn, waitingSince, snoozedUntil, closedAt } = member
    await tx
      .update(cases)
      .set({ mergedInto, factsIn, waitingSince, snoozedUntil, closedAt })
      .where(eq(cases.number, number))
  }
}

async function changeParts(tx: Tx, number: number, change: (part: Part) => Facts): Promise<number[]> {
  const before = await membersOf(tx, number)
  const after = withParts(before, change)
  await writeMembers(tx, before, after)
  const open = new Set(after.filter(({ closedAt }) => closedAt === null).map((one) => one.number))
  return before.filter((one) => one.closedAt !== null && open.has(one.number)).map((one) => one.number)
}

type Change = (facts: Facts) => Facts

/** Something about this one of them: it counts there, and in each case it went into. The numbers that were reopened by it. */
export async function changeCase(tx: Tx, kase: Known & Facts, change: Change): Promise<number[]> {
  const { number } = kase
  if (isMerged(kase))
    return changeParts(tx, number, (part) => (part.number === number ? change(part.facts) : part.facts))
  const { waitingSince, snoozedUntil, closedAt } = change(kase)
  await tx.update(cases).set({ waitingSince, snoozedUntil, closedAt }).where(eq(cases.number, number))
  return kase.closedAt && !closedAt ? [number] : []
}

/** A person's press on a case is meant for all of it, but of what it will be when taken apart it changes only its own. */
export async function changeWhole(tx: Tx, kase: Known & Facts, change: Change) {
  const { number } = kase
  if (!isMerged(kase)) return changeCase(tx, kase, change)
  return changeParts(tx, number, ({ level, facts }) => (level === number ? change(facts) : facts))
}

/** Our reply answers its own case, and of those merged into it whose customer got it. */
export async function answerCase(tx: Tx, kase: Known & Facts, recipients: readonly string[]) {
  if (!isMerged(kase)) return changeCase(tx, kase, answered)
  const reached = await reachedBy(tx, kase.number, recipients)
  return changeParts(tx, kase.number, ({ number, facts }) => (reached.has(number) ? answered(facts) : facts))
}

async function reachedBy(tx: Tx, number: number, recipients: readonly string[]): Promise<Set<number>> {
  const below = await tx
    .select({ number: cases.number, customerId: cases.customerId })
    .from(cases)
    .where(sql`${cases.number} = any(array(${familyOf(number)}))`)
  const asking = await tx
    .select({ number: participants.caseNumber, address: participants.address, standing: participants.standing })
    .from(participants)
    .where(
      inArray(
        participants.caseNumber,
        below.map((one) => one.number),
      ),
    )
  const own = below.find((one) => one.number === number)?.customerId ?? null
  const got = new Set(recipients.map(comparable))
  const isReached = (one: (typeof below)[number]) => {
    const requesters = asking.filter((row) => row.number === one.number && row.standing === "requester")
    const isSame = own !== null && one.customerId === own
    return one.number === number || isSame || requesters.every(({ address }) => got.has(address))
  }
  return new Set(below.filter(isReached).map((one) => one.number))
}

/** What each of them was by itself and in each other, as kept with a reply that may be undone. */
export async function familyFacts(tx: Tx, kase: Known) {
  if (!isMerged(kase)) return undefined
  const members = withParts(await membersOf(tx, kase.number), ({ facts }) => facts)
  return Object.fromEntries(members.map(({ number, factsIn }) => [number, factsIn ?? {}]))
}

/** Undoing: each part as `restore` has it. */
export const restoreParts = changeParts
