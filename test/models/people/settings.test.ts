import { expect, test } from "vitest"
import { catalogue, isSettingKey, settingFrom, settingKeys, settingText } from "#app/models/people/settings.ts"

test("every setting's usual value is one it may have, and survives being written and read", () => {
  for (const key of settingKeys) {
    expect(settingFrom(key, settingText(catalogue[key].default))).toEqual({ value: catalogue[key].default })
  }
})

test("an unknown name is no setting, nor is a property every object has", () => {
  expect([isSettingKey("desk.name"), isSettingKey("desk.colour"), isSettingKey("constructor")]).toEqual([
    true,
    false,
    false,
  ])
})

test.each([
  ["desk.name", "  ", "must not be empty"],
  ["desk.timeZone", "Berlin", "must be a time zone such as Europe/Berlin or UTC"],
  ["ratings.settleSeconds", "soon", "must be a number from 0 to 3600"],
  ["ratings.settleSeconds", "", "must be a number from 0 to 3600"],
  ["ratings.settleSeconds", "1.5", "must be a whole number"],
  ["replies.undoSeconds", "-1", "must be at least 0"],
  ["ratings.lineOn", "maybe", "must be on or off"],
  ["web.baseUrl", "javascript:alert(1)", "must be an http or https address"],
  ["desk.businessWeek", "always", 'must be hours such as "mon-fri 9:00-17:00, sat 10:00-14:00"'],
] as const)("%s is refused as %j, and says what it must be", (key, text, refused) => {
  expect(settingFrom(key, text)).toEqual({ refused })
})

test("a switch may be called on, yes or true", () => {
  for (const text of ["on", "Yes", "true"]) expect(settingFrom("ratings.lineOn", text)).toEqual({ value: true })
})

test("business hours may go past midnight", () => {
  const read = settingFrom("desk.businessWeek", "fri 22:00-6:00")
  expect(read).toEqual({ value: [{ weekday: 5, startsAt: 1320, endsAt: 1800 }] })
  if ("value" in read) expect(settingText(read.value)).toBe("fri 22:00-06:00")
})
