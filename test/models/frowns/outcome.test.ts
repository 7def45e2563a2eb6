import { expect, test } from "vitest"
import { lastFrown, type OutcomeFacts, outcomeOf, type RatedReply } from "#app/models/frowns/outcome.ts"
import type { Face } from "#app/models/ratings/face.ts"

/** Days after the frown; presses settle three minutes later. */
const day = (days: number) => new Date(Date.UTC(2026, 2, 10) + days * 86_400_000)
const press = (face: Face, days: number) => ({
  at: day(days),
  settledAt: new Date(day(days).getTime() + 180_000),
  face,
})
const pressed = (...votes: [Face, number][]): RatedReply => ({
  frowned: true,
  voided: false,
  votes: votes.map(([face, days]) => press(face, days)),
})
const recovery = (...votes: [Face, number][]): RatedReply => ({ ...pressed(...votes), frowned: false })

const quiet: OutcomeFacts = {
  rated: [pressed(["frown", 0])],
  firstContactAt: null,
  lastContactAt: null,
  contactedBy: null,
  spokeAt: null,
  reachable: true,
}
const contacted: OutcomeFacts = { ...quiet, firstContactAt: day(1), lastContactAt: day(1), contactedBy: "reply" }
const outcome = (facts: Partial<OutcomeFacts>, days = 2, base = contacted) =>
  outcomeOf({ ...base, ...facts }, day(days)).outcome

test("a frown nobody has touched has no outcome, however old", () => {
  expect(outcome({}, 400, quiet)).toBeNull()
})

test("a happier face before any contact is a correction, not a flip", () => {
  const rated = [pressed(["frown", 0], ["happy", 0.1])]
  expect(outcomeOf({ ...quiet, rated }, day(1))).toEqual({ outcome: "withdrawn", at: day(0.1), relapsedAt: null })
})

test("OK before any contact withdraws the frown as well", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["ok", 0.1])] }, 1, quiet)).toBe("withdrawn")
})

test("a correction that settles only after the contact is still a correction", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["happy", 0.99])] })).toBe("withdrawn")
})

test("of two frowns both must be corrected for the matter to be withdrawn", () => {
  const one = pressed(["frown", 0], ["happy", 0.1])
  expect(outcome({ rated: [one, pressed(["frown", 0.2])] }, 1, quiet)).toBeNull()
  expect(outcome({ rated: [one, pressed(["frown", 0.2], ["ok", 0.3])] }, 1, quiet)).toBe("withdrawn")
})

test("a frown given back after a correction is a frown again", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["happy", 0.1], ["frown", 0.2])] }, 1, quiet)).toBeNull()
})

test("happy on the original link after the contact flips", () => {
  const rated = [pressed(["frown", 0], ["happy", 3])]
  expect(outcomeOf({ ...contacted, rated }, day(4))).toEqual({ outcome: "flipped", at: day(3), relapsedAt: null })
})

test("happy on the reply that followed it up flips as well", () => {
  expect(outcome({ rated: [pressed(["frown", 0]), recovery(["happy", 3])] }, 4)).toBe("flipped")
})

test("happy flips until the thirtieth day after the first contact and not a moment later", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["happy", 31])], spokeAt: day(2) }, 40)).toBe("flipped")
  expect(outcome({ rated: [pressed(["frown", 0], ["happy", 31.001])], spokeAt: day(2) }, 40)).toBeNull()
})

test("OK after the contact has improved it", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["ok", 3])] }, 4)).toBe("improved")
})

test("what has improved may still be flipped inside the window", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["ok", 3]), recovery(["happy", 9])] }, 10)).toBe("flipped")
})

test("the customer's last word holds: OK after happy has only improved", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["happy", 3], ["ok", 4])] }, 5)).toBe("improved")
})

test("a frown again after the contact has not moved", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["frown", 3])] }, 4)).toBe("unmoved")
  expect(outcome({ rated: [pressed(["frown", 0]), recovery(["frown", 3])] }, 4)).toBe("unmoved")
})

test("what had not moved can still flip inside the window", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["frown", 3], ["happy", 5])] }, 6)).toBe("flipped")
})

test("a frown within thirty days of the flip takes the flip back", () => {
  const rated = [pressed(["frown", 0], ["happy", 3]), recovery(["frown", 20])]
  expect(outcomeOf({ ...contacted, rated }, day(21))).toEqual({ outcome: null, at: day(21), relapsedAt: day(20) })
})

test("a frown within thirty days of an improvement takes it back too", () => {
  const rated = [pressed(["frown", 0], ["ok", 3], ["frown", 32.9])]
  expect(outcomeOf({ ...contacted, rated }, day(33)).relapsedAt).toEqual(day(32.9))
})

test("a frown later than that leaves the flip standing", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["happy", 3]), recovery(["frown", 33.1])] }, 40)).toBe("flipped")
})

test("after a relapse it can flip anew, in a window that starts with the relapse", () => {
  const rated = [pressed(["frown", 0], ["happy", 3]), recovery(["frown", 20], ["happy", 49])]
  expect(outcomeOf({ ...contacted, rated }, day(50))).toEqual({
    outcome: "flipped",
    at: day(49),
    relapsedAt: day(20),
  })
})

test("after a relapse silence counts only from the next contact", () => {
  const rated = [pressed(["frown", 0], ["happy", 3]), recovery(["frown", 20])]
  expect(outcome({ rated }, 60)).toBeNull()
  expect(outcome({ rated, lastContactAt: day(21) }, 35)).toBe("no answer")
})

test("fourteen days of silence after the contact are no answer, one moment less is not", () => {
  expect(outcome({}, 14.999)).toBeNull()
  expect(outcome({}, 15)).toBe("no answer")
})

test("silence counts from the last time we wrote", () => {
  expect(outcome({ lastContactAt: day(10) }, 20)).toBeNull()
  expect(outcome({ lastContactAt: day(10) }, 24)).toBe("no answer")
})

test("a customer who wrote back without rating is not silent", () => {
  expect(outcome({ spokeAt: day(2) }, 20)).toBeNull()
  expect(outcome({ spokeAt: day(0.5) }, 20)).toBe("no answer")
})

test("a happier face after the silence still counts", () => {
  expect(outcome({ rated: [pressed(["frown", 0], ["happy", 29])] }, 29.5)).toBe("flipped")
})

test("a customer whose addresses take no mail is unreachable", () => {
  expect(outcome({ reachable: false }, 1, quiet)).toBe("unreachable")
})

test("a customer we spoke with by telephone was reached", () => {
  expect(outcome({ reachable: false, contactedBy: "call" })).toBeNull()
})

test("a frown whose ratings are all void is void, whatever was pressed", () => {
  const voided = { ...pressed(["frown", 0], ["happy", 3]), voided: true }
  expect(outcome({ rated: [voided, recovery(["happy", 3])] }, 4)).toBe("void")
})

test("a void rating among others is as if it had never been given", () => {
  const voided = { ...pressed(["frown", 5]), voided: true }
  expect(outcome({ rated: [pressed(["frown", 0], ["happy", 3]), voided] }, 6)).toBe("flipped")
})

test("the last frown is the last pressed one that is not void", () => {
  const voided = { ...pressed(["frown", 9]), voided: true }
  expect(lastFrown([pressed(["frown", 0], ["happy", 1]), recovery(["frown", 4]), voided])?.at).toEqual(day(4))
  expect(lastFrown([recovery(["happy", 1])])).toBeNull()
})
