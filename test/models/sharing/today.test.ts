import { expect, test } from "vitest"
import type { Hours } from "#app/models/people/duty.ts"
import { cameAt, goneSince, hoursToday, type Switch } from "#app/models/sharing/today.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 540, endsAt: 1020 }))
const office: Hours = { timeZone: "Europe/Berlin", week, absences: [], holidays: [] }
const facts: Switch = { switchedTo: "present", switchedUntil: null, switchedAt: null }
const shift = { from: later(-180), to: later(300) }
const today = later(-720)
const worked = (hours: Hours, now = noon, given = facts) => hoursToday(given, hours, { today, now })

test("one came when the shift began, or switched back, or the switch ran out, whichever is last", () => {
  expect(cameAt(facts, shift, noon)).toEqual(later(-180))
  expect(cameAt({ ...facts, switchedAt: later(-10) }, shift, noon)).toEqual(later(-10))
  expect(cameAt({ ...facts, switchedAt: later(-500) }, shift, noon)).toEqual(later(-180))
  const ranOut: Switch = { switchedTo: "away", switchedAt: later(-60), switchedUntil: later(-5) }
  expect(cameAt(ranOut, shift, noon)).toEqual(later(-5))
})

test("who is away, and off duty, has not come", () => {
  expect(cameAt({ ...facts, switchedTo: "away" }, { from: later(60), to: null }, noon)).toBeNull()
})

test("hours today are those on shift so far, at least a quarter", () => {
  expect(worked(office)).toBe(3)
  expect(worked(office, later(-179))).toBe(0.25)
  expect(worked({ ...office, week: [] })).toBe(12)
})

test("a time away and a holiday are no hours on shift", () => {
  expect(worked({ ...office, absences: [{ startsAt: later(-120), endsAt: later(-60) }] })).toBe(2)
  expect(worked({ ...office, holidays: ["2026-03-10"] })).toBe(0.25)
})

test("who stays after the shift has worked those hours too", () => {
  const stays: Switch = { switchedTo: "present", switchedAt: later(240), switchedUntil: later(600) }
  expect(worked(office, later(420), stays)).toBe(10)
})

test("one is gone since the shift ended, the switch was turned, or one stopped staying, whichever it was", () => {
  const evening = later(420)
  expect(goneSince(facts, office, evening)).toEqual(later(300))
  expect(goneSince({ ...facts, switchedTo: "away", switchedAt: later(-20) }, office, noon)).toEqual(later(-20))
  expect(goneSince({ ...facts, switchedTo: "off", switchedAt: later(200) }, office, evening)).toEqual(later(200))
  expect(goneSince({ ...facts, switchedTo: "off", switchedAt: later(400) }, office, evening)).toEqual(later(300))
  const stayed: Switch = { switchedTo: "present", switchedAt: later(290), switchedUntil: later(360) }
  expect(goneSince(stayed, office, evening)).toEqual(later(360))
  expect(goneSince(facts, { ...office, week: [] }, noon)).toBeNull()
})

test("after a weekend one is gone since Friday", () => {
  const sunday = new Date("2026-03-15T12:00:00Z")
  expect(goneSince(facts, office, sunday)).toEqual(new Date("2026-03-13T16:00:00Z"))
})
