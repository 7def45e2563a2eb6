import { eq } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { deskCalendar } from "#app/models/people/calendar.server.ts"
import { changeSetting, keepSetting, setting, settingIn, settings } from "#app/models/people/settings.server.ts"
import { db } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { holidays, settings as table } from "#db/tables/people.ts"
import { noon } from "#test/fixtures/desk.ts"
import { statementsOf } from "#test/support/statements.ts"

beforeEach(() => db.delete(table))

test("a setting nobody touched is what it usually is", async () => {
  expect(await setting("ratings.settleSeconds")).toBe(180)
  expect((await settings())["replies.undoSeconds"]).toBe(10)
})

test("a setting changed twice is what it was changed to last", async () => {
  await changeSetting("desk.name", "Acme Help", noon)
  expect(await changeSetting("desk.name", "Acme Support", noon)).toBe("changed")
  expect(await setting("desk.name")).toBe("Acme Support")
})

test("a transaction asks once, and hears what it changes itself", async () => {
  await db.transaction(async (tx) => {
    const asked = () => statementsOf(() => settingIn(tx, "desk.name"))
    expect([(await asked()).length, (await asked()).length]).toEqual([1, 0])
    await keepSetting(tx, "desk.name", "Acme Help", noon)
    expect(await settingIn(tx, "desk.name")).toBe("Acme Help")
  })
})

test("an unknown setting or value changes nothing", async () => {
  expect(await changeSetting("desk.colour", "red", noon)).toEqual({ refused: "desk.colour is no setting of this desk" })
  expect(await changeSetting("ratings.linkDays", "0", noon)).toEqual({ refused: "ratings.linkDays must be at least 1" })
  expect(await db.select().from(table)).toEqual([])
})

test("a stored value that is no longer allowed counts as never set", async () => {
  await db.insert(table).values({ key: "ratings.linkDays", value: "many", changedAt: noon })
  expect(await setting("ratings.linkDays")).toBe(30)
})

test("another time zone asks the worker to count the days anew", async () => {
  await changeSetting("desk.timeZone", "Europe/Berlin", noon)
  expect(await db.select({ kind: jobs.kind }).from(jobs).where(eq(jobs.kind, "tallies"))).toHaveLength(1)
})

test("business time follows the desk's zone, hours and holidays", async () => {
  await changeSetting("desk.timeZone", "Europe/Berlin", noon)
  await changeSetting("desk.businessWeek", "mon 9-12", noon)
  await db.insert(holidays).values({ day: "2026-12-25", name: "Christmas" })
  expect(await deskCalendar()).toEqual({
    timeZone: "Europe/Berlin",
    week: [{ weekday: 1, startsAt: 540, endsAt: 720 }],
    holidays: ["2026-12-25"],
  })
})
