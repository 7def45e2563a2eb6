import fc from "fast-check"
import { expect, test } from "vitest"
import { type Followed, follow, type Seen } from "#app/models/frowns/follow.ts"
import { nextStep, outcomes, stateOf } from "#app/models/frowns/frown.ts"
import type { RatedReply } from "#app/models/frowns/outcome.ts"
import { type Face, faces } from "#app/models/ratings/face.ts"
import { bo, cy, later, noon } from "#test/fixtures/desk.ts"

const hour = 60
const day = 24 * hour
const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 540, endsAt: 1020 }))
const rules = { calendar: { timeZone: "Europe/Berlin", week, holidays: [] }, dueBusinessDays: 1 }

/** Opened on Tuesday at noon, due on Wednesday at noon. */
const fresh: Followed = {
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
  closedBy: null,
  reopenedAt: null,
  reopenedCount: 0,
}
const claimed: Followed = { ...fresh, ownerId: bo.id, claimedAt: noon }
const contacted: Followed = { ...claimed, firstContactAt: later(60), lastContactAt: later(60), contactedBy: "reply" }

const press = (face: Face, minutes: number) => ({ at: later(minutes), settledAt: later(minutes + 3), face })
const rated = (...votes: [Face, number][]): RatedReply => ({
  frowned: true,
  voided: false,
  votes: votes.map(([face, minutes]) => press(face, minutes)),
})
const seen: Seen = {
  contacts: [],
  rated: [rated(["frown", -3])],
  spokeAt: null,
  reachable: true,
  ownerLeft: false,
  ownerActiveAt: null,
}
const kinds = ({ events }: ReturnType<typeof follow>) => events.map(({ kind }) => kind)

test("nothing happened, so nothing is written", () => {
  expect(follow(fresh, seen, rules, later(30))).toEqual({ frown: fresh, events: [] })
})

test("the first reply that leaves is the contact, and its writer has the frown", () => {
  const contacts = [{ at: later(60), agentId: cy.id }]
  const told = follow(fresh, { ...seen, contacts }, rules, later(61))
  expect(kinds(told)).toEqual(["claimed", "contacted"])
  expect(told.frown).toMatchObject({
    ownerId: cy.id,
    firstContactAt: later(60),
    lastContactAt: later(60),
    contactedBy: "reply",
  })
  expect(stateOf(told.frown)).toBe("contacted")
})

test("a colleague's reply is the contact, but the frown stays with whoever claimed it", () => {
  const told = follow(claimed, { ...seen, contacts: [{ at: later(60), agentId: cy.id }] }, rules, later(61))
  expect([told.frown.ownerId, kinds(told)]).toEqual([bo.id, ["contacted"]])
})

test("the first contact is frozen; later ones only move the silence", () => {
  const contacts = [60, 600].map((minutes) => ({ at: later(minutes), agentId: bo.id }))
  const told = follow(contacted, { ...seen, contacts }, rules, later(601))
  expect(told.frown).toMatchObject({ firstContactAt: later(60), lastContactAt: later(600) })
})

test("a reply after a person closed it is no contact", () => {
  const closed = { ...claimed, closedAt: later(30), closedBy: bo.id }
  expect(follow(closed, { ...seen, contacts: [{ at: later(60), agentId: bo.id }] }, rules, later(61)).events).toEqual(
    [],
  )
})

test("contact and then happy is a flip, seen at once or one after the other", () => {
  const contacts = [{ at: later(60), agentId: bo.id }]
  const happy = { ...seen, contacts, rated: [rated(["frown", -3], ["happy", 600])] }
  const atOnce = follow(claimed, happy, rules, later(700))
  const inTurn = follow(follow(claimed, { ...seen, contacts }, rules, later(61)).frown, happy, rules, later(700))
  expect(atOnce.frown).toEqual(inTurn.frown)
  expect(atOnce.frown).toMatchObject({ outcome: "flipped", outcomeAt: later(600), closedAt: null })
})

test("a flip stays open until a person has set the cause and closed it", () => {
  const told = follow(contacted, { ...seen, rated: [rated(["frown", -3], ["happy", 600])] }, rules, later(700))
  expect([nextStep(told.frown), stateOf(told.frown)]).toEqual(["close", "flipped"])
})

test("a correction before the contact leaves the queue by itself", () => {
  const told = follow(fresh, { ...seen, rated: [rated(["frown", -3], ["happy", 5])] }, rules, later(9))
  expect(kinds(told)).toEqual(["outcome", "closed"])
  expect(told.frown).toMatchObject({ outcome: "withdrawn", closedAt: later(9), closedBy: null, firstContactAt: null })
})

test("a frown given back after its correction is in the queue again, due anew, and no relapse", () => {
  const withdrawn: Followed = { ...fresh, outcome: "withdrawn", outcomeAt: later(5), closedAt: later(9) }
  const again = { ...seen, rated: [rated(["frown", -3], ["happy", 5], ["frown", 60])] }
  const told = follow(withdrawn, again, rules, later(63))
  expect(kinds(told)).toEqual(["reopened", "outcome"])
  expect(told.frown).toMatchObject({ outcome: null, closedAt: null, reopenedCount: 0, dueAt: later(day + 60) })
  expect(stateOf(told.frown)).toBe("new")
})

test("a rating that was voided takes the frown out", () => {
  const told = follow(contacted, { ...seen, rated: [{ ...rated(["frown", -3]), voided: true }] }, rules, later(90))
  expect(told.frown).toMatchObject({ outcome: "void", closedAt: later(90) })
})

const flipped: Followed = { ...contacted, outcome: "flipped", outcomeAt: later(600) }
const relapse = { ...seen, rated: [rated(["frown", -3], ["happy", 600]), rated(["frown", 3 * day])] }

test("a frown within thirty days takes the flip back and asks for a contact the next business day", () => {
  const told = follow(flipped, relapse, rules, later(3 * day + 3))
  expect(kinds(told)).toEqual(["reopened", "outcome"])
  expect(told.frown).toMatchObject({ outcome: null, reopenedCount: 1, reopenedAt: later(3 * day) })
  // From Friday noon to Monday noon.
  expect(told.frown.dueAt).toEqual(later(6 * day))
  expect([stateOf(told.frown), nextStep(told.frown)]).toEqual(["contacted", "contact"])
})

test("a closed flip that relapses is opened again", () => {
  const told = follow({ ...flipped, closedAt: later(day), closedBy: bo.id }, relapse, rules, later(3 * day + 3))
  expect(told.frown).toMatchObject({ closedAt: null, closedBy: null, outcome: null, reopenedCount: 1 })
})

test("a frown thirty days after a closed flip leaves the flip and still puts the customer before us", () => {
  const late = { ...seen, rated: [rated(["frown", -3], ["happy", 600], ["frown", 40 * day])] }
  const told = follow({ ...flipped, closedAt: later(day), closedBy: bo.id }, late, rules, later(40 * day + 3))
  expect(told.frown).toMatchObject({ outcome: "flipped", outcomeAt: later(600), closedAt: null })
  expect(nextStep(told.frown)).toBe("contact")
})

test("a face pressed before we closed but settled after it is not lost", () => {
  const closed = { ...contacted, closedAt: later(601), closedBy: bo.id }
  const told = follow(closed, { ...seen, rated: [rated(["frown", -3], ["frown", 600])] }, rules, later(604))
  expect(told.frown).toMatchObject({ closedAt: null, outcome: "unmoved", reopenedCount: 1 })
})

test("closing does not stop a flip: the customer's face still counts", () => {
  const closed = { ...contacted, closedAt: later(300), closedBy: bo.id }
  const told = follow(closed, { ...seen, rated: [rated(["frown", -3], ["happy", 600])] }, rules, later(604))
  expect([stateOf(told.frown), told.frown.closedAt]).toEqual(["flipped", later(300)])
})

test("silence after the contact is no answer after fourteen days", () => {
  const told = follow(contacted, seen, rules, later(60 + 14 * day))
  expect(told.frown).toMatchObject({ outcome: "no answer", closedAt: null })
})

test("an address lost after we closed changes nothing", () => {
  const closed = { ...contacted, closedAt: later(300), closedBy: bo.id }
  expect(follow(closed, { ...seen, reachable: false }, rules, later(day)).events).toEqual([])
})

test("a claim nobody works on goes back after two business days", () => {
  expect(follow(claimed, seen, rules, later(2 * day - 1)).events).toEqual([])
  const told = follow(claimed, seen, rules, later(2 * day))
  expect(kinds(told)).toEqual(["unclaimed"])
  expect(stateOf(told.frown)).toBe("new")
})

test("a weekend does not make a claim idle", () => {
  const onFriday = { ...claimed, claimedAt: later(3 * day), dueAt: later(6 * day) }
  expect(follow(onFriday, seen, rules, later(6 * day)).events).toEqual([])
  expect(kinds(follow(onFriday, seen, rules, later(7 * day)))).toEqual(["unclaimed"])
})

test("writing a draft keeps the claim alive", () => {
  expect(follow(claimed, { ...seen, ownerActiveAt: later(day) }, rules, later(2 * day)).events).toEqual([])
})

test("after the contact a claim does not go idle, the owner waits for the customer", () => {
  expect(follow(contacted, seen, rules, later(10 * day)).events).toEqual([])
})

test("the claim of somebody who left the desk is free at once, contact or not", () => {
  for (const frown of [claimed, contacted]) {
    const told = follow(frown, { ...seen, ownerLeft: true }, rules, later(61))
    expect([told.frown.ownerId, kinds(told)]).toEqual([null, ["unclaimed"]])
  }
})

const moment = fc.integer({ min: -3, max: 60 * day })
const votes = fc
  .array(fc.tuple(fc.constantFrom(...faces), moment), { maxLength: 6 })
  .map((all) => all.toSorted(([, a], [, b]) => a - b))
const somebody = fc.record({
  contacts: fc
    .array(moment, { maxLength: 4 })
    .map((all) => all.toSorted((a, b) => a - b).map((minutes) => ({ at: later(minutes), agentId: bo.id }))),
  rated: fc
    .array(fc.record({ votes, frowned: fc.boolean(), voided: fc.boolean() }), { maxLength: 3 })
    .map((more) => [
      rated(["frown", -3]),
      ...more.map((each) => ({ ...each, votes: each.votes.map(([face, minutes]) => press(face, minutes)) })),
    ]),
  spokeAt: fc.option(moment.map((minutes) => later(minutes))),
  reachable: fc.boolean(),
  ownerLeft: fc.boolean(),
  ownerActiveAt: fc.option(moment.map((minutes) => later(minutes))),
})
const someFrown = fc.record({
  closed: fc.option(moment),
  outcome: fc.option(fc.constantFrom(...outcomes)),
  worked: fc.boolean(),
})

test("followed twice, nothing is written the second time", () => {
  fc.assert(
    fc.property(someFrown, somebody, moment, ({ closed, outcome, worked }, around, minutes) => {
      const before: Followed = {
        ...(worked ? contacted : claimed),
        closedAt: closed === null ? null : later(closed),
        outcome,
        outcomeAt: outcome && later(90),
      }
      const { frown } = follow(before, around, rules, later(minutes))
      const owner = { ...around, ownerLeft: false }
      expect(follow(frown, owner, rules, later(minutes)).events).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test("no frown is ever lost: open, or closed by a person, or withdrawn or void", () => {
  fc.assert(
    fc.property(somebody, fc.array(moment, { maxLength: 5 }), (around, moments) => {
      let frown = fresh
      for (const minutes of moments) frown = follow(frown, around, rules, later(minutes)).frown
      const gone = frown.outcome === "withdrawn" || frown.outcome === "void"
      expect(frown.closedAt !== null).toBe(gone)
      expect(nextStep(frown) === null).toBe(gone)
    }),
    { numRuns: 10_000 },
  )
})
