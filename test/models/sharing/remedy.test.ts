import { expect, test } from "vitest"
import type { PresenceState } from "#app/models/people/agent.ts"
import type { Candidate } from "#app/models/sharing/eligible.ts"
import { remedyFor } from "#app/models/sharing/remedy.ts"
import type { Asked } from "#db/tables/sharing.ts"
import { ann, bo, cy, ida, noon } from "#test/fixtures/desk.ts"

type Who = { id: number; name: string }
const person = (who: Who, state: PresenceState, load: number, given: Partial<Candidate> = {}): Candidate => ({
  ...{ agentId: who.id, name: who.name, answersHere: true, presence: { state, until: null }, load, limit: 10 },
  ...{ mailboxLoad: 0, mailboxLimit: null, givenSinceCame: null, givenToday: 0, hoursToday: 4, lastGivenAt: null },
  ...{ skills: [], gaveItBack: false, leftItUnanswered: false },
  ...given,
})
const asked: Asked = {
  ...{ knowsIt: null, usual: null, rampCases: 5, timeZone: "UTC", mailbox: "Help", asksFor: [] },
}
const offer = (people: Candidate[], me: Who = ann, more: { holder?: number; asked?: Partial<Asked> } = {}) =>
  remedyFor(people, { holder: more.holder ?? null, me: me.id }, { ...asked, ...more.asked }, noon)
const offered = (...given: Parameters<typeof offer>) => {
  const { first, others } = offer(...given)
  return [first?.agentId ?? null, others.map(({ agentId }) => agentId)]
}

test("whoever looks takes it in one press where the rules would give it to them, though others have more room", () => {
  expect(offered([person(ann, "present", 9), person(bo, "present", 0)])).toEqual([ann.id, [bo.id]])
})

test("whoever is full, away, or does not answer the mailbox is offered the next by the rules instead", () => {
  const team = [person(bo, "present", 4), person(cy, "present", 2)]
  expect(offered([person(ann, "present", 10), ...team])).toEqual([cy.id, [bo.id, ann.id]])
  expect(offered([person(ann, "away", 0), ...team])).toEqual([cy.id, [bo.id, ann.id]])
  expect(offered([person(ida, "present", 0, { answersHere: false }), ...team], ida)).toEqual([cy.id, [bo.id]])
})

test("whoever replied last is offered before whoever has more room", () => {
  const people = [person(ann, "away", 0), person(bo, "present", 4), person(cy, "present", 2)]
  expect(offered(people, ann, { asked: { knowsIt: bo.id } })[0]).toBe(bo.id)
})

test("a skill the case asks for, a limit in the mailbox and having had it keep from the one press, as in every giving", () => {
  const without = [person(ann, "present", 0), person(bo, "present", 4, { skills: ["de"] })]
  expect(offered(without, ann, { asked: { asksFor: ["de"] } })).toEqual([bo.id, [ann.id]])
  expect(offered([person(ann, "present", 3, { mailboxLoad: 3, mailboxLimit: 3 })])).toEqual([null, [ann.id]])
  expect(offered([person(ann, "present", 0, { leftItUnanswered: true })])).toEqual([null, [ann.id]])
})

test("each of the others is shown with what handing it over goes past", () => {
  const people = [
    person(ann, "present", 10),
    person(bo, "present", 3, { mailboxLoad: 3, mailboxLimit: 3 }),
    person(cy, "off", 0, { presence: { state: "off", until: "2026-03-16T09:00:00Z" } }),
  ]
  expect(
    offer(people, ann, { asked: { asksFor: ["de"] } }).others.map(({ name, standing }) => [name, ...standing]),
  ).toEqual([
    [bo.name, "3 of 10", "present", "past their limit of 3 in this mailbox", "without de"],
    [ann.name, "10 of 10", "present", "past their limit of 10", "without de"],
    [cy.name, "0 of 10", "off till Mon 09:00", "without de"],
  ])
})

test("with nobody here who has room there is nothing to press at once, only a choice", () => {
  const people = [person(ann, "off", 0), person(bo, "present", 10), person(cy, "away", 0)]
  expect(offered(people)).toEqual([null, [bo.id, cy.id, ann.id]])
})

test("whoever has it is not offered it", () => {
  expect(offered([person(ann, "present", 0), person(bo, "present", 0)], ann, { holder: ann.id })).toEqual([bo.id, []])
})
