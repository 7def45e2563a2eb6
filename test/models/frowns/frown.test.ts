import { expect, test } from "vitest"
import {
  comesBackTo,
  dueFirst,
  type FrownFacts,
  isDismissal,
  isLate,
  mayDo,
  nextAt,
  nextStep,
  stateOf,
} from "#app/models/frowns/frown.ts"
import { ann, bo, cy, later, noon } from "#test/fixtures/desk.ts"

const hour = 60
const day = 24 * hour
const fresh: FrownFacts = {
  openedAt: noon,
  dueAt: later(day),
  ownerId: null,
  claimedAt: null,
  firstContactAt: null,
  contactedBy: null,
  lastContactAt: null,
  outcome: null,
  outcomeAt: null,
  closedAt: null,
  reopenedAt: null,
  reopenedCount: 0,
}
const claimed: FrownFacts = { ...fresh, ownerId: bo.id, claimedAt: later(5) }
const contacted: FrownFacts = {
  ...claimed,
  firstContactAt: later(60),
  lastContactAt: later(60),
  contactedBy: "reply",
}
const flipped: FrownFacts = { ...contacted, outcome: "flipped", outcomeAt: later(2 * day) }

test.each([
  ["new", fresh],
  ["claimed", claimed],
  ["contacted", contacted],
  ["contacted", { ...contacted, ownerId: null }],
  ["flipped", flipped],
  ["flipped", { ...flipped, closedAt: later(3 * day) }],
  ["improved", { ...flipped, outcome: "improved", closedAt: later(3 * day) }],
  ["unmoved", { ...flipped, outcome: "unmoved" }],
  ["no answer", { ...flipped, outcome: "no answer" }],
  ["unreachable", { ...claimed, outcome: "unreachable" }],
  ["let go", { ...flipped, outcome: "unmoved", closedAt: later(3 * day) }],
  ["let go", { ...flipped, outcome: "no answer", closedAt: later(3 * day) }],
  ["let go", { ...contacted, closedAt: later(3 * day) }],
  ["let go", { ...fresh, closedAt: later(10) }],
  ["withdrawn", { ...fresh, outcome: "withdrawn", closedAt: later(10) }],
  ["void", { ...flipped, outcome: "void", closedAt: later(10) }],
] as [string, FrownFacts][])("it is %s", (state, frown) => {
  expect(stateOf(frown)).toBe(state)
})

test("a new frown asks for a contact by its due time", () => {
  expect([nextStep(fresh), nextAt(fresh)]).toEqual(["contact", later(day)])
})

test("after the contact it waits for the customer, fourteen days from our last word", () => {
  const again = { ...contacted, lastContactAt: later(2 * day) }
  expect([nextStep(again), nextAt(again)]).toEqual(["wait", later(16 * day)])
})

test("with an outcome it asks to be closed, within a week", () => {
  expect([nextStep(flipped), nextAt(flipped)]).toEqual(["close", later(9 * day)])
})

test("one that came back asks for a new contact, until there is one", () => {
  const back = { ...contacted, reopenedAt: later(3 * day), dueAt: later(4 * day) }
  expect([nextStep(back), nextAt(back)]).toEqual(["contact", later(4 * day)])
  expect(nextStep({ ...back, lastContactAt: later(3 * day + 1) })).toBe("wait")
})

test("a closed one asks for nothing", () => {
  expect(nextStep({ ...flipped, closedAt: later(3 * day) })).toBeNull()
})

test("late is only what still lacks its contact", () => {
  expect(isLate(fresh, later(day))).toBe(false)
  expect(isLate(fresh, later(day + 1))).toBe(true)
  expect(isLate(contacted, later(20 * day))).toBe(false)
})

test("what is due first comes first, and of two due at once the older", () => {
  const rows = [
    { ...contacted, id: 1 },
    { ...fresh, id: 4 },
    { ...fresh, id: 3 },
    { ...flipped, id: 2 },
  ]
  expect(rows.toSorted(dueFirst).map(({ id }) => id)).toEqual([3, 4, 2, 1])
})

test("anybody may claim what nobody has", () => {
  expect([mayDo(cy, fresh).claim, mayDo(cy, claimed).claim]).toEqual([true, false])
})

test("giving it back is for whoever has it, and for a lead", () => {
  expect([bo, cy, ann].map((who) => mayDo(who, claimed).unclaim)).toEqual([true, false, true])
})

test("closing needs a contact or an outcome first", () => {
  expect(mayDo(bo, claimed).close).toBe(false)
  expect(mayDo(bo, contacted).close).toBe(true)
  expect(mayDo(bo, { ...claimed, outcome: "unreachable" }).close).toBe(true)
})

test("only a lead may dismiss a frown nobody followed up", () => {
  expect([mayDo(ann, claimed).dismiss, mayDo(bo, claimed).dismiss]).toEqual([true, false])
  expect(mayDo(ann, contacted).dismiss).toBe(false)
})

test("a closed frown's cause may be coded anew by a lead only, and nothing else be done", () => {
  const closed = { ...contacted, closedAt: later(day) }
  const none = { claim: false, unclaim: false, call: false, close: false, dismiss: false }
  expect(mayDo(ann, closed)).toEqual({ ...none, cause: true })
  expect(mayDo(bo, closed)).toEqual({ ...none, cause: false })
})

test("an API token is nobody and does nothing by hand", () => {
  const token = { id: null, role: "admin" } as const
  for (const frown of [fresh, claimed, contacted]) expect(Object.values(mayDo(token, frown))).not.toContain(true)
})

test("a frown on the follow-up comes back to its frown within thirty days of the contact", () => {
  const closed = { ...contacted, id: 7, closedAt: later(day) }
  const on = (days: number, recoveryFrownId: number | null) => ({ at: later(60 + days * day), recoveryFrownId })
  expect(comesBackTo(closed, on(30, 7))).toBe(true)
  expect(comesBackTo(closed, on(31, 7))).toBe(false)
  expect(comesBackTo(closed, on(2, null))).toBe(false)
})

test("any frown of the case comes back within thirty days of the flip", () => {
  const closed = { ...flipped, id: 7, closedAt: later(3 * day) }
  expect(comesBackTo(closed, { at: later(32 * day), recoveryFrownId: null })).toBe(true)
  expect(comesBackTo(closed, { at: later(33 * day), recoveryFrownId: null })).toBe(false)
})

test("the reasons for dismissing are these and no others", () => {
  expect(["misclick", "abuse", "spam", "duplicate", "annoying", "", null].map(isDismissal)).toEqual([
    ...[true, true, true, true],
    ...[false, false, false],
  ])
})
