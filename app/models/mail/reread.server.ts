import { and, eq, lt } from "drizzle-orm"
import { wake } from "#db/announce.server.ts"
import { db } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { readerVersion } from "#emails/incoming/reader-version.ts"
import { afresh } from "./receive.server.ts"

/**
 * Mail an older version could not read, once more by this one. What it says then stands in the case it
 * already has; if it fails again it is this version's failure, and not tried again. How many there were.
 */
export async function rereadFailed(): Promise<number> {
  const older = and(eq(mailReceived.fate, "failed"), lt(mailReceived.readBy, readerVersion))
  return db.transaction(async (tx) => {
    const again = await tx.update(mailReceived).set(afresh).where(older).returning({ id: mailReceived.id })
    if (again.length > 0) await wake(tx, "mail received")
    return again.length
  })
}
