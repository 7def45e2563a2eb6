import { eq, max } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { frownEvents, frowns } from "#db/tables/frowns.ts"
import { type FrownRow, keptFacts, ownFacts } from "./alone.ts"

/**
 * Before merged cases change anything about a frown: what it is without them is kept, once, and which cases they are,
 * so that it can go back to that when one of them leaves.
 */
export async function keepAlone(tx: Tx, frown: FrownRow, family: readonly number[]): Promise<FrownRow> {
  if (family.length < 2) return frown
  const known = frown.alone?.family ?? []
  if (frown.alone && family.every((number) => known.includes(number))) return frown
  const alone = {
    facts: keptFacts(ownFacts(frown)),
    family: [...new Set([...known, ...family])].sort((a, b) => a - b),
    acts: frown.alone?.acts ?? [],
    lastEvent: frown.alone?.lastEvent ?? (await lastEventOf(tx, frown.id)),
  }
  await tx.update(frowns).set({ alone }).where(eq(frowns.id, frown.id))
  return { ...frown, alone }
}

async function lastEventOf(tx: Tx, frownId: number): Promise<number> {
  const [row] = await tx
    .select({ id: max(frownEvents.id) })
    .from(frownEvents)
    .where(eq(frownEvents.frownId, frownId))
  return row?.id ?? 0
}
