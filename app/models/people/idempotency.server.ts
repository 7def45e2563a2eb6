import { and, eq, lt, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { operations } from "#db/tables/guards.ts"
import { seal, unseal } from "./sealed.server.ts"

/** Who asks, and by which press of a form or call of a program; without an `opId` nothing tells a repeat from the first. */
export type Presser = { id: number | null; opId?: string | null }

/** The command line, and what the desk does by itself: never sent twice. */
export const nobody: Presser = { id: null }

/**
 * A verb's transaction, for a press: the same press again, even at the same moment, gets the first one's result. The
 * verb's name is part of it, so that one press may ask for two verbs. `isForgotten`: a result that leaves nothing
 * behind, after which the same caller may try again under the same name.
 */
export async function once<T>(
  { id: agentId, opId }: Presser,
  verb: string,
  work: (tx: Tx) => Promise<T>,
  isForgotten: (result: T) => boolean = () => false,
): Promise<T> {
  if (agentId === null || !opId) return db.transaction(work)
  const name = `${verb} ${opId}`
  const mine = and(eq(operations.agentId, agentId), eq(operations.opId, name))
  return db.transaction(async (tx) => {
    const row = { agentId, opId: name, at: sql`now()` }
    // Waits here while the first press is still at work.
    const [claimed] = await tx.insert(operations).values(row).onConflictDoNothing().returning()
    if (!claimed) return firstResult<T>(tx, mine)
    const result = await work(tx)
    if (isForgotten(result)) await tx.delete(operations).where(mine)
    else
      await tx
        .update(operations)
        .set({ result: result ?? null })
        .where(mine)
    return result
  })
}

/** The same where the result is a secret that is shown once: kept for the repeat as no table tells it. */
export async function onceSecret<T extends string | null>(by: Presser, verb: string, work: (tx: Tx) => Promise<T>) {
  if (by.id === null || !by.opId) return db.transaction(work)
  const kept = await once(
    by,
    verb,
    async (tx) => {
      const secret = await work(tx)
      return secret === null ? null : seal(secret, verb).toString("base64")
    },
    (result) => result === null,
  )
  return (kept === null ? null : unseal(Buffer.from(kept, "base64"), verb)) as T
}

/** Whether it was a refusal in words, where what was done is told by more than a word. */
export const isText = (result: unknown) => typeof result === "string"

async function firstResult<T>(tx: Tx, mine: ReturnType<typeof and>) {
  const [first] = await tx.select({ result: operations.result }).from(operations).where(mine)
  return first?.result as T
}

/** What was undone may be done again by the same press. */
export async function forgetMail(tx: Tx, agentId: number, mailId: number) {
  await tx
    .delete(operations)
    .where(and(eq(operations.agentId, agentId), sql`${operations.result} ->> 'mailId' = ${String(mailId)}`))
}

/** Forgets presses of more than a week ago: nobody presses Send twice that far apart. */
export async function forgetOperations(): Promise<number> {
  const old = lt(operations.at, sql`now() - interval '7 days'`)
  return (await db.delete(operations).where(old).returning({ opId: operations.opId })).length
}
