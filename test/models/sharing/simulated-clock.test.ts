import fc from "fast-check"
import { expect, test } from "vitest"
import { presenceOf } from "#app/models/people/agent.ts"
import { addBusinessMinutes, businessMinutesBetween, type Calendar } from "#app/models/people/hours.ts"
import { businessClock, openSpans } from "#app/models/sharing/business-clock.ts"
import { chanceFrom } from "#app/models/sharing/chance.ts"
import { eventQueue } from "#app/models/sharing/event-queue.ts"
import { midnights, shiftsOf } from "#app/models/sharing/simulated-shifts.ts"

/** Three weeks around the day the clocks go forward in Berlin. */
const [first, last] = [new Date("2026-03-19T00:00:00Z"), new Date("2026-04-10T00:00:00Z")]
const week = [1, 2, 3, 4, 5, 7].map((weekday) => ({ weekday, startsAt: 540, endsAt: 1020 }))
const berlin: Calendar = { timeZone: "Europe/Berlin", week, holidays: ["2026-04-03"] }
const clock = businessClock(openSpans(berlin, first, last))
const moment = fc.integer({ min: first.getTime(), max: last.getTime() - 5 * 86_400_000 })

test("the quick clock counts business minutes as the calendar does", () => {
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      const counted = businessMinutesBetween(new Date(from), new Date(to), berlin)
      expect(clock.minutesAt(to) - clock.minutesAt(from)).toBeCloseTo(counted, 6)
    }),
  )
})

test("the quick clock adds business minutes as the calendar does", () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 900 }), (from, minutes) => {
      const due = addBusinessMinutes(new Date(from), minutes, berlin).getTime()
      expect(Math.abs(clock.after(from, minutes) - due)).toBeLessThan(2)
    }),
  )
})

test("a person's simulated shifts are the hours in which the real rule calls them present", () => {
  const absences = [{ startsAt: new Date("2026-03-24T10:00:00Z"), endsAt: new Date("2026-03-26T23:00:00Z") }]
  const own = { ...berlin, timeZone: "America/New_York", holidays: [] }
  const facts = { switchedTo: "present", switchedUntil: null, deactivatedAt: null } as const
  const shifts = shiftsOf(own, absences, first, last)
  fc.assert(
    fc.property(moment, (at) => {
      const here = presenceOf(facts, { ...own, absences }, new Date(at)).state === "present"
      expect(shifts.some(({ from, to }) => from <= at && at < to)).toBe(here)
    }),
  )
})

test("the day the clocks go forward has twenty-three hours", () => {
  const days = midnights("Europe/Berlin", new Date("2026-03-29T10:00:00Z"), new Date("2026-03-30T10:00:00Z"))
  expect(((days[1] ?? 0) - (days[0] ?? 0)) / 3_600_000).toBe(23)
})

test("things to come are taken in the order of their moments, then of their adding", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (moments) => {
      const queue = eventQueue<{ at: number; order: number }>()
      for (const [order, at] of moments.entries()) queue.add(at, { at, order })
      const taken = moments.map(() => queue.take())
      expect(taken).toEqual(
        moments.map((at, order) => ({ at, order })).toSorted((a, b) => a.at - b.at || a.order - b.order),
      )
    }),
  )
})

test("chance is the same for one seed, and comes out at its mean", () => {
  const mean = (draw: () => number) => Array.from({ length: 20_000 }, draw).reduce((sum, one) => sum + one, 0) / 20_000
  const chance = chanceFrom(5)
  expect(chanceFrom(5).next()).toBe(chanceFrom(5).next())
  expect(mean(() => chance.poisson(3))).toBeCloseTo(3, 1)
  expect(mean(() => chance.poisson(60))).toBeCloseTo(60, 0)
  expect(mean(() => chance.around(4, 0.8))).toBeCloseTo(4, 0)
})
