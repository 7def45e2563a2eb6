import { eq } from "drizzle-orm"
import { type Db, db, type Tx } from "#db/connection.server.ts"
import { jobs } from "#db/tables/mail.ts"
import { settings as table } from "#db/tables/people.ts"
import { catalogue, isSettingKey, type SettingKey, type Settings, settingFrom, settingKeys } from "./settings.ts"

/** What the desk has been told, else what it is until told. Inside a transaction: `settingIn`. */
export const setting = <K extends SettingKey>(key: K): Promise<Settings[K]> => settingIn(db, key)
export const settings = (): Promise<Settings> => settingsIn(db)

/** The same on a transaction's own connection: one that waits for a second connection can wait for ever. */
export async function settingIn<K extends SettingKey>(tx: Tx | Db, key: K): Promise<Settings[K]> {
  const [row] = await tx.select({ value: table.value }).from(table).where(eq(table.key, key))
  return known(key, row?.value)
}

export async function settingsIn(tx: Tx | Db): Promise<Settings> {
  const rows = await tx.select({ key: table.key, value: table.value }).from(table)
  const told = new Map(rows.map(({ key, value }) => [key, value]))
  return Object.fromEntries(settingKeys.map((key) => [key, known(key, told.get(key))])) as Settings
}

/** Changes one from text. A new zone moves every day a tally is counted under, so the worker remakes them. */
export async function changeSetting(key: string, text: string, now: Date): Promise<"changed" | { refused: string }> {
  if (!isSettingKey(key)) return { refused: `There is no setting ${key}` }
  const read = settingFrom(key, text)
  if ("refused" in read) return read
  await db.transaction((tx) => keepSetting(tx, key, read.value, now))
  return "changed"
}

export async function keepSetting<K extends SettingKey>(tx: Tx, key: K, value: Settings[K], now: Date) {
  const row = { key, value, changedAt: now }
  await tx.insert(table).values(row).onConflictDoUpdate({ target: table.key, set: row })
  if (key === "desk.timeZone") await tx.insert(jobs).values({ kind: "tallies", dueAt: now })
}

function known<K extends SettingKey>(key: K, value: unknown): Settings[K] {
  const read = catalogue[key].schema.safeParse(value)
  return (read.success ? read.data : catalogue[key].default) as Settings[K]
}
