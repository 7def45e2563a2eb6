import { db } from "#db/connection.server.ts"
import type { CaseRow } from "../cases/case.server.ts"
import { give } from "./assignment.server.ts"
import { lockAgents } from "./candidates.server.ts"
import { choose } from "./choice.server.ts"
import { hasRoom } from "./eligible.ts"
import { mailboxesWithPool, nextInPool } from "./pool.server.ts"

/** Gives out the pool, oldest first, mailbox by mailbox, until nobody has room. How many went out. */
export async function drainPool(now: Date): Promise<number> {
  let given = 0
  for (const mailboxId of await mailboxesWithPool(now)) given += await drain(mailboxId, now)
  return given
}

async function drain(mailboxId: number, now: Date): Promise<number> {
  let given = 0
  let step = await giveNext(mailboxId, null, now)
  while (step) {
    if (step.isGiven) given++
    step = await giveNext(mailboxId, step.kase, now)
  }
  return given
}

/**
 * Null at the pool's end, or when nobody here has room for anything. A case nobody present can take, for what it asks
 * for or because they gave it back, holds up none of those behind it.
 */
async function giveNext(mailboxId: number, after: CaseRow | null, now: Date) {
  return db.transaction(async (tx) => {
    const kase = await nextInPool(tx, mailboxId, after, now)
    if (!kase) return null
    await lockAgents(tx, mailboxId)
    const { choice, candidates } = await choose(tx, kase, now)
    if (choice.agentId !== null) await give(tx, kase, choice, now)
    else if (!candidates.some((one) => hasRoom(one, choice.asked))) return null
    return { kase, isGiven: choice.agentId !== null }
  })
}
