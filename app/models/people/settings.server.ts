import { log } from "#app/log.server.ts"
import { type Db, db, type Tx } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { settings as table } from "#db/tables/people.ts"
import { nobody, once, type Presser } from "./idempotency.server.ts"
import {
  catalogue,
  isSettingKey,
  type SettingKey,
  type Settings,
  settingFrom,
  settingKeys,
  settingRead,
} from "./settings.ts"

/** What the desk has been told, else what it is until told. Inside a transaction: `settingIn`. */
export const setting = <K extends SettingKey>(key: K): Promise<Settings[K]> => settingIn(db, key)
export const settings = (): Promise<Settings> => settingsIn(db)

/** The same on a transaction's own connection: one that waits for a second connection can wait for ever. */
export async function settingIn<K extends SettingKey>(tx: Tx | Db, key: K): Promise<Settings[K]> {
  return (await settingsIn(tx))[key]
}

/** Asked once a transaction, however many of its rules want to know: for a mail that is five times. */
export function settingsIn(tx: Tx | Db): Promise<Settings> {
  const before = told.get(tx)
  if (before) return before
  const now = readAll(tx)
  if (tx !== db) told.set(tx, now)
  return now
}

const told = new WeakMap<object, Promise<Settings>>()

async function readAll(tx: Tx | Db): Promise<Settings> {
  const rows = await tx.select({ key: table.key, value: table.value }).from(table)
  const values = new Map(rows.map(({ key, value }) => [key, value]))
  return Object.fromEntries(settingKeys.map((key) => [key, known(key, values.get(key))])) as Settings
}

/** Changes one from text. */
export async function changeSetting(key: string, text: string, now: Date): Promise<"changed" | { refused: string }> {
  const refused = await changeSettings([[key, text]], now)
  return refused === null ? "changed" : { refused: `${refused.key} ${refused.words}` }
}

/** Changes several, or none of them when one cannot be what was typed. */
export async function changeSettings(
  typed: readonly (readonly [key: string, text: string])[],
  now: Date,
  by: Presser = nobody,
): Promise<null | { key: string; words: string }> {
  const read: [SettingKey, Settings[SettingKey]][] = []
  for (const [key, text] of typed) {
    if (!isSettingKey(key)) return { key, words: "is no setting of this desk" }
    const one = settingFrom(key, text)
    if ("refused" in one) return { key, words: one.refused }
    read.push([key, one.value])
  }
  await once(by, "change settings", async (tx) => {
    for (const [key, value] of read) await keepSetting(tx, key, value, now)
  })
  return null
}

/** A new zone moves every day a tally is counted under, so the worker makes them anew. */
export async function keepSetting<K extends SettingKey>(tx: Tx, key: K, value: Settings[K], now: Date) {
  const before = await settingIn(tx, key)
  const row = { key, value, changedAt: now }
  await tx.insert(table).values(row).onConflictDoUpdate({ target: table.key, set: row })
  told.delete(tx)
  if (key === "desk.timeZone" && before !== value) await tx.insert(jobs).values({ kind: "tallies", dueAt: now })
}

function known<K extends SettingKey>(key: K, value: unknown): Settings[K] {
  if (value === undefined) return catalogue[key].default as Settings[K]
  const read = settingRead(key, value)
  if (read === null) sayUnread(key, value)
  return read?.value ?? (catalogue[key].default as Settings[K])
}

/** Said once: every mail and every page reads them. */
const unread = new Set<string>()

function sayUnread(key: SettingKey, value: unknown) {
  const what = `${key} ${JSON.stringify(value)}`.slice(0, 500)
  if (unread.has(what) || unread.size > 100) return
  unread.add(what)
  log.warn({ setting: key }, "a setting cannot be read and counts as never set; desk doctor says which")
}

/** The settings whose rows mean nothing to this version, and count as never set. */
export async function unreadSettings(): Promise<SettingKey[]> {
  const rows = await db.select({ key: table.key, value: table.value }).from(table)
  return rows.flatMap(({ key, value }) => (isSettingKey(key) && settingRead(key, value) === null ? [key] : []))
}
