import { expect, test } from "vitest"
import {
  addBusinessDays,
  addBusinessMinutes,
  addDays,
  businessMinutesBetween,
  type Calendar,
  dayOf,
  openOn,
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
