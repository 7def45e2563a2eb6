import { eq, inArray, sql } from "drizzle-orm"
import { dayOf } from "#app/models/people/hours.ts"
import { catalogue } from "#app/models/people/settings.ts"
import type { Tx } from "#db/connection.server.ts"
import { settings } from "#db/tables/people.ts"
import { ratingRequests, ratings, ratingTallies } from "#db/tables/ratings.ts"
import { type Counted, difference, type TallyLine, tallyLines } from "./tally.ts"
import { zoneToCountIn } from "./tally-zone.server.ts"

/**
 * Runs a change of some replies' requests or ratings and moves the daily tallies by what it changed, in the same
 * transaction. The requests' rows must be locked by the caller.
 */
export async function keepingTally<T>(tx: Tx, requestIds: number[], change: () => Promise<T>): Promise<T> {
  const zone = await zoneToCountIn(tx)
  const before = await linesOf(tx, requestIds, zone)
  const result = await change()
  await addToTally(tx, difference(before, await linesOf(tx, requestIds, zone)))
  return result
}

/** Adds lines, which may be negative, to the daily tallies. They must come gathered: one per row and in order. */
export async function addToTally(tx: Tx, lines: readonly TallyLine[]) {
  if (lines.length === 0) return
  const t = ratingTallies
  const set = {
    asked: sql`${t.asked} + excluded.asked`,
    leftOff: sql`${t.leftOff} + excluded.left_off`,
    happy: sql`${t.happy} + excluded.happy`,
    ok: sql`${t.ok} + excluded.ok`,
    frown: sql`${t.frown} + excluded.frown`,
    lastHappy: sql`${t.lastHappy} + excluded.last_happy`,
    lastOk: sql`${t.lastOk} + excluded.last_ok`,
    lastFrown: sql`${t.lastFrown} + excluded.last_frown`,
  }
  await tx
    .insert(ratingTallies)
    .values([...lines])
    .onConflictDoUpdate({ target: [t.basis, t.day, t.mailboxId, t.agentId], set })
}

async function linesOf(tx: Tx, requestIds: number[], zone: string) {
  const counted = await tx
    .select({ request: ratingRequests, rating: ratings })
    .from(ratingRequests)
    .leftJoin(ratings, eq(ratings.requestId, ratingRequests.id))
    .where(inArray(ratingRequests.id, requestIds))
  return counted.flatMap((row) => tallyLines(countedFrom(row), (at) => dayOf(at, zone)))
}

type Rows = {
  request: Omit<Counted, "rating">
  rating: (NonNullable<Counted["rating"]> & { voidedAt: Date | null }) | null
}

export function countedFrom({ request, rating }: Rows): Counted {
  return { ...request, rating: rating && rating.voidedAt === null ? rating : null }
}

/** Read with the transaction's own connection: a second one from the pool could wait for ever on a busy desk. */
export async function linkDays(tx: Tx): Promise<number> {
  const { schema, default: usual } = catalogue["ratings.linkDays"]
  const [row] = await tx.select({ value: settings.value }).from(settings).where(eq(settings.key, "ratings.linkDays"))
  return schema.safeParse(row?.value).data ?? usual
}
