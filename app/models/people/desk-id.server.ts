import { randomUUID } from "node:crypto"
import { eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { settings as table } from "#db/tables/people.ts"

const key = "desk.id"

/** What tells this desk's database from any other, wherever it is moved to. */
export async function deskId(now: Date): Promise<string> {
  await db.insert(table).values({ key, value: randomUUID(), changedAt: now }).onConflictDoNothing()
  const [row] = await db.select({ value: table.value }).from(table).where(eq(table.key, key))
  return String(row?.value)
}
