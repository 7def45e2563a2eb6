import { expect, test } from "vitest"
import type { PresenceState } from "#app/models/people/agent.ts"
import { remedyFor } from "#app/models/sharing/remedy.ts"
import { ann, billing, bo, cy, help, ida } from "#test/fixtures/desk.ts"

const person = ({ id }: { id: number }, state: PresenceState, load: number, limit = 10) => ({
  ...{ agentId: id, load, limit },
  presence: { state, until: null },
})
type Person = ReturnType<typeof person>

const answering = { [help.id]: [ann.id, bo.id, cy.id], [billing.id]: [ann.id, bo.id] }
const offered = (people: Person[], me: { id: number } = ann, kase: object = {}) => {
  const found = remedyFor({ mailboxId: help.id, agentId: null, ...kase }, { people, answering, me: me.id })
  return [found.first?.agentId ?? null, found.others.map(({ agentId }) => agentId)]
}

test("whoever looks takes it in one press, full or not", () => {
  expect(offered([person(ann, "present", 10), person(bo, "present", 0)])).toEqual([ann.id, [bo.id]])
})

test("whoever is away, or does not answer the mailbox, is offered the emptiest plate instead", () => {
  const team = [person(bo, "present", 4), person(cy, "present", 2)]
  expect(offered([person(ann, "away", 0), ...team])).toEqual([cy.id, [bo.id, ann.id]])
  expect(offered([person(ida, "present", 0), ...team], ida)).toEqual([cy.id, [bo.id]])
  expect(offered([person(cy, "present", 0), person(bo, "present", 4)], cy, { mailboxId: billing.id })).toEqual([
    bo.id,
    [],
  ])
})

test("with nobody here who has room there is nothing to press at once, only a choice", () => {
  const people = [person(ann, "off", 0), person(bo, "present", 10), person(cy, "away", 0)]
  expect(offered(people)).toEqual([null, [bo.id, cy.id, ann.id]])
})

test("whoever has it is not offered it", () => {
  expect(offered([person(ann, "present", 0), person(bo, "present", 0)], ann, { agentId: ann.id })).toEqual([bo.id, []])
})

test("a mailbox that is closed is answered by nobody", () => {
  expect(offered([person(ann, "present", 0)], ann, { mailboxId: 99 })).toEqual([null, []])
})
