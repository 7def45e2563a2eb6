import { eq } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"

/** A case from another desk's past: closed when its last message came, waiting for nobody. */
export async function closeAsHistory(tx: Tx, number: number, at: Date) {
  await tx.update(cases).set({ closedAt: at, waitingSince: null, snoozedUntil: null }).where(eq(cases.number, number))
}
