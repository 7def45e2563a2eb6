import { expect, test } from "vitest"
import { answeredIds, storedId, tokenPlaces } from "#app/models/mail/threading.ts"

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
