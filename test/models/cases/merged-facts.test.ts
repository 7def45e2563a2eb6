import fc from "fast-check"
import { expect, test } from "vitest"
import {
  answered,
  closed,
  type Facts,
  type Member,
  mergedInto,
  type Part,
  putOff,
  spokenTo,
  unmerged,
  withParts,
} from "#app/models/cases/merged-facts.ts"
import { later } from "#test/fixtures/desk.ts"

const nothing: Facts = { waitingSince: null, snoozedUntil: null, closedAt: null }
const alone = (number: number, facts: Partial<Facts> = {}): Member => ({
  ...{ number, mergedInto: null, customerId: number, mailboxId: 1, factsIn: null },
  ...{ ...nothing, ...facts },
})
const factsOf = ({ waitingSince, snoozedUntil, closedAt }: Facts): Facts => ({ waitingSince, snoozedUntil, closedAt })
const livingOf = (members: Member[], number: number): number => {
  const into = members.find((one) => one.number === number)?.mergedInto ?? null
  return into === null ? number : livingOf(members, into)
}
const about = (number: number, change: (facts: Facts) => Facts) => (part: Part) =>
  part.number === number ? change(part.facts) : part.facts
const throughout = (level: number, change: (facts: Facts) => Facts) => (part: Part) =>
  part.level === level ? change(part.facts) : part.facts

test("whoever waits in one waits in both, since the first of them, and is before the team", () => {
  const both = [alone(1, { waitingSince: later(5), snoozedUntil: later(90) }), alone(2, { closedAt: later(7) })]
  const [, into] = mergedInto(both, 1, 2)
  expect(factsOf(into as Member)).toEqual({ ...nothing, waitingSince: later(5) })
})

test("what waits for nobody changes nothing about the case it goes into", () => {
  const [, into] = mergedInto([alone(1), alone(2, { closedAt: later(7) })], 1, 2)
  expect(factsOf(into as Member)).toEqual({ ...nothing, closedAt: later(7) })
})

test("closing closes it all, and the customer of the other case waits on once it is taken out", () => {
  const merged = mergedInto([alone(1, { waitingSince: later(1) }), alone(2)], 1, 2)
  const shut = withParts(merged, throughout(2, closed(later(3))))
  expect(factsOf(shut[1] as Member)).toEqual({ ...nothing, closedAt: later(3) })
  const [from, into] = unmerged(shut, 1)
  expect(factsOf(from as Member)).toEqual({ ...nothing, waitingSince: later(1) })
  expect(factsOf(into as Member)).toEqual({ ...nothing, closedAt: later(3) })
})

test("closed with two in it, a case stays closed when one of them is taken out", () => {
  const three = [alone(1, { waitingSince: later(1) }), alone(2, { waitingSince: later(2) }), alone(3)]
  const merged = mergedInto(mergedInto(three, 1, 3), 2, 3)
  const shut = withParts(merged, throughout(3, closed(later(5))))
  expect(factsOf(unmerged(shut, 1)[2] as Member)).toEqual({ ...nothing, closedAt: later(5) })
})

test("our answer to one customer leaves the other waiting", () => {
  const merged = mergedInto([alone(1, { waitingSince: later(1) }), alone(2, { waitingSince: later(2) })], 1, 2)
  const [, into] = withParts(merged, about(2, answered))
  expect(into?.waitingSince).toEqual(later(1))
})

const count = 5
const step = fc.record({
  kind: fc.constantFrom("mail", "mail", "reply", "close", "snooze", "wake", "merge", "merge", "unmerge"),
  which: fc.nat(count - 1),
  other: fc.nat(count - 1),
})

test("however cases were merged and taken apart, each is in the end as if it had never been merged", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let members = Array.from({ length: count }, (_, number) => alone(number + 1))
      const twins = members.map(factsOf)
      const twin = (number: number, change: (facts: Facts) => Facts) => {
        twins[number - 1] = change(twins[number - 1] as Facts)
      }
      for (const [minute, { kind, which, other }] of steps.entries()) {
        const number = which + 1
        const living = livingOf(members, number)
        const press = { close: closed(later(minute)), snooze: putOff(later(minute + 500)), wake: putOff(null) }
        if (kind === "mail") {
          members = withParts(members, about(number, spokenTo(later(minute))))
          twin(number, spokenTo(later(minute)))
        } else if (kind === "reply") {
          members = withParts(members, about(living, answered))
          twin(living, answered)
        } else if (kind === "merge") {
          const isPossible = living === number && livingOf(members, other + 1) === other + 1 && which !== other
          if (isPossible) members = mergedInto(members, number, other + 1)
        } else if (kind === "unmerge") {
          if (living !== number) members = unmerged(members, number)
        } else {
          members = withParts(members, throughout(living, press[kind]))
          twin(living, press[kind])
        }
      }
      for (const { number, mergedInto: into } of members) if (into !== null) members = unmerged(members, number)
      expect(members.map(factsOf)).toEqual(twins)
      expect(members.every(({ factsIn }) => factsIn === null)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
