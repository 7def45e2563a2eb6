import { eq, sql } from "drizzle-orm"
import { type Tx, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"

/** A case from another desk's past: closed when its last message came, waiting for nobody. */
export async function closeAsHistory(tx: Tx, number: number, at: Date) {
  await tx.update(cases).set({ closedAt: at, waitingSince: null, snoozedUntil: null }).where(eq(cases.number, number))
}

/** A message from the past was put into a case: one in use is used on, a closed one was closed when its last message came. */
export async function addHistory(tx: Tx, number: number, at: Date) {
  const openedAt = sql`least(${cases.openedAt}, ${ts(at)})`
  const closedAt = sql`case when ${cases.closedAt} is not null then greatest(${cases.closedAt}, ${ts(at)}) end`
  await tx.update(cases).set({ openedAt, closedAt }).where(eq(cases.number, number))
}
