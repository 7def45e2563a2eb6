import fc from "fast-check"
import { expect, test } from "vitest"
import type { Candidate } from "#app/models/sharing/eligible.ts"
import { inShort } from "#app/models/sharing/hindrance.ts"
import { nextAgent } from "#app/models/sharing/next-agent.ts"
import { again, type KeptChoice, replay } from "#app/models/sharing/replay.ts"
import type { Asked, CandidateRow, Hindrance } from "#db/tables/sharing.ts"
import { noon } from "#test/fixtures/desk.ts"

const row = (agentId: number, given: Partial<CandidateRow> = {}): CandidateRow => ({
  ...{ agentId, name: `P${agentId}`, load: 0, limit: 20, share: 0, idleMinutes: null, skipped: null },
  ...{ givenToday: 0, hoursToday: 4, lastGivenAt: null, givenSinceCame: null },
  ...given,
})
const asked: Asked = {
  ...{ knowsIt: null, usual: null, rampCases: 5, timeZone: "UTC", mailbox: "Help", asksFor: [] },
}
const kept = (toAgentId: number | null, candidates: CandidateRow[], given: Partial<Asked> = {}): KeptChoice => ({
  ...{ toAgentId, candidates, asked: { ...asked, ...given } },
})
const skipped = (hindrance: Hindrance) => ({
  ...{ hindrance, skipped: inShort(hindrance, { timeZone: "UTC", now: noon }) },
})
const full = skipped({ kind: "full", load: 20, limit: 20 })
const asNow = { rampCases: 5, usualAgent: true }

test("a lower cap sends on what somebody who just came was given", () => {
  const choice = kept(1, [row(1, { givenSinceCame: 3 }), row(2, { load: 9 })])
  expect(again(choice, { ...asNow, rampCases: 4 })).toBe(1)
  expect(again(choice, { ...asNow, rampCases: 3 })).toBe(2)
})

test("a higher cap gives to whoever was passed over for it, and to nobody passed over for another reason", () => {
  const came = row(1, { givenSinceCame: 5, ...skipped({ kind: "ramp", given: 5 }) })
  expect(again(kept(null, [came]), { ...asNow, rampCases: 6 })).toBe(1)
  expect(again(kept(null, [{ ...came, ...full }]), { ...asNow, rampCases: 6 })).toBeNull()
})

test("without the usual agent first it goes to whoever has most room", () => {
  const choice = kept(1, [row(1, { load: 9 }), row(2)], { usual: 1 })
  expect(again(choice, asNow)).toBe(1)
  expect(again(choice, { ...asNow, usualAgent: false })).toBe(2)
})

test("what waited behind older cases still waits its turn", () =>
  expect(again(kept(null, [row(1)]), { ...asNow, rampCases: 50 })).toBeNull())

test("what was not kept is not guessed", () => {
  const { givenSinceCame: _left, ...old } = row(1)
  expect(again({ toAgentId: 1, candidates: [row(1)], asked: null }, asNow)).toBe("not kept")
  expect(again(kept(1, [old]), { ...asNow, rampCases: 4 })).toBe("not kept")
  expect(again(kept(1, [old]), asNow)).toBe(1)
})

test("whoever was skipped when only words were kept is not kept where the cap matters, whatever the words say", () => {
  for (const words of ["20 of 20", "just came, 5 given already"]) {
    const choice = kept(2, [row(1, { givenSinceCame: 5, skipped: words }), row(2, { load: 9 })])
    expect(again(choice, { ...asNow, rampCases: 6 })).toBe("not kept")
    expect(again(choice, { ...asNow, usualAgent: false })).toBe(2)
  }
})

test("the whole is counted by person, with what changes and what stays in the pool", () => {
  const choices = [
    kept(1, [row(1, { givenSinceCame: 3 }), row(2, { load: 9 })]),
    kept(1, [row(1, { givenSinceCame: 2 }), row(2, full)]),
    kept(1, [row(1, { givenSinceCame: 4 }), row(2, full)]),
    kept(null, [row(1, skipped({ kind: "off", until: null })), row(2, full)]),
    { toAgentId: 2, candidates: [], asked: null },
  ]
  expect(replay(choices, { ...asNow, rampCases: 3 })).toEqual({
    ...{ played: 4, notKept: 1, changed: 2 },
    pool: { given: 1, would: 2 },
    people: [
      { agentId: 1, name: "P1", given: 3, would: 1 },
      { agentId: 2, name: "P2", given: 0, would: 1 },
    ],
  })
})

const someone = fc.record({
  agentId: fc.integer({ min: 1, max: 40 }),
  load: fc.integer({ min: 0, max: 25 }),
  limit: fc.integer({ min: 1, max: 25 }),
  answersHere: fc.boolean(),
  state: fc.constantFrom("present", "present", "away", "off" as const),
  givenSinceCame: fc.option(fc.integer({ min: 0, max: 9 })),
  givenToday: fc.integer({ min: 0, max: 30 }),
})

test("asked again under any cap, the kept facts choose whom the rules would have chosen then", () => {
  const cap = fc.integer({ min: 1, max: 9 })
  const crowd = fc.uniqueArray(someone, { selector: ({ agentId }) => agentId, maxLength: 8 })
  fc.assert(
    fc.property(crowd, cap, cap, fc.integer({ min: 1, max: 40 }), (people, before, after, usual) => {
      const candidates = people.map(
        ({ state, ...facts }): Candidate => ({
          ...{ name: "P", mailboxLoad: 0, mailboxLimit: null, hoursToday: 4, lastGivenAt: null, skills: [] },
          ...{ gaveItBack: false, leftItUnanswered: false, presence: { state, until: null } },
          ...facts,
        }),
      )
      const then = nextAgent(candidates, { ...asked, rampCases: before, usual }, noon)
      for (const usualAgent of [true, false]) {
        const would = nextAgent(candidates, { ...asked, rampCases: after, usual: usualAgent ? usual : null }, noon)
        const choice = { toAgentId: then.agentId, candidates: then.rows, asked: then.asked }
        expect(again(choice, { rampCases: after, usualAgent })).toBe(would.agentId)
      }
    }),
  )
})
