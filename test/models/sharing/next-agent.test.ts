import fc from "fast-check"
import { expect, test } from "vitest"
import type { Candidate } from "#app/models/sharing/eligible.ts"
import { nextAgent } from "#app/models/sharing/next-agent.ts"
import type { Asked } from "#db/tables/sharing.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const present = { state: "present", until: null } as const
const person = (agentId: number, name: string, given: Partial<Candidate> = {}): Candidate => ({
  agentId,
  name,
  answersHere: true,
  presence: present,
  load: 0,
  limit: 20,
  mailboxLoad: 0,
  mailboxLimit: null,
  givenSinceCame: null,
  givenToday: 0,
  hoursToday: 4,
  lastGivenAt: null,
  gaveItBack: false,
  leftItUnanswered: false,
  skills: [],
  ...given,
})
const asked: Asked = {
  ...{ knowsIt: null, usual: null, rampCases: 5, timeZone: "Europe/Berlin", mailbox: "Help", asksFor: [] },
}
const choose = (people: Candidate[], given: Partial<Asked> = {}) => nextAgent(people, { ...asked, ...given }, noon)

test("the emptiest plate is next: load over limit, not load", () =>
  expect(choose([person(2, "Ann", { load: 6, limit: 10 }), person(3, "Bo", { load: 8, limit: 20 })]).agentId).toBe(3))

test("a tie goes to the smallest share of today's mail", () =>
  expect(choose([person(2, "Ann", { givenToday: 8 }), person(3, "Bo", { givenToday: 4 })]).agentId).toBe(3))

test("an equal share goes to whoever waited longest for one", () =>
  expect(
    choose([person(2, "Ann", { lastGivenAt: later(-5) }), person(3, "Bo", { lastGivenAt: later(-14) })]).agentId,
  ).toBe(3))

test("whoever was never given one waited longest of all", () =>
  expect(choose([person(2, "Ann", { lastGivenAt: later(-500) }), person(3, "Bo")]).agentId).toBe(3))

test("what is equal in everything goes to the lower id, never by name", () =>
  expect(choose([person(2, "Zoe"), person(3, "Ann")]).agentId).toBe(2))

test("the last who replied gets it back though others have more room", () =>
  expect(choose([person(2, "Ann", { load: 19 }), person(3, "Bo")], { knowsIt: 2 }).agentId).toBe(2))

test("the last who replied is passed over when full", () =>
  expect(choose([person(2, "Ann", { load: 20 }), person(3, "Bo")], { knowsIt: 2 }).agentId).toBe(3))

test("nobody away, off, full, elsewhere or just filled is ever next", () => {
  const people = [
    person(2, "Ann Lee", { presence: { state: "away", until: "2026-03-10T12:00:00Z" } }),
    person(3, "Chase Clay", { load: 20 }),
    person(4, "Emily Fox", { answersHere: false }),
    person(5, "Cy Novak", { presence: { state: "off", until: null } }),
    person(6, "Di Orr", { givenSinceCame: 5 }),
  ]
  expect(choose(people).agentId).toBeNull()
  expect(choose(people).reason).toBe(
    "In the pool: Ann, away till 13:00; Chase, 20 of 20; Cy, off; Di, just came, 5 given already.",
  )
})

test("whoever comes back another day is off till that day", () => {
  const until = (at: string) => choose([person(2, "Ann", { presence: { state: "off", until: at } })]).reason
  expect(until("2026-03-16T08:00:00Z")).toBe("In the pool: Ann, off till Mon 09:00.")
  expect(until("2026-04-07T07:00:00Z")).toBe("In the pool: Ann, off till 7 Apr 09:00.")
})

test("the reason names the chosen one's room and why the others were skipped", () => {
  const people = [
    person(1, "Joan Park", { load: 12, lastGivenAt: later(-14) }),
    person(2, "Ann Lee", { presence: { state: "away", until: "2026-03-10T12:00:00Z" } }),
    person(3, "Chase Clay", { load: 20 }),
    person(4, "Emily Fox", { answersHere: false }),
  ]
  expect(choose(people).reason).toBe(
    "Joan: 12 of 20, idle 14 min. Skipped: Ann, away till 13:00; Chase, 20 of 20; Emily, not on this mailbox.",
  )
})

test("long idleness is told in hours and days", () => {
  expect(choose([person(1, "Joan", { lastGivenAt: later(-200) })]).reason).toBe("Joan: 0 of 20, idle 3 h.")
  expect(choose([person(1, "Joan", { lastGivenAt: later(-5000) })]).reason).toBe("Joan: 0 of 20, idle 3 days.")
  expect(choose([person(1, "Joan")]).reason).toBe("Joan: 0 of 20, none given yet.")
})

test("a mailbox without people says so", () => {
  expect(choose([]).reason).toBe("Nobody answers Help yet.")
  expect(choose([person(4, "Emily", { answersHere: false })]).reason).toBe("Nobody answers Help yet.")
})

test("whoever gave the case back is not given it again", () =>
  expect(choose([person(2, "Ann", { gaveItBack: true }), person(3, "Bo", { load: 15 })]).agentId).toBe(3))

const anyone = fc.record({
  agentId: fc.integer({ min: 1, max: 50 }),
  load: fc.integer({ min: 0, max: 30 }),
  limit: fc.integer({ min: 1, max: 25 }),
  answersHere: fc.boolean(),
  state: fc.constantFrom("present", "away", "off" as const),
  givenToday: fc.integer({ min: 0, max: 60 }),
})

test("whoever is chosen may take it, and nobody with more room was passed over", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyone, { selector: (one) => one.agentId, maxLength: 12 }), (given) => {
      const people = given.map(({ state, ...facts }) =>
        person(facts.agentId, `P${facts.agentId}`, {
          ...facts,
          presence: { state, until: null } as Candidate["presence"],
        }),
      )
      const able = people.filter((one) => one.answersHere && one.presence.state === "present" && one.load < one.limit)
      const { agentId } = choose(people)
      const chosen = people.find((one) => one.agentId === agentId)
      if (able.length === 0) return agentId === null
      return (
        chosen !== undefined &&
        able.includes(chosen) &&
        able.every((one) => one.load / one.limit >= chosen.load / chosen.limit)
      )
    }),
  )
})
