import { and, eq, inArray, sql } from "drizzle-orm"
import { wake } from "#db/announce.server.ts"
import { db } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"
import type { Viewer } from "../people/agent.ts"

/** A person knows better: the mail is read again, as if nobody had called it spam. Null: no such mail for them. */
export async function notSpam(
  viewer: Viewer & { id: number },
  mailId: number,
  now: Date,
): Promise<"read again" | null> {
  return db.transaction(async (tx) => {
    const { id, fate, mailboxId } = mailReceived
    const decision = { by: viewer.id, at: now.toISOString(), kind: "not spam" } as const
    const done = await tx
      .update(mailReceived)
      .set({
        ...{ decision, fate: null, because: "", handledAt: null },
        ...{ attempts: 0, dueAt: sql`now()`, leasedBy: null, leasedUntil: null },
      })
      .where(and(eq(id, mailId), eq(fate, "spam"), inArray(mailboxId, viewer.mailboxIds)))
      .returning({ id })
    if (done.length === 0) return null
    await wake(tx, "mail received")
    return "read again"
  })
}
