import { expect, test } from "vitest"
import { fold } from "#app/models/cases/fold.ts"
import { readSearch } from "#app/models/cases/search.ts"
import { documentOf } from "#app/models/cases/search-document.ts"
import { typedForms } from "#app/models/cases/search-number.ts"
import { tokensIn } from "#app/models/cases/search-tokens.ts"
import { excerpt, marked, needlesFor } from "#app/models/cases/snippet.ts"

const textsIn = (text: string) => tokensIn(text).map((token) => token.text)
const found = (text: string, typed: string) =>
  marked(text, needlesFor(readSearch(typed).terms))
    .map(({ text: words, isFound }) => (isFound ? `[${words}]` : words))
    .join("")

test("words are compared without their accents, in one width and case", () => {
  expect(["Müller", "ｍüller", "MULLER", "Straße", "Ærø", "ЁЛКА", "Ｉｓｔａｎｂｕｌ"].map(fold)).toEqual([
    ..."muller muller muller strasse aero елка istanbul".split(" "),
  ])
})

test("a sentence without spaces is kept letter by letter with the next", () => {
  expect(textsIn("請求書を")).toEqual(["請求", "求書", "書を", "を"])
  expect(textsIn("PDFの請求")).toEqual(["pdf", "の請", "請求", "求"])
})

test("a number is one thing however its groups are written", () => {
  const whole = ["2024-00187", "2024 00187", "2024/00187", "2024.00187", "202400187"].map(
    (text) => tokensIn(text)[0]?.forms[0],
  )
  expect(new Set(whole)).toEqual(new Set(["202400187"]))
})

test("a phone number is the same with its country and without", () => {
  const spellings = ["+49 171 2345678", "+49 (0)171/234-5678", "0049 171 2345678", "0171 2345678", "0171.234.56.78"]
  for (const kept of spellings)
    for (const typed of spellings) {
      const [token] = tokensIn(typed)
      const asked = token ? typedForms(token) : []
      expect([
        kept,
        typed,
        tokensIn(kept)[0]?.forms.some((form) => asked.some((digits) => form.startsWith(digits))),
      ]).toEqual([kept, typed, true])
    }
})

test("a key narrows, quotes hold together, a dash leaves out", () => {
  const { terms, conditions, ignored } = readSearch('from:"Dana Reyes" "broken export" -trial is:open rating:frown')
  expect(terms.map(({ field, value, not, quoted }) => [field, value, not, quoted])).toEqual([
    ["from", "Dana Reyes", false, true],
    [null, "broken export", false, true],
    [null, "trial", true, false],
  ])
  expect(conditions.map(({ text }) => text)).toEqual(["is:open", "rating:frown"])
  expect(ignored).toEqual([])
})

test("what is not understood is said, with what could be", () => {
  const because = (typed: string) => readSearch(typed).ignored.map((one) => one.because)
  expect(because("is:opne")).toEqual([expect.stringContaining("open, closed")])
  expect(because("rating:superb 12")).toEqual([expect.stringContaining("happy, ok, frown")])
  expect(because("before:soon")).toEqual([expect.stringContaining("2026-03-10")])
  expect(because("tag:vip")).toEqual(["This desk has no tags"])
  expect(because("has:")).toEqual([expect.stringContaining("after the colon")])
  expect(because("form:dana")).toEqual([expect.stringContaining("from: to: cc:")])
  expect(because("https://help.example/a 10:30 from: dana")).toEqual([])
})

test("digits side by side are one number, and a number alone may be a case", () => {
  expect(readSearch("0171 234 5678 invoice").terms.map(({ value }) => value)).toEqual(["0171 234 5678", "invoice"])
  expect([readSearch("#12").number, readSearch("12").number, readSearch("12 invoice").number]).toEqual([12, 12, null])
})

test("what was found is marked in its own spelling", () => {
  expect(found("Herr Müller-Lüdenscheidt", "muller")).toBe("Herr [Müller]-Lüdenscheidt")
  expect(found("exports to PDF", "export pdf")).toBe("[exports] to [PDF]")
  expect(found("call 0171/234 5678 now", "+49 171 2345678")).toBe("call [0171/234 5678] now")
  expect(found("日本語の請求書です", "請求書")).toBe("日本語の[請求書]です")
})

test("the line that is shown is where most of what was searched for stands together", () => {
  const text = `printer ${"nothing ".repeat(60)}the printer eats paper${" nothing".repeat(60)}`
  const line = excerpt(text, needlesFor(readSearch("printer paper").terms))
  expect(line?.words.map((piece) => piece.text).join("")).toContain("printer eats paper")
})

test("a long case is kept in several parts, each of a size PostgreSQL takes", () => {
  const text = Array.from({ length: 60_000 }, (_, at) => `word${at.toString(36)}`).join(" ")
  const none = { from: [], to: [], cc: [], files: [], notes: [] }
  const parts = documentOf({ ...none, mailboxId: 1, subject: "Long", messages: [{ subject: "", text }] })
  expect(parts.length).toBeGreaterThan(3)
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(1_000_000)
  expect(parts.every((part) => part.includes("'m=1'"))).toBe(true)
})
