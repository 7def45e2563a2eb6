import { and, eq, isNull } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { type CaseRow, lockCase } from "../cases/case.server.ts"
import { isVisibleTo } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { record } from "./assignment.server.ts"
import { lockAgents } from "./candidates.server.ts"
import { lookAt } from "./choice.server.ts"
import { goesPast } from "./eligible.ts"
import { asPast } from "./hindrance.ts"
import { rowOf } from "./next-agent.ts"
import { type Offered, offerOf } from "./offer.ts"

export type HandOver =
  | "done"
  | "no such case"
  | "no such agent"
  | "does not answer there"
  | "not signed in yet"
  | { with: string | null }

/**
 * Gives a case to a named person, past their limits if need be, never past who answers the mailbox. With `expected`
 * it happens only while that person (or nobody) has it; otherwise the answer says who does.
 */
export async function handOver(
  viewer: Viewer,
  number: number,
  toAgentId: number | null,
  expected: number | null | undefined,
  now: Date,
): Promise<HandOver> {
  if (toAgentId === null) return releaseCase(viewer, number, expected, now)
  return once(viewer, `hand over ${number}`, async (tx) => {
    const kase = await held(tx, viewer, number)
    if (!kase) return "no such case"
    if (kase.agentId === toAgentId) return "done"
    if (expected !== undefined && kase.agentId !== expected) return { with: await nameOf(tx, kase.agentId) }
    const to = await answering(tx, toAgentId, kase.mailboxId)
    if (typeof to === "string") return to
    const isTaking = viewer.id === toAgentId
    const { past, candidates } = await standingFor(tx, kase, toAgentId, now)
    const said = isTaking ? `${to.name} took it` : `${viewer.name} handed it over to ${to.name}`
    const reason = `${[said, past.join(" and ")].filter(Boolean).join(", ")}.`
    const rule = isTaking ? "taken" : "handed over"
    await record(tx, kase, { to: toAgentId, by: viewer.id, rule, reason, candidates }, now)
    return "done"
  })
}

/** Takes a case from the pool. Of two who press at once exactly one gets it; the other is told who. */
export async function takeCase(viewer: Viewer, number: number, now: Date): Promise<HandOver> {
  return viewer.id === null ? "no such agent" : handOver(viewer, number, viewer.id, null, now)
}

/** Gives a case back to the pool, from where the sweep gives it to somebody else who has room. */
export async function releaseCase(
  viewer: Viewer,
  number: number,
  expected: number | null | undefined,
  now: Date,
): Promise<HandOver> {
  return once(viewer, `release ${number}`, async (tx) => {
    const kase = await held(tx, viewer, number)
    if (!kase) return "no such case"
    if (expected !== undefined && kase.agentId !== expected) return { with: await nameOf(tx, kase.agentId) }
    if (kase.agentId === null) return "done"
    const reason = `${viewer.name} gave it back to the pool.`
    await record(tx, kase, { to: null, by: viewer.id, rule: "released", reason }, now)
    return "done"
  })
}

/** How everybody stood at that moment, and what this hand-over goes past: kept with it, like every choice of the desk. */
async function standingFor(tx: Tx, kase: CaseRow, toAgentId: number, now: Date) {
  await lockAgents(tx, kase.mailboxId)
  const { candidates, asked } = await lookAt(tx, kase, now)
  const to = candidates.find(({ agentId }) => agentId === toAgentId)
  const past = to ? goesPast(to, asked).map((one) => asPast(one, { timeZone: asked.timeZone, now })) : []
  return { past, candidates: candidates.map((one) => rowOf(one, asked, now)) }
}

/** Those who may answer the case, by name. */
export async function offeredFor(kase: CaseRow, now: Date): Promise<Offered[]> {
  const { candidates, asked } = await lookAt(db, kase, now)
  return candidates
    .filter(({ answersHere, isInvited }) => answersHere && !isInvited)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map((one) => offerOf(one, kase.agentId, asked, now))
}

async function held(tx: Tx, viewer: Viewer, number: number): Promise<CaseRow | null> {
  const kase = await lockCase(tx, number)
  return kase && isVisibleTo(viewer, kase) ? kase : null
}

async function answering(tx: Tx, agentId: number, mailboxId: number) {
  const [row] = await tx
    .select({ name: agents.name, answers: mailboxAgents.agentId, isInvited: isNull(agents.passwordHash) })
    .from(agents)
    .leftJoin(mailboxAgents, and(eq(mailboxAgents.agentId, agents.id), eq(mailboxAgents.mailboxId, mailboxId)))
    .where(and(eq(agents.id, agentId), isNull(agents.deactivatedAt)))
  if (!row) return "no such agent"
  if (row.answers === null) return "does not answer there"
  return row.isInvited ? "not signed in yet" : { name: row.name }
}

async function nameOf(tx: Tx, agentId: number | null) {
  if (agentId === null) return null
  const [row] = await tx.select({ name: agents.name }).from(agents).where(eq(agents.id, agentId))
  return row?.name ?? null
}
