import { expect, test } from "vitest"
import { team } from "#app/desk/demo/cast.ts"
import { wallOf } from "#app/desk/demo/days.ts"
import { diceFrom } from "#app/desk/demo/dice.ts"
import type { Era } from "#app/desk/demo/era.ts"
import { fillIn } from "#app/desk/demo/fill-in.ts"
import { planEra } from "#app/desk/demo/plan.ts"
import { apportion, drawPlaces, facesOf } from "#app/desk/demo/quota.ts"
import { rateEra } from "#app/desk/demo/rate.ts"
import { full, light } from "#app/desk/demo/size.ts"
import { demoWeek } from "#app/desk/demo/weeks.ts"
import { wholePercents } from "#app/models/happiness/percent.ts"
import { presenceOf } from "#app/models/people/agent.ts"
import { overlapIn } from "#app/models/people/week.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const wall = wallOf("Europe/Berlin")

function told(era: Era) {
  const dice = diceFrom(2011)
  const plans = planEra(era, wall, noon, dice)
  rateEra(plans, era, noon, dice)
  return plans
}

const shares = (faces: (string | null)[]) => {
  const count = (face: string) => faces.filter((one) => one === face).length
  return wholePercents({ happy: count("happy"), ok: count("ok"), frown: count("frown") })
}

test("parts of a whole add up to it, whatever the weights", () => {
  expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3])
  expect(apportion(7, [0, 2, 5])).toEqual([0, 2, 5])
  expect(apportion(3, [])).toEqual([])
})

test("shares of a multiple of a hundred are exact", () =>
  expect(facesOf(3000, [88, 9, 3])).toEqual({ happy: 2640, ok: 270, frown: 90 }))

test("exactly as many are drawn as asked for, nobody twice, and never one without weight", () => {
  const drawn = drawPlaces([1, 0, 5, 2, 0, 1], 4, diceFrom(1))
  expect(drawn.toSorted()).toEqual([0, 2, 3, 5])
})

test("the same seed tells the same story", () => {
  const [era] = light(2026)
  expect(told(era!)).toEqual(told(era!))
})

test("2010 and 2011 are promised to the single rating, by year and by half", () => {
  const [in2010, in2011] = light(2026).map((era) => told(era).map(({ slots }) => slots.map(({ face }) => face)))
  expect(shares(in2010!.flat())).toEqual({ happy: 84, ok: 9, frown: 7 })
  expect(in2011!.map(shares)).toEqual([
    { happy: 88, ok: 9, frown: 3 },
    { happy: 92, ok: 5, frown: 3 },
  ])
  expect(shares(in2011!.flat())).toEqual({ happy: 90, ok: 7, frown: 3 })
})

test("at the real size exactly 100,000 cases open in 2011", () => {
  const slots = told(full(2026)[1]!).flatMap((half) => half.slots)
  const opened = slots.filter(({ openedAt }) => wall.dayOf(openedAt).startsWith("2011"))
  expect([slots.length, opened.length]).toEqual([100_000, 100_000])
})

test("nobody answers before they were asked, nor today or later", () => {
  const slots = told(light(2026)[2]!).flatMap((half) => half.slots)
  expect(slots.filter(({ openedAt, answeredAt }) => openedAt >= answeredAt)).toEqual([])
  expect(slots.filter(({ day }) => day >= wall.dayOf(noon))).toEqual([])
})

test("a word in braces means the same throughout one text", () => {
  const setting = { name: "Eli", surname: "Stone", company: "Stone Web", agent: "Joan", at: noon }
  const text = fillIn("{n} and {n} for {name}", setting, diceFrom(3))
  expect(text).toMatch(/^(\d+) and \1 for Eli$/)
  expect(() => fillIn("{nonsense}", setting, diceFrom(3))).toThrow("no words for {nonsense}")
})

test("at every hour of a week everybody is at work when the demo is filled, and nobody's hours overlap", () => {
  const facts = { switchedTo: "present", switchedUntil: null, deactivatedAt: null } as const
  for (let hour = 0; hour < 7 * 24; hour++)
    for (const person of team) {
      const now = later(hour * 60 + 13)
      const week = demoWeek(person, wall, now)
      expect(overlapIn(week), `${person.key}, hour ${hour}`).toBeNull()
      const hours = { timeZone: wall.zone, week, holidays: [], absences: [] }
      expect(presenceOf(facts, hours, now).state, `${person.key}, hour ${hour}`).toBe("present")
    }
})

test("filled at noon on a working day their hours are the usual ones", () =>
  expect(team.map((person) => demoWeek(person, wall, noon).length)).toEqual(team.map(() => 5)))
