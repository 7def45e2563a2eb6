import { expect, test } from "vitest"
import { isAtLeast, isPresence, isRole, type PresenceFacts, presenceOf } from "#app/models/people/agent.ts"
import { dutyAtOrAfter, type Hours } from "#app/models/people/duty.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const zone = "Europe/Berlin"
const facts: PresenceFacts = { switchedTo: "present", switchedUntil: null, deactivatedAt: null }
const always: Hours = { timeZone: zone, week: [], absences: [], holidays: [] }
const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 540, endsAt: 1020 }))
const office: Hours = { ...always, week }
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
  expect(presenceOf(facts, always, noon)).toEqual({ state: "present", until: null })
})

test("somebody on shift is present until it ends", () => {
  expect(presenceOf(facts, office, noon)).toEqual({ state: "present", until: "2026-03-10T16:00:00.000Z" })
})

test("after the shift one is off until the next", () => {
  expect(presenceOf(facts, office, evening)).toEqual({ state: "off", until: tomorrowAtNine })
})

test("hours are those of the person's own zone", () => {
  const inChicago = { ...office, timeZone: "America/Chicago" }
  expect(presenceOf(facts, inChicago, noon)).toEqual({ state: "off", until: "2026-03-10T14:00:00.000Z" })
})

test("away lasts until the moment given, then one is back without a press", () => {
  const away: PresenceFacts = { ...facts, switchedTo: "away", switchedUntil: later(60) }
  expect(presenceOf(away, office, noon)).toEqual({ state: "away", until: later(60).toISOString() })
  expect(presenceOf(away, office, later(60)).state).toBe("present")
})

test("away and after the shift is off: the switch does not stretch a day", () => {
  const away: PresenceFacts = { ...facts, switchedTo: "away" }
  expect(presenceOf(away, office, evening)).toEqual({ state: "off", until: tomorrowAtNine })
})

test("present until late counts as present after the shift", () => {
  const late: PresenceFacts = { ...facts, switchedUntil: later(120, evening) }
  expect(presenceOf(late, office, evening)).toEqual({ state: "present", until: later(120, evening).toISOString() })
})

test("an absence is off until it ends, whatever the switch said before", () => {
  const holiday = { startsAt: later(-60), endsAt: later(600) }
  expect(presenceOf(facts, { ...always, absences: [holiday] }, noon)).toEqual({
    state: "off",
    until: later(600).toISOString(),
  })
})

test("an account that ended is off for ever", () => {
  expect(presenceOf({ ...facts, deactivatedAt: noon }, always, noon)).toEqual({ state: "off", until: null })
})

const on = (text: string) => new Date(`2026-03-${text}+01:00`)
const off = (from: string, to: string) => ({ startsAt: on(from), endsAt: on(to) })
const stateAt = (hours: Hours, at: string, given = facts) => {
  const { state, until } = presenceOf(given, hours, on(at))
  return [state, until && new Date(until)]
}

test("absences that overlap or touch are one, and end when the last does", () => {
  const absences = [off("10T13:00", "10T15:00"), off("10T14:00", "10T16:00"), off("10T16:00", "10T16:30")]
  expect(stateAt({ ...office, absences }, "10T13:30")).toEqual(["off", on("10T16:30")])
})

test("a day off before a weekend is off until Monday", () => {
  const absences = [off("13T00:00", "14T00:00")]
  expect(stateAt({ ...office, absences }, "13T10:00")).toEqual(["off", on("16T09:00")])
  expect(stateAt({ ...office, absences }, "12T19:00")).toEqual(["off", on("16T09:00")])
})

test("an absence in the afternoon is what one is present until", () => {
  expect(stateAt({ ...office, absences: [off("10T15:00", "10T16:00")] }, "10T12:00")).toEqual([
    "present",
    on("10T15:00"),
  ])
})

test("a holiday is off, with a week and without one, until the next morning there is", () => {
  const holidays = ["2026-03-10"]
  expect(stateAt({ ...office, holidays }, "10T12:00")).toEqual(["off", on("11T09:00")])
  expect(stateAt({ ...always, holidays }, "10T12:00")).toEqual(["off", on("11T00:00")])
})

test("a holiday is the day of the person's own zone", () => {
  const inAuckland = { ...always, timeZone: "Pacific/Auckland", holidays: ["2026-03-11"] }
  expect(stateAt(inAuckland, "10T12:00")).toEqual(["off", on("11T12:00")])
  expect(stateAt(inAuckland, "10T11:00")).toEqual(["present", on("10T12:00")])
})

test("whoever is switched to present until works on a holiday and in an absence", () => {
  const here = { ...facts, switchedUntil: on("10T18:00") }
  const hours = { ...office, holidays: ["2026-03-10"], absences: [off("10T00:00", "11T00:00")] }
  expect(stateAt(hours, "10T12:00", here)).toEqual(["present", on("10T18:00")])
})

test("a switch to present that ends within the shift leaves one present until the shift does", () => {
  expect(stateAt(office, "10T08:00", { ...facts, switchedUntil: on("10T10:00") })).toEqual(["present", on("10T17:00")])
})

test("a night shift is one shift, on both sides of midnight", () => {
  const nights = { ...always, week: [{ weekday: 2, startsAt: 1320, endsAt: 1800 }] }
  expect(stateAt(nights, "10T23:00")).toEqual(["present", on("11T06:00")])
  expect(stateAt(nights, "11T05:59")).toEqual(["present", on("11T06:00")])
  expect(stateAt(nights, "11T06:00")).toEqual(["off", on("17T22:00")])
})

test("a holiday cuts a night shift at midnight", () => {
  const nights = { ...always, week: [{ weekday: 2, startsAt: 1320, endsAt: 1800 }], holidays: ["2026-03-11"] }
  expect(stateAt(nights, "10T23:00")).toEqual(["present", on("11T00:00")])
})

test("away until after the shift is away until the next one", () => {
  const away: PresenceFacts = { ...facts, switchedTo: "away", switchedUntil: on("10T18:00") }
  expect(stateAt(office, "10T16:00", away)).toEqual(["away", on("11T09:00")])
})

test("switched off until a moment, one is back with the first shift after it", () => {
  const gone: PresenceFacts = { ...facts, switchedTo: "off", switchedUntil: on("13T17:00") }
  expect(stateAt(office, "11T10:00", gone)).toEqual(["off", on("16T09:00")])
  expect(stateAt(office, "11T10:00", { ...gone, switchedUntil: null })).toEqual(["off", null])
})

test("somebody whose every hour is worked has no end in sight", () => {
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: 0, endsAt: 1440 }))
  expect(stateAt({ ...always, week }, "10T12:00")).toEqual(["present", null])
})

test("an absence of a year is off until it ends", () => {
  const absences = [{ startsAt: on("10T00:00"), endsAt: new Date("2027-03-10T00:00:00+01:00") }]
  expect(stateAt({ ...office, absences }, "11T10:00")).toEqual(["off", new Date("2027-03-10T09:00:00+01:00")])
})

test("whoever has no hours is on duty as somebody is whose hours are all of every day", () => {
  const allWeek = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: 0, endsAt: 1440 }))
  for (const holidays of [[], ["2026-03-12"], ["2026-03-30"]])
    expect(dutyAtOrAfter(noon, { ...always, holidays })).toEqual(
      dutyAtOrAfter(noon, { ...always, holidays, week: allWeek }),
    )
})
