import { expect, test } from "vitest"
import { snoozeTimes } from "#app/models/cases/snooze.ts"

const said = (now: string) =>
  snoozeTimes(new Date(now), "Europe/Berlin").map(({ words, at }) => `${words} ${at.toISOString().slice(0, 16)}`)

test("a case comes back in the morning of the desk's zone", () => {
  expect(said("2026-03-10T11:00:00Z")).toEqual([
    "In three hours 2026-03-10T14:00",
    "Tomorrow morning 2026-03-11T08:00",
    "Monday morning 2026-03-16T08:00",
    "In a week 2026-03-17T08:00",
    "In a month 2026-04-09T07:00",
  ])
})

test("tomorrow and Monday are offered once when they are the same day", () => {
  expect(said("2026-03-15T11:00:00Z").map((one) => one.split(" 2026")[0])).toEqual([
    "In three hours",
    "Tomorrow morning",
    "In a week",
    "In a month",
  ])
})

test("from a Monday, a week from now and next Monday are offered once", () => {
  expect(said("2026-03-16T11:00:00Z").filter((one) => one.includes("2026-03-23"))).toEqual([
    "Monday morning 2026-03-23T08:00",
  ])
})

test("the morning after the clocks change is still nine o'clock", () => {
  expect(said("2026-03-28T11:00:00Z")[1]).toBe("Tomorrow morning 2026-03-29T07:00")
})
