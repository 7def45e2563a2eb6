import fc from "fast-check"
import { expect, test } from "vitest"
import { addDays } from "#app/models/people/hours.ts"
import { expectedMail } from "#app/models/sharing/expected.ts"
import { forecast } from "#app/models/sharing/forecast.ts"
import { askedFrom } from "#app/models/sharing/forecast-asked.ts"
import { forecastBars, shareWords } from "#app/models/sharing/forecast-drawing.ts"
import { handlingOf } from "#app/models/sharing/handling.ts"
import { ann, bo, later } from "#test/fixtures/desk.ts"

/** Two weeks from a Monday, ten emails at 9 on each of its days. */
const [from, to] = ["2026-03-02", "2026-03-16"]
const hours = Array.from({ length: 14 }, (_, place) => ({ day: addDays(from, place), hour: 9, emails: 10 }))
const past = { from, to, holidays: [] as string[], hours }
const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 540, endsAt: 1020 }))
const question = { past, minutes: 8, week, timeZone: "Europe/Berlin", people: [1, 2, 4], limit: 20, seed: 1 }

test("expected mail is the mean of the same weekday and hour", () => {
  const busier = { ...past, hours: [...hours, { day: "2026-03-09", hour: 9, emails: 6 }] }
  const [monday, tuesday] = expectedMail(busier, to, 7, [])
  expect(monday?.hours[9]).toEqual({ hour: 9, emails: 13 })
  expect(monday?.hours[10]).toEqual({ hour: 10, emails: 0 })
  expect(tuesday).toMatchObject({ weekday: 2, counted: 2, emails: 10, isHoliday: false })
})

test("a past holiday is no Monday like others, and a coming one is marked", () => {
  const quiet = hours.map((hour) => (hour.day === "2026-03-09" ? { ...hour, emails: 1 } : hour))
  const [monday] = expectedMail({ ...past, hours: quiet, holidays: ["2026-03-09"] }, to, 7, [to])
  expect(monday).toMatchObject({ counted: 1, emails: 10, isHoliday: true })
})

test("a weekday that was never counted is unknown, not quiet", () =>
  expect(expectedMail({ ...past, to: addDays(from, 1) }, to, 2, [])[1]).toMatchObject({ counted: 0, hours: [] }))

test("a quiet day counts as a day", () =>
  expect(expectedMail({ ...past, hours: hours.slice(0, 7) }, to, 1, [])[0]).toMatchObject({ counted: 2, emails: 5 }))

test("the same question gets the same answer, and another seed another", () => {
  expect(forecast(question)).toEqual(forecast(question))
  expect(forecast({ ...question, seed: 2 })).not.toEqual(forecast(question))
})

test("more people answer more within the hour, each with less to do", () => {
  const [one, two, four] = forecast(question).map((row) => row.withinHour ?? 0)
  expect([one, two, four]).toEqual([one, two, four].toSorted())
  expect(four).toBeGreaterThan(0.95)
  expect(one).toBeLessThan(0.8)
  expect(forecast(question)[1]?.busy).toBeCloseTo((70 * 8) / (2 * 40 * 60), 5)
})

test("mail that asks for more time than there is says so", () =>
  expect(forecast({ ...question, minutes: 60, people: [1] })[0]?.busy).toBeGreaterThan(1))

test("no mail at all gives no share", () =>
  expect(forecast({ ...question, past: { ...past, hours: [] } })[0]).toMatchObject({ withinHour: null, p90: null }))

test("no seed and no number of people gives a share beyond none and all", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, people) => {
      const share = forecast({ ...question, seed, people: [people] })[0]?.withinHour ?? -1
      expect(share >= 0 && share <= 1).toBe(true)
    }),
    { numRuns: 10 },
  )
})

const reply = (minutes: number, cameMinutes: number, { id } = ann) => ({
  ...{ agentId: id, at: later(minutes), cameAt: later(cameMinutes) },
})
const every = (gap: number, came = -1000, who: { id: number } = ann) =>
  Array.from({ length: 40 }, (_, place) => reply(place * gap, came, who as typeof ann))

test("an email takes as long as from one reply to the same person's next", () =>
  expect(handlingOf([...every(4), ...every(8, -1000, bo)])).toEqual({ minutes: 6, gaps: 78 }))

test("whoever waited for work, or took a break, measures nothing", () => {
  const waited = Array.from({ length: 40 }, (_, place) => reply(place * 10, place * 10 - 3))
  expect(handlingOf(waited)).toBeNull()
  expect(handlingOf(every(31))).toBeNull()
  expect(handlingOf(every(5).slice(0, 30))).toBeNull()
})

test("a question without sense is refused field by field, one left out is the desk's own", () => {
  expect(askedFrom(new URLSearchParams("people=7&minutes=4.5"))).toEqual({
    asked: { people: 7, minutes: 4.5 },
    wrong: {},
  })
  expect(askedFrom(new URLSearchParams("people=&minutes="))).toEqual({
    asked: { people: null, minutes: null },
    wrong: {},
  })
  const refused = askedFrom(new URLSearchParams("people=2.5&minutes=many"))
  expect(refused.asked).toEqual({ people: null, minutes: null })
  expect(Object.keys(refused.wrong)).toEqual(["people", "minutes"])
})

test("a share is never rounded to all or to none", () => {
  expect([0, 0.002, 0.5, 0.997, 1, null].map(shareWords)).toEqual(["0%", "<1%", "50%", ">99%", "100%", "–"])
  const [small, large] = forecastBars(forecast({ ...question, people: [1, 4] }))
  expect(large?.height).toBeGreaterThan(small?.height ?? 100)
})
