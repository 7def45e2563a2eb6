import { textOf } from "./form.ts"
import { changeSettings, settings } from "./models/people/settings.server.ts"
import { isSwitch, type SettingKey, settingText } from "./models/people/settings.ts"

export type SettingTexts = Partial<Record<SettingKey, string>>

/** What a page of settings shows before anybody typed. */
export async function settingTexts(keys: readonly SettingKey[]): Promise<SettingTexts> {
  const told = await settings()
  return Object.fromEntries(keys.map((key) => [key, settingText(told[key])]))
}

/** Takes what such a page sends: all of it, or nothing and which of them cannot be. A box not ticked sends nothing. */
export async function settingsFrom(form: FormData, keys: readonly SettingKey[], now: Date) {
  const said = (key: SettingKey) => (isSwitch(key) ? (form.has(key) ? "on" : "off") : textOf(form, key))
  const typed = keys.map((key) => [key, said(key)] as const)
  const refused = await changeSettings(typed, now)
  return { refused, text: Object.fromEntries(typed) as SettingTexts }
}
