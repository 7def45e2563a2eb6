import { beforeEach, expect, test } from "vitest"
import { textsAt } from "#app/models/mail/dns.server.ts"
import { deskCalendar } from "#app/models/people/calendar.server.ts"
import { changeSetting, settings, unreadSettings } from "#app/models/people/settings.server.ts"
import { catalogue, settingKeys } from "#app/models/people/settings.ts"
import { settingTexts } from "#app/settings-form.server.ts"
import { db } from "#db/connection.server.ts"
import { settings as table } from "#db/tables/people.ts"
import { noon } from "#test/fixtures/desk.ts"
import { arrive, letter } from "#test/support/arrive.ts"

beforeEach(() => db.delete(table))

const usual = Object.fromEntries(settingKeys.map((key) => [key, catalogue[key].default]))

test.each([
  [{ a: 1 }],
  [[{ weekday: 9 }]],
  [1e300],
  ["300.300.300.300/99, :::, [::]:0"],
  ["\u0001{nummer}"],
  [["192.0.2.1"]],
])("a table full of %j stops no mail and no page, and the doctor names what it is", async (value) => {
  await db.insert(table).values(settingKeys.map((key) => ({ key, value, changedAt: noon })))
  const [told, unread] = [await settings(), await unreadSettings()]
  expect(unread).toEqual(expect.arrayContaining(["mail.trustedRelays", "mail.dnsServers", "web.baseUrl"]))
  for (const key of unread) expect(told[key]).toEqual(usual[key])
  const marked = letter({ more: ["DKIM-Signature: v=1; d=a.example", "Authentication-Results: mx; dmarc=pass"] })
  expect((await arrive(marked)).fate).toBe("opened")
  expect((await arrive(letter({ text: "By another way" }), { via: "api" })).fate).toBe("opened")
  expect(await textsAt("nothing.invalid")).toBeDefined()
  expect((await deskCalendar()).week).toEqual(usual["desk.businessWeek"])
  expect(Object.keys(await settingTexts(settingKeys))).toEqual(settingKeys)
  expect(await changeSetting("mail.trustedRelays", "192.0.2.0/24", noon)).toBe("changed")
  expect((await settings())["mail.trustedRelays"]).toBe("192.0.2.0/24")
})

test("rows of keys that this version does not know are nobody's trouble", async () => {
  await db.insert(table).values({ key: "desk.colour", value: "red", changedAt: noon })
  expect([await settings(), await unreadSettings()]).toEqual([usual, []])
})
