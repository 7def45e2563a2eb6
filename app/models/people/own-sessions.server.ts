import { and, desc, eq, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { sessions } from "#db/tables/sign-in.ts"
import { nobody, once, type Presser } from "./idempotency.server.ts"
import { isLive } from "./session.ts"

export type OwnSession = { id: string; browser: string; createdAt: Date; seenAt: Date; isThis: boolean }

/** The browsers a person is signed in with, last used first. The id is the start of the stored hash, useless as a token. */
export async function sessionsOf(agentId: number, thisTokenHash: string, now: Date): Promise<OwnSession[]> {
  const rows = await db.select().from(sessions).where(eq(sessions.agentId, agentId)).orderBy(desc(sessions.seenAt))
  return rows
    .filter((row) => isLive(row, now))
    .map(({ tokenHash, browser, createdAt, seenAt }) => ({
      id: tokenHash.slice(0, 16),
      browser,
      createdAt,
      seenAt,
      isThis: tokenHash === thisTokenHash,
    }))
}

/** Signs one of one's own browsers out. */
export async function endSession(agentId: number, id: string, by: Presser = nobody): Promise<"ended" | null> {
  return once(by, "end session", async (tx) => {
    const isIt = sql`left(${sessions.tokenHash}, 16) = ${id}`
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.agentId, agentId), isIt))
      .returning()
    return ended.length > 0 ? "ended" : null
  })
}

/** The password was just typed again: what matters is open for ten minutes. */
export async function provedAgain(tokenHash: string, now: Date) {
  await db.update(sessions).set({ provedAt: now }).where(eq(sessions.tokenHash, tokenHash))
}
