import { eq, sql } from "drizzle-orm"
import { type Tx, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { lockCase } from "./case.server.ts"
import { changeCase } from "./merged-facts.server.ts"

/** A case from another desk's past: closed when its last message came, waiting for nobody. */
export async function closeAsHistory(tx: Tx, number: number, at: Date) {
  const kase = await lockCase(tx, number)
  if (kase) await changeCase(tx, kase, () => ({ closedAt: at, waitingSince: null, snoozedUntil: null }))
}

/** A message from the past was put into a case: one in use is used on, a closed one was closed when its last message came. */
export async function addHistory(tx: Tx, number: number, at: Date) {
  const openedAt = sql`least(${cases.openedAt}, ${ts(at)})`
  await tx.update(cases).set({ openedAt }).where(eq(cases.number, number))
  const kase = await lockCase(tx, number)
  const later = (closedAt: Date | null) => closedAt && new Date(Math.max(closedAt.getTime(), at.getTime()))
  if (kase) await changeCase(tx, kase, (facts) => ({ ...facts, closedAt: later(facts.closedAt) }))
}
