import fc from "fast-check"
import { expect, test } from "vitest"
import {
  addBusinessDays,
  addBusinessMinutes,
  addDays,
  businessMinutesBetween,
  type Calendar,
  dayOf,
  momentOn,
  openOn,
  startOf,
  startOfDay,
} from "#app/models/people/hours.ts"

const nineToFive = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 540, endsAt: 1020 }))
const berlin: Calendar = { timeZone: "Europe/Berlin", week: nineToFive, holidays: [] }
const at = (text: string) => new Date(text)

test("the day is the one on the wall of the desk's zone, not of the server", () => {
  expect(dayOf(at("2011-12-31T23:30:00Z"), "Europe/Berlin")).toBe("2012-01-01")
  expect(dayOf(at("2011-12-31T23:30:00Z"), "America/Chicago")).toBe("2011-12-31")
})

test("a day starts at its own midnight on both sides of a clock change", () => {
  expect(startOfDay(at("2026-03-29T12:00:00Z"), "Europe/Berlin")).toEqual(at("2026-03-28T23:00:00Z"))
  expect(startOfDay(at("2026-03-30T12:00:00Z"), "Europe/Berlin")).toEqual(at("2026-03-29T22:00:00Z"))
})

test("days are added across months and leap years", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29")
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31")
})

test("four business hours from Friday afternoon end on Monday", () => {
  expect(addBusinessMinutes(at("2026-03-13T14:00:00Z"), 240, berlin)).toEqual(at("2026-03-16T10:00:00Z"))
})

test("business time that starts at night counts from the opening", () => {
  expect(addBusinessMinutes(at("2026-03-10T02:00:00Z"), 60, berlin)).toEqual(at("2026-03-10T09:00:00Z"))
})

test("business time that ends with the day ends on that evening, not next morning", () => {
  expect(addBusinessMinutes(at("2026-03-10T15:00:00Z"), 60, berlin)).toEqual(at("2026-03-10T16:00:00Z"))
})

test("a holiday is passed over", () => {
  const calendar = { ...berlin, holidays: ["2026-03-11"] }
  expect(addBusinessMinutes(at("2026-03-10T15:30:00Z"), 60, calendar)).toEqual(at("2026-03-12T08:30:00Z"))
  expect(openOn("2026-03-11", calendar)).toEqual([])
})

test("nine o'clock stays nine o'clock when the clocks change over the weekend", () => {
  expect(addBusinessMinutes(at("2026-03-27T16:00:00Z"), 30, berlin)).toEqual(at("2026-03-30T07:30:00Z"))
})

test("a desk without hours is always open", () => {
  const always = { ...berlin, week: [] }
  expect(addBusinessMinutes(at("2026-03-14T02:00:00Z"), 90, always)).toEqual(at("2026-03-14T03:30:00Z"))
  expect(businessMinutesBetween(at("2026-03-14T00:00:00Z"), at("2026-03-16T00:00:00Z"), always)).toBe(2880)
})

test("one business day from Friday at three is Monday at three", () => {
  expect(addBusinessDays(at("2026-03-13T14:00:00Z"), 1, berlin)).toEqual(at("2026-03-16T14:00:00Z"))
})

test("one business day from Saturday is Tuesday at the opening", () => {
  expect(addBusinessDays(at("2026-03-14T14:00:00Z"), 1, berlin)).toEqual(at("2026-03-17T08:00:00Z"))
})

test("business time between two moments leaves nights and weekends out", () => {
  expect(businessMinutesBetween(at("2026-03-13T15:00:00Z"), at("2026-03-16T09:00:00Z"), berlin)).toBe(120)
})

test("no business time lies between a moment and one before it", () => {
  expect(businessMinutesBetween(at("2026-03-13T15:00:00Z"), at("2026-03-12T09:00:00Z"), berlin)).toBe(0)
})

test("adding what lies between two open moments leads from one to the other", () => {
  const [a, b] = [at("2026-03-02T09:13:00Z"), at("2026-04-09T13:41:00Z")]
  expect(addBusinessMinutes(a, businessMinutesBetween(a, b, berlin), berlin)).toEqual(b)
})

test("a lunch break is no business time", () => {
  const week = [
    { weekday: 2, startsAt: 540, endsAt: 720 },
    { weekday: 2, startsAt: 780, endsAt: 1020 },
  ]
  expect(addBusinessMinutes(at("2026-03-10T10:30:00Z"), 60, { ...berlin, week })).toEqual(at("2026-03-10T12:30:00Z"))
})

const nights = (timeZone: string, weekday = 6): Calendar => ({
  timeZone,
  week: [{ weekday, startsAt: 1320, endsAt: 1800 }],
  holidays: [],
})
const hoursFrom = (calendar: Calendar, from: string, to: string) =>
  businessMinutesBetween(at(from), at(to), calendar) / 60

test.each([
  ["an ordinary night", "2026-03-21", "2026-03-23", 8],
  ["the night the clocks go forward", "2026-03-28", "2026-03-30", 7],
  ["the night the clocks go back", "2026-10-24", "2026-10-26", 9],
])("from ten to six in %s", (_night, from, to, hours) => {
  expect(hoursFrom(nights("Europe/Berlin"), `${from}T00:00Z`, `${to}T00:00Z`)).toBe(hours)
  expect(hoursFrom(nights("America/Chicago", 6), "2026-03-07T12:00Z", "2026-03-09T12:00Z")).toBe(7)
})

test("the night before is still open in the morning", () => {
  expect(openOn("2026-03-08", nights("UTC"))).toEqual([{ from: at("2026-03-08T00:00Z"), to: at("2026-03-08T06:00Z") }])
  expect(addBusinessMinutes(at("2026-03-08T01:00Z"), 60, nights("UTC"))).toEqual(at("2026-03-08T02:00Z"))
})

test("a holiday closes from midnight to midnight, in the middle of a night shift too", () => {
  const closed = { ...nights("UTC"), holidays: ["2026-03-08"] }
  expect(hoursFrom(closed, "2026-03-07T00:00Z", "2026-03-09T00:00Z")).toBe(2)
  expect(hoursFrom({ ...closed, holidays: ["2026-03-07"] }, "2026-03-07T00:00Z", "2026-03-09T00:00Z")).toBe(6)
})

test("the rest of a night shift makes no business day of the day it ends on", () => {
  const calendar = {
    timeZone: "UTC",
    week: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 960, endsAt: 1500 })),
    holidays: [],
  }
  expect(addBusinessDays(at("2026-03-13T17:00Z"), 1, calendar)).toEqual(at("2026-03-16T17:00Z"))
})

test("an hour the clocks skip is the moment they are put forward, one they repeat is its first time", () => {
  expect(momentOn("2026-03-29", 150, "Europe/Berlin")).toEqual(at("2026-03-29T01:00Z"))
  expect(momentOn("2026-03-29", 180, "Europe/Berlin")).toEqual(at("2026-03-29T01:00Z"))
  expect(momentOn("2026-10-25", 150, "Europe/Berlin")).toEqual(at("2026-10-25T00:30Z"))
})

test("zones with odd offsets have nine o'clock too", () => {
  expect(momentOn("2026-03-10", 540, "Asia/Kathmandu")).toEqual(at("2026-03-10T03:15Z"))
  expect(momentOn("2026-03-10", 540, "America/St_Johns")).toEqual(at("2026-03-10T11:30Z"))
})

test("where the clocks change by half an hour, so does the night", () => {
  expect(hoursFrom(nights("Australia/Lord_Howe"), "2026-10-02T00:00Z", "2026-10-05T00:00Z")).toBe(7.5)
  expect(hoursFrom(nights("Australia/Lord_Howe"), "2026-04-03T00:00Z", "2026-04-06T00:00Z")).toBe(8.5)
})

test("the day Samoa left out has no hours, and no length", () => {
  const always = { timeZone: "Pacific/Apia", week: [], holidays: [] }
  const weekdays = { ...berlin, timeZone: "Pacific/Apia" }
  expect([openOn("2011-12-30", always), openOn("2011-12-30", weekdays)]).toEqual([[], []])
  expect(startOf("2011-12-30", "Pacific/Apia")).toEqual(startOf("2011-12-31", "Pacific/Apia"))
  expect(hoursFrom(weekdays, "2011-12-29T00:00Z", "2012-01-03T00:00Z")).toBe(3 + 8 + 8 + 5)
})

const zones = ["Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "UTC"]
const weeks: Calendar["week"][] = [
  nineToFive,
  [],
  [...nights("").week, { weekday: 3, startsAt: 90, endsAt: 155 }, { weekday: 7, startsAt: 540, endsAt: 1980 }],
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: 1320, endsAt: 1800 })),
]
const calendars = fc.record({
  timeZone: fc.constantFrom(...zones),
  week: fc.constantFrom(...weeks),
  holidays: fc.constantFrom([], ["2026-03-29", "2026-04-06"], ["2011-12-31"]),
})
const moments = fc
  .oneof(
    fc.integer({ min: Date.UTC(2026, 1) / 60_000, max: Date.UTC(2026, 11) / 60_000 }),
    fc.integer({ min: Date.UTC(2011, 11, 20) / 60_000, max: Date.UTC(2012, 0, 10) / 60_000 }),
  )
  .map((minutes) => new Date(minutes * 60_000))
const spans = fc.integer({ min: 1, max: 10_000 })

test("between a moment and n business minutes later lie n business minutes", () => {
  const holds = (calendar: Calendar, from: Date, minutes: number) => {
    expect(businessMinutesBetween(from, addBusinessMinutes(from, minutes, calendar), calendar)).toBe(minutes)
  }
  fc.assert(fc.property(calendars, moments, spans, holds), { numRuns: 300 })
})

test("more business minutes, or a later start, never end earlier", () => {
  const holds = (calendar: Calendar, from: Date, minutes: number, more: number) => {
    const end = addBusinessMinutes(from, minutes, calendar)
    expect(addBusinessMinutes(from, minutes + more, calendar) > end).toBe(true)
    expect(addBusinessMinutes(new Date(from.getTime() + more * 60_000), minutes, calendar) >= end).toBe(true)
  }
  fc.assert(fc.property(calendars, moments, spans, spans, holds), { numRuns: 300 })
})

test("business time of two spans that adjoin is that of both together", () => {
  const holds = (calendar: Calendar, a: Date, one: number, two: number) => {
    const [b, c] = [one, one + two].map((minutes) => new Date(a.getTime() + minutes * 60_000)) as [Date, Date]
    const apart = businessMinutesBetween(a, b, calendar) + businessMinutesBetween(b, c, calendar)
    expect(apart).toBeCloseTo(businessMinutesBetween(a, c, calendar), 6)
  }
  fc.assert(fc.property(calendars, moments, spans, spans, holds), { numRuns: 300 })
})
