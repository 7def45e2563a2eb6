import { and, eq } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { type CaseRow, lockCase } from "./case.server.ts"
import { mayWriteIn } from "./case.ts"
import { isVisibleTo, visibleTo } from "./visible.server.ts"

export type MergeRefusal = "no such case" | "no such other case" | "not possible now"

/**
 * Two cases become one: only the first one's facts change, and whoever reads the other finds both (decisions 23). Its
 * mailbox may differ; the viewer must answer both.
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

/** The same, undone: the messages never moved. Who waits on whom stays as it is by then. */
export async function unmergeCase(viewer: Viewer, number: number, now: Date): Promise<"done" | MergeRefusal> {
  return once(viewer, "unmerge", async (tx) => {
    const [row] = await tx
      .select({ into: cases.mergedInto })
      .from(cases)
      .where(and(eq(cases.number, number), visibleTo(viewer)))
    if (!row) return "no such case"
    if (row.into === null) return "not possible now"
    const pair = await lockBoth(tx, viewer, number, row.into)
    if (typeof pair === "string") return pair
    if (pair.from.mergedInto !== row.into) return "not possible now"
    await tx.update(cases).set({ mergedInto: null, waitingSince: now, closedAt: null }).where(eq(cases.number, number))
    await noteBoth(tx, "unmerged", pair, viewer.id, now)
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
  await tx
    .update(cases)
    .set({ mergedInto: into.number, nearCase: null, nearBecause: null })
    .where(eq(cases.number, from.number))
  if (from.waitingSince) await tx.update(cases).set(waitingTogether(pair)).where(eq(cases.number, into.number))
  await noteBoth(tx, "merged", pair, agentId, now)
}

function waitingTogether({ from, into }: Pair) {
  const earliest = [from.waitingSince, into.waitingSince].flatMap((at) => at ?? []).sort((a, b) => +a - +b)[0] ?? null
  return { waitingSince: earliest, closedAt: null, snoozedUntil: null }
}

async function noteBoth(tx: Tx, kind: "merged" | "unmerged", { from, into }: Pair, agentId: number | null, at: Date) {
  await tx.insert(caseEvents).values([
    { caseNumber: from.number, kind, agentId, at, detail: { case: into.number } },
    { caseNumber: into.number, kind, agentId, at, detail: { case: from.number } },
  ])
  for (const { number: caseNumber, mailboxId, agentId: holder } of [from, into])
    await announce(tx, { kind: "case", caseNumber, mailboxId, agentId: holder }, at)
}
