import { expect, test } from "vitest"
import { answeredIds, jiraIssues, storedId, tokenPlaces } from "#app/models/mail/threading.ts"

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

test("mail of Jira names its issue, in ids that it answers, or else in its own", () => {
  const none = { inReplyTo: null, references: [], messageId: null }
  const [root, first] = [
    "JIRA.10123.1388500000000@Atlassian.JIRA",
    "JIRA.10123.1388500000000.7.1388500012345@Atlassian.JIRA",
  ]
  expect(jiraIssues({ ...none, inReplyTo: root, references: [root, first] })).toEqual(["JIRA.10123.1388500000000"])
  expect(jiraIssues({ ...none, messageId: first })).toEqual(["JIRA.10123.1388500000000"])
  for (const id of ["JIRA.1@x", "JIRA.1.2x@x", "AJIRA.1.2@x", `JIRA.${"1".repeat(16)}.2@x`])
    expect([id, jiraIssues({ ...none, inReplyTo: id })]).toEqual([id, []])
})
