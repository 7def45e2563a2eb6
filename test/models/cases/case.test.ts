import { expect, test } from "vitest"
import { previewOf, stateOf, subjectOf } from "#app/models/cases/case.ts"
import { readCursor, writeCursor } from "#app/models/cases/cursor.ts"
import { likeText } from "#app/models/cases/search.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const quiet = { waitingSince: null, snoozedUntil: null, closedAt: null, spamAt: null, mergedInto: null }

test("a case the customer spoke in last waits on us", () =>
  expect(stateOf({ ...quiet, waitingSince: noon }, later(5))).toBe("waiting-on-us"))
test("an answered case waits on them", () => expect(stateOf(quiet, noon)).toBe("waiting-on-them"))
test("a snoozed case sleeps until its moment and no longer", () => {
  const kase = { ...quiet, waitingSince: noon, snoozedUntil: later(60) }
  expect(stateOf(kase, later(59))).toBe("snoozed")
  expect(stateOf(kase, later(60))).toBe("waiting-on-us")
})
test("closed beats snoozed, spam beats closed, merged beats all", () => {
  const kase = { ...quiet, snoozedUntil: later(60), closedAt: noon }
  expect(stateOf(kase, noon)).toBe("closed")
  expect(stateOf({ ...kase, spamAt: noon }, noon)).toBe("spam")
  expect(stateOf({ ...kase, spamAt: noon, mergedInto: 7 }, noon)).toBe("merged")
})
test("a preview is one line, cut at a word's end with a sign that it goes on", () => {
  expect(previewOf("Hello\n\n  there ")).toBe("Hello there")
  expect(previewOf("word ".repeat(100))).toHaveLength(180)
  expect(previewOf("word ".repeat(100)).endsWith("…")).toBe(true)
})
test("a case always has a subject to click on", () => {
  expect(subjectOf(" \r\n ")).toBe("No subject")
  expect(subjectOf("Invoice\r\nBcc: x")).toBe("Invoice Bcc: x")
})

test("a cursor says where a page ended, and nonsense says nothing", () => {
  expect(readCursor(writeCursor({ at: noon, number: 12 }))).toEqual({ at: noon, number: 12 })
  for (const nonsense of ["", "%%%", "aGVsbG8", "AAAAA", "x".repeat(500), null]) expect(readCursor(nonsense)).toBeNull()
})

test("what people type is never a wildcard", () => expect(likeText("100%_\\")).toBe("%100\\%\\_\\\\%"))
