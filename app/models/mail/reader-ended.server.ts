import { and, inArray, isNull, sql } from "drizzle-orm"
import { wake } from "#db/announce.server.ts"
import { db } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"

/**
 * These emails were in hand when the desk ended or hung: it counts as if each had ended its reader once, and each is
 * tried again at once, alone (in-hand.server.ts).
 */
export async function deskEndedWith(ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await db.transaction(async (tx) => {
    await tx
      .update(mailReceived)
      .set({
        readersEnded: sql`${mailReceived.readersEnded} + 1`,
        lastError: "the desk crashed or hung while it was read",
        ...{ leasedBy: null, leasedUntil: null, dueAt: sql`now()` },
      })
      .where(and(inArray(mailReceived.id, [...ids]), isNull(mailReceived.fate)))
    await wake(tx, "mail received")
  })
}
