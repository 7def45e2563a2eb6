import { expect, test } from "vitest"
import { absenceFrom, isKnown, overlapsOne, type TypedAbsence } from "#app/models/people/absence.ts"
import { hereUntil, untilFrom } from "#app/models/people/away.ts"
import type { Hours } from "#app/models/people/duty.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const zone = "Europe/Berlin"
const day: TypedAbsence = { first: "2026-03-12", last: "", part: "day", from: "", to: "", note: "" }
const read = (typed: Partial<TypedAbsence>, in_ = zone) => absenceFrom({ ...day, ...typed }, in_, noon)
const berlin = (from: string, to: string) => ({
  startsAt: new Date(`2026-03-${from}+01:00`),
  endsAt: new Date(`2026-03-${to}+01:00`),
})

test("a day, some days, half a day and times mean what they say on the person's wall", () => {
  expect(read({})).toEqual(berlin("12T00:00", "13T00:00"))
  expect(read({ last: "2026-03-14" })).toEqual(berlin("12T00:00", "15T00:00"))
  expect(read({ part: "morning" })).toEqual(berlin("12T00:00", "12T12:00"))
  expect(read({ part: "afternoon" })).toEqual(berlin("12T12:00", "13T00:00"))
  expect(read({ part: "times", from: "14:00", to: "16:30" })).toEqual(berlin("12T14:00", "12T16:30"))
  expect(read({ part: "times", from: "22:00", to: "02:00", last: "2026-03-13" })).toEqual(
    berlin("12T22:00", "13T02:00"),
  )
})

test("a day in an odd zone is that zone's day", () => {
  expect(read({}, "Asia/Kathmandu")).toEqual({
    startsAt: new Date("2026-03-11T18:15:00Z"),
    endsAt: new Date("2026-03-12T18:15:00Z"),
  })
})

test("a day of a clock change is as long as it is", () => {
  expect(read({ first: "2026-03-29" })).toEqual({
    startsAt: new Date("2026-03-28T23:00:00Z"),
    endsAt: new Date("2026-03-29T22:00:00Z"),
  })
})

test("an absence that began this morning is entered, with 29 February where there is one", () => {
  expect(read({ first: "2026-03-10" })).toEqual(berlin("10T00:00", "11T00:00"))
  expect(absenceFrom({ ...day, first: "2028-02-29" }, "UTC", new Date("2028-02-01"))).toHaveProperty("startsAt")
})

test.each([
  [{ first: "" }, "first", "Say which day"],
  [{ first: "12.3.2026" }, "first", "Write the day as 2026-03-10"],
  [{ first: "2027-02-29" }, "first", "There is no 29 February in 2027"],
  [{ first: "2026-04-31" }, "first", "There is no such day as 2026-04-31"],
  [{ first: "2026-13-01" }, "first", "There is no such day as 2026-13-01"],
  [{ last: "2026-03-11" }, "last", "It ends before it begins: the last day lies before the first"],
  [{ first: "2026-03-09" }, "last", "That is over already, it would change nothing"],
  [{ last: "2029-03-12" }, "last", "That is more than a year. Whoever is gone for so long has left the desk"],
  [{ part: "times", from: "noon", to: "16:00" }, "from", "Write the time as 14:00"],
  [{ part: "times", from: "12:00", to: "25:00" }, "to", "Write the time as 16:30"],
  [
    { part: "times", from: "22:00", to: "2:00" },
    "to",
    "It ends before it begins. For one past midnight give the next day as the last",
  ],
] as const)("%j is refused beside its field, in words", (typed, field, words) => {
  expect(read(typed)).toEqual({ field, words })
})

test("what lies within absences that adjoin is known, what sticks out only overlaps", () => {
  const known = [berlin("12T00:00", "13T00:00"), berlin("13T00:00", "14T00:00")]
  expect(isKnown(berlin("12T12:00", "13T12:00"), known)).toBe(true)
  const longer = berlin("13T00:00", "15T00:00")
  expect([isKnown(longer, known), overlapsOne(longer, known)]).toEqual([false, true])
  expect(overlapsOne(berlin("14T00:00", "15T00:00"), known)).toBe(false)
})

const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 540, endsAt: 1020 }))
const office: Hours = { timeZone: zone, week, absences: [], holidays: [] }
const evening = new Date("2026-03-10T19:00:00Z")
const until = (choice: string, moment = "", hours = office, now = noon) =>
  untilFrom({ until: choice, moment }, hours, now)

test("away holds until a press, for a while, until the shift ends, until tomorrow, or until a moment", () => {
  expect(until("")).toEqual({ until: null })
  expect(until("30 min")).toEqual({ until: later(30) })
  expect(until("1 h")).toEqual({ until: later(60) })
  expect(until("shift")).toEqual({ until: new Date("2026-03-10T16:00:00Z") })
  expect(until("tomorrow")).toEqual({ until: new Date("2026-03-10T23:00:00Z") })
  expect(until("moment", "2026-03-11T14:30")).toEqual({ until: new Date("2026-03-11T13:30:00Z") })
})

test.each([
  ["moment", "", "Say which day"],
  ["moment", "2026-03-11", "Write the time as 14:00"],
  ["moment", "2027-02-29T10:00", "There is no 29 February in 2027"],
  ["moment", "2026-03-10T11:00", "That is past already: give a later time"],
  ["moment", "2029-03-10T11:00", "That is more than a year from now"],
  ["never", "", "Choose until when"],
  ["9999999999 h", "", "Choose until when"],
])("away until %j %j is refused in words", (choice, moment, words) => {
  expect(until(choice, moment)).toEqual({ words })
})

test("no shift ends in the evening, nor for somebody without hours", () => {
  const words = "There is no shift now that could end"
  expect(until("shift", "", office, evening)).toEqual({ words })
  expect(until("shift", "", { ...office, week: [] })).toEqual({ words })
})

test("whoever says they are here outside their hours is believed for a shift's length, or until their hours begin", () => {
  expect(hereUntil(office, noon)).toBeNull()
  expect(hereUntil(office, evening)).toEqual(later(480, evening))
  expect(hereUntil(office, new Date("2026-03-11T06:00:00Z"))).toEqual(new Date("2026-03-11T08:00:00Z"))
})
