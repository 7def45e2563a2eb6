import fc from "fast-check"
import { expect, test } from "vitest"
import { businessClock } from "#app/models/sharing/business-clock.ts"
import { ourRules } from "#app/models/sharing/our-rules.ts"
import { simulate } from "#app/models/sharing/simulate.ts"
import type { SharingRules, SimulatedCase, SimulatedDesk, SimulatedPerson } from "#app/models/sharing/simulated.ts"
import { figuresOf, jain } from "#test/bench/sharing-figures.ts"
import { bound, our, peers } from "#test/bench/sharing-policies.ts"
import { seededYear } from "#test/bench/sharing-year.ts"
import { ann, bo, cy, noon } from "#test/fixtures/desk.ts"

const minute = 60_000
const start = noon.getTime()
const at = (minutes: number) => start + minutes * minute
const shift = (from: number, to: number) => ({ from: at(from), to: at(to) })
const rules = ourRules("Europe/Berlin")
const patient = { ...rules, unansweredMinutes: null }

const person = ({ id, name }: { id: number; name: string }, given: Partial<SimulatedPerson> = {}): SimulatedPerson => ({
  ...{ agentId: id, name, limit: 20, pace: 1, shifts: [shift(0, 480)], breaks: [] },
  ...given,
})
const mail = (minutes: number, work = 10): SimulatedCase => ({ at: at(minutes), rounds: [{ minutes: work, after: 0 }] })
const desk = (people: SimulatedPerson[], cases: SimulatedCase[]): SimulatedDesk => ({
  ...{ people, cases, days: [], until: at(10_000) },
  clock: businessClock([shift(0, 480), shift(1440, 1920)]),
})
const answeredBy = (played: SimulatedDesk, by = rules) => simulate(played, by).cases.map(({ knowsIt }) => knowsIt)

test("two emails at once go to two people", () =>
  expect(answeredBy(desk([person(ann), person(bo)], [mail(1), mail(1)]))).toEqual([ann.id, bo.id]))

test("what waited longest with a person is answered first", () => {
  const { cases } = simulate(desk([person(ann)], [mail(1, 30), mail(2), mail(3)]), rules)
  expect(cases.map(({ firstWait }) => firstWait?.to)).toEqual([at(31), at(41), at(51)])
})

test("whoever goes off gives back what waits when somebody else works before they return", () => {
  const short = person(ann, { shifts: [shift(0, 60), shift(1440, 1500)] })
  const late = person(bo, { shifts: [shift(70, 480)] })
  const played = simulate(desk([short, late], [mail(50, 30), mail(51), mail(52)]), rules)
  expect(played.cases.map(({ knowsIt }) => knowsIt)).toEqual([ann.id, bo.id, bo.id])
  expect(played.strandedMinutes).toBe(0)
})

test("whoever is the next to work keeps their cases overnight", () => {
  const early = person(ann, { shifts: [shift(0, 60), shift(1440, 1920)] })
  const late = person(bo, { shifts: [shift(1500, 1920)] })
  const played = simulate(desk([early, late], [mail(50, 30), mail(51)]), patient)
  expect(played.cases.map(({ knowsIt }) => knowsIt)).toEqual([ann.id, ann.id])
  expect(played.moves).toBe(2)
})

test("without a release a case waits with somebody who is gone, and every minute of it is counted", () => {
  const short = person(ann, { shifts: [shift(0, 60), shift(1440, 1920)] })
  const late = person(bo, { shifts: [shift(60, 480)] })
  const played = simulate(desk([short, late], [mail(50, 30), mail(51)]), { ...patient, releases: false })
  expect(played.strandedMinutes).toBe(420)
})

test("a case on somebody at lunch stays with them and is not stranded", () => {
  const eating = person(ann, { breaks: [shift(5, 45)] })
  const played = simulate(desk([eating, person(bo, { shifts: [shift(4, 480)] })], [mail(1, 6), mail(2)]), rules)
  expect(played.cases.map(({ knowsIt }) => knowsIt)).toEqual([ann.id, ann.id])
  expect(played.strandedMinutes).toBe(0)
})

test("the first to come in the morning is given five in a quarter of an hour, not the whole night's mail", () => {
  const night = Array.from({ length: 12 }, (_, place) => mail(-60 + place, 5))
  const second = person(bo, { shifts: [shift(10, 480)] })
  const given = answeredBy(desk([person(ann), second], night))
  expect(given.slice(0, 10)).toEqual([...Array(5).fill(ann.id), ...Array(5).fill(bo.id)])
})

test("a customer who writes again comes back to whoever knows the case", () => {
  const again = {
    at: at(1),
    rounds: [
      { minutes: 5, after: 0 },
      { minutes: 5, after: 60 * minute },
    ],
  }
  const played = simulate(desk([person(ann), person(bo)], [again, mail(65)]), rules)
  expect(played.cases[0]).toMatchObject({ knowsIt: ann.id, answers: 2 })
  expect(played.waits).toHaveLength(3)
})

test("given but unanswered for four business hours goes back once, then the lead is told", () => {
  const played = simulate(desk([person(ann, { limit: 3 })], [mail(1, 900), mail(2, 1)]), rules)
  expect(played).toMatchObject({ unanswered: 1, leadTold: 1 })
})

test("mail that nobody is there for waits at the end, and business hours do not count the night", () => {
  const played = desk([person(ann, { shifts: [shift(1440, 1500)] })], [mail(470, 5), mail(1600)])
  const { cases, waits } = simulate(played, rules)
  expect(cases[1]).toMatchObject({ knowsIt: null, waitingSince: at(1600) })
  expect(waits).toEqual([15])
})

test("shares are perfectly even at one, and as uneven as can be at one in n", () => {
  expect(jain([3, 3, 3])).toBeCloseTo(1)
  expect(jain([9, 0, 0])).toBeCloseTo(1 / 3)
})

const anyShift = fc
  .tuple(fc.nat(400), fc.integer({ min: 20, max: 500 }))
  .map(([from, length]) => shift(from, from + length))
const anyPerson = fc.record({
  limit: fc.integer({ min: 1, max: 5 }),
  pace: fc.double({ min: 0.5, max: 2, noNaN: true }),
  first: anyShift,
})
const anyRound = fc.record({
  minutes: fc.integer({ min: 1, max: 60 }),
  after: fc.integer({ min: 0, max: 600 * minute }),
})
const anyCase = fc.record({ at: fc.nat(900).map(at), rounds: fc.array(anyRound, { minLength: 1, maxLength: 3 }) })
const anyDesk = fc
  .tuple(fc.array(anyPerson, { minLength: 1, maxLength: 3 }), fc.array(anyCase, { maxLength: 25 }))
  .map(([people, cases]) =>
    desk(
      people.map(({ first, ...facts }, place) =>
        person([ann, bo, cy][place] ?? ann, { ...facts, shifts: [first, shift(1440, 1920)] }),
      ),
      cases,
    ),
  )

test("the same desk and the same rules end the same", () => {
  fc.assert(
    fc.property(anyDesk, (played) => {
      expect(simulate(played, rules)).toEqual(simulate(played, rules))
    }),
  )
  const year = () => figuresOf(simulate(seededYear(7, 300), rules), seededYear(7, 300).clock)
  expect(year()).toEqual(year())
})

test("every email is answered once or still waiting or not yet written at the end", () => {
  fc.assert(
    fc.property(anyDesk, (played) => {
      const { cases, waits, people } = simulate(played, rules)
      const answers = cases.reduce((sum, kase) => sum + kase.answers, 0)
      expect(waits).toHaveLength(answers)
      expect(people.reduce((sum, { emails }) => sum + emails, 0)).toBe(answers)
      const unspoken = cases.filter(
        ({ answers, rounds, waitingSince }) => waitingSince === null && answers < rounds.length,
      )
      expect(unspoken.every(({ answers }) => answers > 0)).toBe(true)
      expect(cases.every(({ answers, rounds }) => answers <= rounds.length)).toBe(true)
      const held = people.flatMap((one) => one.held)
      expect(new Set(held).size).toBe(held.length)
    }),
  )
})

test("nobody is given a case above their limit, nor more than five in their first quarter of an hour", () => {
  const watched: SharingRules = {
    ...rules,
    choose(candidates, knowsIt, now) {
      const chosen = candidates.find(({ agentId }) => agentId === rules.choose(candidates, knowsIt, now))
      if (chosen) expect(chosen.load < chosen.limit && (chosen.givenSinceCame ?? 0) < 5).toBe(true)
      return chosen?.agentId ?? null
    },
  }
  fc.assert(fc.property(anyDesk, (played) => simulate(played, watched).people.length > 0))
})

test("no case is ever stranded under our rules", () => {
  fc.assert(fc.property(anyDesk, (played) => simulate(played, rules).strandedMinutes === 0))
})

test("no way of giving each case one owner is sooner than one shared queue", () => {
  const year = seededYear(3, 12_000)
  const p90 = (of: SharingRules) => figuresOf(simulate(year, of), year.clock).p90
  const least = p90(bound.rules)
  expect([our, ...peers(3)].map((one) => p90(one.rules) >= least)).toEqual(Array(5).fill(true))
})
