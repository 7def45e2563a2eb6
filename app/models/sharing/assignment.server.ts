import { eq } from "drizzle-orm"
import { announce, wake } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { type CaseRow, caseFor, giveCase, lockCase } from "../cases/case.server.ts"
import type { Viewer } from "../people/agent.ts"
import { lockAgents } from "./candidates.server.ts"
import { choose } from "./choice.server.ts"
import type { Choice } from "./next-agent.ts"
import { olderInPool } from "./pool.server.ts"

type Given = { agentId: number | null; reason: string }

/**
 * Gives a case that nobody has to whoever is next, or leaves it in the pool with the reason. Older cases in the pool
 * come first: then this one waits its turn, and the worker's sweep gives them out in order.
 */
export async function assignCase(tx: Tx, number: number, now: Date): Promise<Given> {
  const kase = await lockCase(tx, number)
  if (!kase) throw new Error(`no case ${number} to assign`)
  // Work on a merged case is done where it lives on.
  if (kase.mergedInto !== null) return assignCase(tx, kase.mergedInto, now)
  if (kase.agentId !== null) return { agentId: kase.agentId, reason: "Already with somebody." }
  await lockAgents(tx, kase.mailboxId)
  const ahead = await olderInPool(tx, kase, now)
  const { choice } = await choose(tx, kase, now)
  if (ahead === 0 || choice.agentId === null) return give(tx, kase, choice, now)
  await wake(tx, "jobs")
  return give(tx, kase, waitsBehind(choice, ahead), now)
}

const waitsBehind = (choice: Choice, ahead: number): Choice => ({
  ...choice,
  agentId: null,
  rule: "pool",
  reason: `In the pool behind ${ahead === 1 ? "one older case" : `${ahead} older cases`}, given out in order.`,
})

/** Who would get it now, and why not the others; nothing is given. `ahead`: older ones in the pool, which come first. */
export async function wouldGet(
  viewer: Viewer,
  number: number,
  now: Date,
): Promise<(Choice & { kase: CaseRow; ahead: number }) | null> {
  const kase = await caseFor(viewer, number)
  if (!kase) return null
  const [{ choice }, ahead] = await Promise.all([choose(db, kase, now), olderInPool(db, kase, now)])
  return { ...choice, kase, ahead: kase.agentId === null ? ahead : 0 }
}

/** Whoever answers a case that nobody has, has it. */
export async function answeredBy(tx: Tx, number: number, agentId: number, now: Date) {
  const kase = await lockCase(tx, number)
  if (!kase || kase.agentId !== null) return
  const [agent] = await tx.select({ name: agents.name }).from(agents).where(eq(agents.id, agentId))
  const reason = `${agent?.name ?? "Somebody"} answered it.`
  await record(tx, kase, { to: agentId, by: agentId, rule: "answered", reason }, now)
}

type Entry = {
  to: number | null
  by: number | null
  rule: (typeof assignments.$inferInsert)["rule"]
  reason: string
} & Partial<Pick<typeof assignments.$inferInsert, "candidates" | "asked">>

/** Moves the case and writes down why, in one place, for every path. */
export async function record(tx: Tx, kase: CaseRow, entry: Entry, now: Date) {
  const { to, by, ...why } = entry
  await giveCase(tx, kase.number, to, now)
  if (to !== null) await tx.update(agents).set({ lastGivenAt: now }).where(eq(agents.id, to))
  const row = { caseNumber: kase.number, fromAgentId: kase.agentId, toAgentId: to, byAgentId: by }
  await tx.insert(assignments).values({ ...row, at: now, ...why })
  await announce(tx, { kind: "assignment", caseNumber: kase.number, mailboxId: kase.mailboxId, agentId: to }, now)
}

/** As chosen: to somebody, or to the pool. */
export async function give(tx: Tx, kase: CaseRow, choice: Choice, now: Date): Promise<Given> {
  const { agentId, rule, reason, rows, asked } = choice
  await record(tx, kase, { to: agentId, by: null, rule, reason, candidates: rows, asked }, now)
  return { agentId, reason }
}
