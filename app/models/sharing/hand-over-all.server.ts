import { and, asc, eq } from "drizzle-orm"
import { type Db, db, type Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { visibleTo } from "../cases/visible.server.ts"
import { alive, waitingOnUs } from "../cases/waiting.server.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { handOver } from "./hand-over.server.ts"

/** Numbers of cases; `stay`: whoever was named does not answer their mailbox. */
export type Moved = { moved: number[]; stay: number[] }

/** Everything open somebody holds: what waits on us, and what waits on the customer or was put off. */
export const heldBy = (viewer: Viewer, agentId: number, now: Date) => heldIn(db, viewer, agentId, now)

type Held = { onUs: number[]; others: number[] }

async function heldIn(from: Tx | Db, viewer: Viewer, agentId: number, now: Date): Promise<Held> {
  const held = and(eq(cases.agentId, agentId), alive, visibleTo(viewer))
  const numbers = (where: typeof held) =>
    from.select({ number: cases.number }).from(cases).where(where).orderBy(asc(cases.waitingSince), asc(cases.number))
  const onUs = (await numbers(and(held, waitingOnUs(now)))).map(({ number }) => number)
  const waiting = new Set(onUs)
  const all = (await numbers(held)).map(({ number }) => number)
  return { onUs, others: all.filter((number) => !waiting.has(number)) }
}

/**
 * All of somebody's cases to a named person, or what waits on us to the pool; what waits on the customer stays then
 * until they write. Each case by itself, the oldest first, so that a press that is cut off has moved some and can be
 * made again.
 */
export async function handOverAll(
  viewer: Viewer,
  fromAgentId: number,
  toAgentId: number | null,
  now: Date,
): Promise<Moved | "not yours" | "no such agent"> {
  if (!isAtLeast(viewer, "lead")) return "not yours"
  // What it is about is settled once: pressed again it goes on where it was cut off, and takes nothing that came since.
  const { onUs, others } = await once(viewer, "hand over all", (tx) => heldIn(tx, viewer, fromAgentId, now))
  const done: Moved = { moved: [], stay: [] }
  if (toAgentId === fromAgentId) return done
  for (const number of toAgentId === null ? onUs : [...onUs, ...others]) {
    const answer = await handOver(viewer, number, toAgentId, fromAgentId, now)
    if (answer === "no such agent" || answer === "not signed in yet") return "no such agent"
    if (answer === "done") done.moved.push(number)
    else if (answer === "does not answer there") done.stay.push(number)
  }
  return done
}
