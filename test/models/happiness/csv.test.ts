import { expect, test } from "vitest"
import { type Cell, csvOf } from "#app/models/happiness/csv.ts"

const cellOf = (cell: Cell) => csvOf([["a", () => cell]], [null]).slice(3, -2)

test("a table begins with the names of its columns, and every line ends with CRLF", () => {
  const rows = [{ day: "2011-03-14", replies: 12 }]
  const columns = [["day", (row: { day: string }) => row.day] as const, ["replies", () => 12] as const]
  expect(csvOf(columns, rows)).toBe("day,replies\r\n2011-03-14,12\r\n")
  expect(csvOf(columns, [])).toBe("day,replies\r\n")
})

test.each([
  ["a comma", "one, two", '"one, two"'],
  ["a quote", 'the "best"', '"the ""best"""'],
  ["a line", "one\r\ntwo", '"one\r\ntwo"'],
  ["nothing remarkable", "week 7 of 2011", "week 7 of 2011"],
  ["letters beyond ASCII", "Zoë 🙂", "Zoë 🙂"],
  ["nothing", "", ""],
])("%s in a text", (_what, text, written) => {
  expect(cellOf(text)).toBe(written)
})

test.each([
  ["=1+1", "'=1+1"],
  ["+49 30 1", "'+49 30 1"],
  ["-2", "'-2"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", `"'\r=1"`],
  ['=HYPERLINK("a","b")', `"'=HYPERLINK(""a"",""b"")"`],
])("the text %j is no formula", (text, written) => {
  expect(cellOf(text)).toBe(written)
})

test.each([
  [-2, "-2"],
  [0.5, "0.5"],
  [0, "0"],
  [null, ""],
  [Number.NaN, ""],
])("%s is written as %j", (cell, written) => {
  expect(cellOf(cell)).toBe(written)
})
