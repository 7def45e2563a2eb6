import { expect, test } from "vitest"
import type { Face } from "#app/models/ratings/face.ts"
import { standingOf, type VoteStatus } from "#app/models/ratings/standing.ts"
import { later } from "#test/fixtures/desk.ts"

const vote = (face: Face, minutes: number, status: VoteStatus = "accepted") => ({ face, at: later(minutes), status })
const words = (votes: ReturnType<typeof vote>[], contact: number | null) => {
  const found = standingOf(votes, contact === null ? null : later(contact))
  return found && [found.first, found.standing]
}

test("nothing pressed is no rating", () => expect(standingOf([], null)).toBeNull())

test("one press is first word and last word", () => expect(words([vote("ok", 0)], null)).toEqual(["ok", "ok"]))

test("a misclick put right before anybody got in touch is a correction", () => {
  expect(words([vote("frown", 0), vote("happy", 1)], 60)).toEqual(["happy", "happy"])
  expect(words([vote("frown", 0), vote("happy", 1)], null)).toEqual(["happy", "happy"])
})

test("a happier face after the contact is recovery: the first word stays a frown", () => {
  expect(words([vote("frown", 0), vote("happy", 90)], 60)).toEqual(["frown", "happy"])
  expect(words([vote("ok", 0), vote("frown", 5), vote("ok", 70), vote("happy", 90)], 60)).toEqual(["frown", "happy"])
})

test("a press at the very moment of the contact is after it", () => {
  expect(words([vote("frown", 0), vote("happy", 60)], 60)).toEqual(["frown", "happy"])
})

test("given only after the contact, the first press is the first word", () => {
  expect(words([vote("frown", 70), vote("happy", 90)], 60)).toEqual(["frown", "happy"])
})

test("contested, held and rejected presses never disturb what was accepted", () => {
  const quiet = (["contested", "held", "rejected"] as const).map((status) => vote("frown", 5, status))
  expect(words([vote("happy", 0), ...quiet], null)).toEqual(["happy", "happy"])
  expect(words(quiet, null)).toBeNull()
})

test("the order the votes come in does not matter", () => {
  expect(words([vote("happy", 90), vote("frown", 0)], 60)).toEqual(["frown", "happy"])
})

test("the day a rating is counted under is that of the first press, whatever follows", () => {
  const found = standingOf([vote("frown", 0), vote("happy", 5), vote("ok", 90)], later(60))
  expect(found).toEqual({ first: "happy", standing: "ok", firstAt: later(0), lastAt: later(90) })
})
