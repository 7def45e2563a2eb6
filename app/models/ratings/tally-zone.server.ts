import { eq, sql } from "drizzle-orm"
import { type Db, db, type Tx } from "#db/connection.server.ts"
import { settings } from "#db/tables/people.ts"
import { tallyZones } from "#db/tables/ratings.ts"
import { catalogue } from "../people/settings.ts"

const lock = sql`hashtextextended('tallies', 0)`

/**
 * The zone to count a line under, for a transaction that is about to. Until it ends nobody counts everything anew
 * under another zone, so that no line of the old days comes after the switch.
 */
export async function zoneToCountIn(tx: Tx): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${lock})`)
  const zone = await countedZone(tx)
  if (zone) return zone
  const first = await deskZone(tx)
  await tx.insert(tallyZones).values({ zone: first }).onConflictDoNothing()
  return (await countedZone(tx)) ?? first
}

/** From here to the end of the transaction everything is counted anew, under the desk's zone: whatever counts waits. */
export async function switchZone(tx: Tx): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock(${lock})`)
  const zone = await deskZone(tx)
  await tx.insert(tallyZones).values({ zone }).onConflictDoUpdate({ target: tallyZones.one, set: { zone } })
  return zone
}

/** The zone of the days that reports read, and the one they are being counted in anew, where that is another. */
export type Zones = { timeZone: string; nextTimeZone: string | null }

export async function reportZone(): Promise<Zones> {
  const [counted, told] = await Promise.all([countedZone(db), deskZone(db)])
  const timeZone = counted ?? told
  return { timeZone, nextTimeZone: timeZone === told ? null : told }
}

/** What is read of the rollups, all under one zone's days: read again when they were switched meanwhile. */
export async function inOneZone<T>(read: (zones: Zones) => Promise<T>): Promise<T> {
  const zones = await reportZone()
  const found = await read(zones)
  const since = await reportZone()
  return since.timeZone === zones.timeZone ? found : read(since)
}

async function countedZone(from: Tx | Db): Promise<string | null> {
  const [row] = await from.select({ zone: tallyZones.zone }).from(tallyZones)
  return row?.zone ?? null
}

/** Read with the transaction's own connection: a second one from the pool could wait for ever on a busy desk. */
async function deskZone(from: Tx | Db): Promise<string> {
  const { schema, default: usual } = catalogue["desk.timeZone"]
  const [row] = await from.select({ value: settings.value }).from(settings).where(eq(settings.key, "desk.timeZone"))
  return schema.safeParse(row?.value).data ?? usual
}
