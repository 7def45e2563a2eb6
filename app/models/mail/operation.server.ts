import { and, eq, lt, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { operations } from "#db/tables/guards.ts"

type Press = { agentId: number; opId: string | null }

/**
 * Does what a press asks for once: the same press again, even at the same moment, gets the first one's result. A
 * refusal (a string) is forgotten, so that the form can be put right and sent again.
 */
export async function once<T>(tx: Tx, { agentId, opId }: Press, work: () => Promise<T>, now: Date): Promise<T> {
  if (opId === null) return work()
  const mine = and(eq(operations.agentId, agentId), eq(operations.opId, opId))
  // Waits here while the first press is still at work.
  const [claimed] = await tx.insert(operations).values({ agentId, opId, at: now }).onConflictDoNothing().returning()
  if (!claimed) {
    const [first] = await tx.select({ result: operations.result }).from(operations).where(mine)
    return first?.result as T
  }
  const result = await work()
  if (typeof result === "string") await tx.delete(operations).where(mine)
  else await tx.update(operations).set({ result }).where(mine)
  return result
}

/** What was undone may be done again by the same press. */
export async function forgetMail(tx: Tx, agentId: number, mailId: number) {
  await tx
    .delete(operations)
    .where(and(eq(operations.agentId, agentId), sql`${operations.result} ->> 'mailId' = ${String(mailId)}`))
}

/** Forgets presses of more than a week ago: nobody presses Send twice that far apart. */
export async function forgetOperations(now: Date): Promise<number> {
  const old = lt(operations.at, new Date(now.getTime() - 7 * 24 * 3_600_000))
  return (await db.delete(operations).where(old).returning({ opId: operations.opId })).length
}
