import { textOf } from "./form.ts"
import type { Presser } from "./models/people/idempotency.server.ts"
import { changeSettings, settings } from "./models/people/settings.server.ts"
import { isSwitch, type SettingKey, type Settings, settingFrom, settingText } from "./models/people/settings.ts"

export type SettingTexts = Partial<Record<SettingKey, string>>

/** What a page of settings shows before anybody typed. */
export async function settingTexts(keys: readonly SettingKey[]): Promise<SettingTexts> {
  const told = await settings()
  return Object.fromEntries(keys.map((key) => [key, settingText(told[key])]))
}

/** Takes what such a page sends: all of it, or nothing and which of them cannot be. */
export async function settingsFrom(form: FormData, keys: readonly SettingKey[], now: Date, by: Presser) {
  const typed = typedIn(form, keys)
  const refused = await changeSettings(typed, now, by)
  return { refused, text: Object.fromEntries(typed) as SettingTexts }
}

/** The same without taking it: what they would be. */
export function settingsTried<K extends SettingKey>(form: FormData, keys: readonly K[]) {
  const typed = typedIn(form, keys)
  const text = Object.fromEntries(typed) as SettingTexts
  const read = typed.map(([key, said]) => [key, settingFrom(key, said)] as const)
  const wrong = read.flatMap(([key, one]) => ("refused" in one ? [{ key, words: one.refused }] : []))[0]
  if (wrong) return { refused: wrong, text, values: null }
  const values = read.flatMap(([key, one]) => ("value" in one ? [[key, one.value] as const] : []))
  return { refused: null, text, values: Object.fromEntries(values) as Pick<Settings, K> }
}

/** A box not ticked sends nothing. */
function typedIn<K extends SettingKey>(form: FormData, keys: readonly K[]) {
  const said = (key: K) => (isSwitch(key) ? (form.has(key) ? "on" : "off") : textOf(form, key))
  return keys.map((key) => [key, said(key)] as const)
}
