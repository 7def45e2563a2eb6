import { expect, test } from "vitest"
import { answeredIds, type Pointer, placeOf, placeOfAnswer, storedId, tokenPlaces } from "#app/models/mail/threading.ts"

const points = (by: Pointer["by"], caseNumber: number, isParticipant: boolean): Pointer => ({
  by,
  caseNumber,
  isParticipant,
})

test("nothing that points anywhere opens a case", () => {
  expect(placeOf([])).toEqual({ into: null, near: null, because: "" })
})

for (const by of ["reply token", "our message", "their message", "marker"] as const) {
  test(`somebody who takes part joins by ${by}`, () => {
    expect(placeOf([points(by, 7, true)])).toMatchObject({ into: 7, unverified: false })
  })
}

test("a stranger with the reply address is heard, unverified", () => {
  expect(placeOf([points("reply token", 7, false)])).toMatchObject({ into: 7, unverified: true })
})

for (const by of ["our message", "their message", "marker"] as const)
  test(`a stranger with ${by} opens a case beside it`, () => {
    expect(placeOf([points(by, 7, false)])).toMatchObject({ into: null, near: 7 })
  })

test("where token and id disagree the token wins for its participant", () => {
  expect(placeOf([points("reply token", 7, true), points("our message", 8, true)])).toMatchObject({ into: 7 })
})

test("where token and id disagree the id wins for a participant of that case only", () => {
  expect(placeOf([points("reply token", 7, false), points("our message", 8, true)])).toMatchObject({
    into: 8,
    unverified: false,
  })
})

test("a stranger whose token and ids disagree is no longer believed", () => {
  expect(placeOf([points("reply token", 7, false), points("our message", 8, false)])).toMatchObject({
    into: null,
    near: 7,
  })
})

test("an automatic answer joins what it answers, whoever sends it, by a sign of ours only", () => {
  expect(placeOfAnswer([points("our message", 7, false)])).toMatchObject({ into: 7, unverified: true })
  expect(placeOfAnswer([points("their message", 7, false)])).toMatchObject({ into: null })
  expect(placeOfAnswer([points("their message", 7, true)])).toMatchObject({ into: 7 })
  expect(placeOfAnswer([])).toMatchObject({ into: null })
})

test("the nearest id is asked about first, each once, fifty at most", () => {
  expect(answeredIds({ inReplyTo: "c@x", references: ["a@x", "b@x", "c@x"] })).toEqual(["c@x", "b@x", "a@x"])
  const many = Array.from({ length: 80 }, (_, i) => `${i}@x`)
  expect(answeredIds({ inReplyTo: null, references: many })).toHaveLength(50)
  expect(answeredIds({ inReplyTo: null, references: many })[0]).toBe("79@x")
})

test("an id longer than an index takes is stored shorter", () => {
  expect(storedId("a@b")).toBe("<a@b>")
  expect(storedId("x".repeat(998)).length).toBe(602)
})

test("a token is looked for on the envelope, then on the way, then on the letter", () => {
  const email = {
    headers: new Map([
      ["x-original-to", ["b@x"]],
      ["delivered-to", ["c@x"]],
    ]),
    to: [{ name: "", address: "d@x" }],
    cc: [{ name: "", address: "e@x" }],
  }
  expect(tokenPlaces(["a@x"], email)).toEqual(["a@x", "c@x", "b@x", "d@x", "e@x"])
})
