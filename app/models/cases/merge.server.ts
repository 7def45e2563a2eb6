import { eq } from "drizzle-orm"
import { announce, wake } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { type CaseRow, lockCase } from "./case.server.ts"
import { mayWriteIn } from "./case.ts"
import { membersOf, writeMembers } from "./merged-facts.server.ts"
import { mergedInto, unmerged } from "./merged-facts.ts"
import { remakeMessages } from "./rebuild.server.ts"
import { isVisibleTo } from "./visible.server.ts"

export type MergeRefusal = "no such case" | "no such other case" | "not possible now"

/**
 * Two cases become one, which goes on under the second's number. Each keeps what was filed in it, who takes part in it,
 * and the facts it would have alone; the second shows what follows from both. The viewer must answer both mailboxes.
 */
export async function mergeCase(viewer: Viewer, from: number, into: number, now: Date): Promise<"done" | MergeRefusal> {
  if (from === into) return "not possible now"
  return once(viewer, "merge", async (tx) => {
    const pair = await lockBoth(tx, viewer, from, into)
    if (typeof pair === "string") return pair
    if (!mayWriteIn(pair.from) || !mayWriteIn(pair.into)) return "not possible now"
    await mergeLocked(tx, pair, viewer.id, now)
    return "done"
  })
}

/** Taken apart, each goes on as if it had never been merged, with what was its own meanwhile. */
export async function unmergeCase(viewer: Viewer, number: number, now: Date): Promise<"done" | MergeRefusal> {
  return once(viewer, "unmerge", async (tx) => {
    const from = await lockCase(tx, number)
    if (!from || !isVisibleTo(viewer, from)) return "no such case"
    if (from.mergedInto === null) return "not possible now"
    const [into] = await tx.select().from(cases).where(eq(cases.number, from.mergedInto))
    if (!into || !isVisibleTo(viewer, into)) return "no such other case"
    await unmergeLocked(tx, { from, into }, viewer.id, now)
    return "done"
  })
}

export type Pair = { from: CaseRow; into: CaseRow }

export async function lockBoth(tx: Tx, viewer: Viewer, from: number, into: number): Promise<Pair | MergeRefusal> {
  const locked = new Map<number, CaseRow | null>()
  for (const number of [from, into].sort((a, b) => a - b)) locked.set(number, await lockCase(tx, number))
  const [a, b] = [locked.get(from), locked.get(into)]
  if (!a || !isVisibleTo(viewer, a)) return "no such case"
  if (!b || !isVisibleTo(viewer, b)) return "no such other case"
  return { from: a, into: b }
}

/** A customer who waits in the first waits in both: the case is opened again for them. */
export async function mergeLocked(tx: Tx, pair: Pair, agentId: number | null, now: Date) {
  const { from, into } = pair
  const members = [...(await membersOf(tx, from.number)), ...(await membersOf(tx, into.number))]
  await writeMembers(tx, members, mergedInto(members, from.number, into.number))
  if (from.nearCase === into.number)
    await tx.update(cases).set({ nearCase: null, nearBecause: null }).where(eq(cases.number, from.number))
  await remakeMessages(tx, into.number)
  await noteBoth(tx, "merged", pair, agentId, now)
}

export async function unmergeLocked(tx: Tx, pair: Pair, agentId: number | null, now: Date) {
  const { number } = pair.from
  const members = await membersOf(tx, number)
  await writeMembers(tx, members, unmerged(members, number))
  await remakeMessages(tx, pair.into.number)
  await noteBoth(tx, "unmerged", pair, agentId, now)
}

async function noteBoth(tx: Tx, kind: "merged" | "unmerged", { from, into }: Pair, agentId: number | null, at: Date) {
  await tx.insert(caseEvents).values([
    { caseNumber: from.number, kind, agentId, at, detail: { case: into.number } },
    { caseNumber: into.number, kind, agentId, at, detail: { case: from.number } },
  ])
  for (const { number: caseNumber, mailboxId, agentId: holder } of [from, into])
    await announce(tx, { kind: "case", caseNumber, mailboxId, agentId: holder }, at)
  // The worker follows with what other rooms know: frowns that are one now or two again, and cases nobody has.
  await wake(tx, "jobs")
}
