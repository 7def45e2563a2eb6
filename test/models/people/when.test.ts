import { expect, test } from "vitest"
import { sayAgo, sayLength, sayMoment, sayWhole, warmth } from "#app/models/people/when.ts"

const now = new Date("2026-03-10T11:00:00Z")
const said = (at: string) => sayMoment(new Date(at), now, "Europe/Berlin")
const minutes = (count: number) => count * 60_000
const hours = (count: number) => minutes(count * 60)

test("today is a time", () => expect(said("2026-03-10T08:05:00Z")).toBe("09:05"))
test("this week is a day and a time", () => expect(said("2026-03-06T13:05:00Z")).toBe("Fri 14:05"))
test("this year has no year", () => expect(said("2026-01-03T13:05:00Z")).toBe("3 Jan 14:05"))
test("another year has no time", () => expect(said("2011-05-03T12:05:00Z")).toBe("3 May 2011"))
test("what is to come is said like what was", () => expect(said("2026-03-11T08:00:00Z")).toBe("Wed 09:00"))
test("the same hour is another day elsewhere", () => {
  expect(sayMoment(new Date("2026-03-10T15:30:00Z"), now, "Asia/Tokyo")).toBe("Wed 00:30")
})
test("the whole of it names the zone", () => {
  expect(sayWhole(new Date("2026-03-10T11:00:00Z"), "Europe/Berlin")).toMatch(
    /Tuesday.*10 March 2026.*12:00.*(CET|GMT\+1)/,
  )
})

test.each([
  [0, "under 1 min"],
  [minutes(14), "14 min"],
  [hours(2), "2 h"],
  [minutes(130), "2 h 10 min"],
  [hours(12), "12 h"],
  [hours(50), "2 days"],
  [-5, "under 1 min"],
])("%i ms is %s", (length, words) => expect(sayLength(length)).toBe(words))

test.each([
  [-5, "just now"],
  [minutes(1) - 1, "just now"],
  [minutes(14), "14 min ago"],
  [hours(50), "2 days ago"],
])("%i ms since then is %s", (length, words) => expect(sayAgo(length)).toBe(words))

test("a wait grows warmer with age, and never cooler", () => {
  const steps = [0, 1, 2, 5, 8, 20, 48, 500].map((count) => warmth(hours(count)))
  expect(steps).toEqual([1, 1, 2, 2, 3, 3, 4, 4])
})
