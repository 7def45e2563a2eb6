import { expect, test } from "vitest"
import { isAtLeast, isPresence, isRole, type PresenceFacts, presenceOf } from "#app/models/people/agent.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const zone = "Europe/Berlin"
const facts: PresenceFacts = { switchedTo: "present", switchedUntil: null, deactivatedAt: null, timeZone: zone }
const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 540, endsAt: 1020 }))
const evening = new Date("2026-03-10T19:00:00Z")
const tomorrowAtNine = "2026-03-11T08:00:00.000Z"

test("an admin is at least a lead, a lead is no admin", () => {
  expect(isAtLeast({ role: "admin" }, "lead")).toBe(true)
  expect(isAtLeast({ role: "lead" }, "admin")).toBe(false)
  expect(isAtLeast({ role: "agent" }, "agent")).toBe(true)
})

test("only the words for roles and presence are roles and presence", () => {
  expect([isRole("lead"), isRole("owner"), isRole(null), isPresence("away"), isPresence("busy")]).toEqual([
    true,
    false,
    false,
    true,
    false,
  ])
})

test("somebody without a week is present, without end", () => {
  expect(presenceOf(facts, [], [], noon)).toEqual({ state: "present", until: null })
})

test("somebody on shift is present until it ends", () => {
  expect(presenceOf(facts, week, [], noon)).toEqual({ state: "present", until: "2026-03-10T16:00:00.000Z" })
})

test("after the shift one is off until the next", () => {
  expect(presenceOf(facts, week, [], evening)).toEqual({ state: "off", until: tomorrowAtNine })
})

test("hours are those of the person's own zone", () => {
  const inChicago = { ...facts, timeZone: "America/Chicago" }
  expect(presenceOf(inChicago, week, [], noon)).toEqual({ state: "off", until: "2026-03-10T14:00:00.000Z" })
})

test("away lasts until the moment given, then one is back without a press", () => {
  const away: PresenceFacts = { ...facts, switchedTo: "away", switchedUntil: later(60) }
  expect(presenceOf(away, week, [], noon)).toEqual({ state: "away", until: later(60).toISOString() })
  expect(presenceOf(away, week, [], later(60)).state).toBe("present")
})

test("away and after the shift is off: the switch does not stretch a day", () => {
  const away: PresenceFacts = { ...facts, switchedTo: "away" }
  expect(presenceOf(away, week, [], evening)).toEqual({ state: "off", until: tomorrowAtNine })
})

test("present until late counts as present after the shift", () => {
  const late: PresenceFacts = { ...facts, switchedUntil: later(120, evening) }
  expect(presenceOf(late, week, [], evening)).toEqual({ state: "present", until: later(120, evening).toISOString() })
})

test("an absence is off until it ends, whatever the switch said before", () => {
  const holiday = { startsAt: later(-60), endsAt: later(600) }
  expect(presenceOf(facts, [], [holiday], noon)).toEqual({ state: "off", until: later(600).toISOString() })
})

test("an account that ended is off for ever", () => {
  expect(presenceOf({ ...facts, deactivatedAt: noon }, [], [], noon)).toEqual({ state: "off", until: null })
})
