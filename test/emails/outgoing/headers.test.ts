import { expect, test } from "vitest"
import { bodyText, headerText, referencesOf, replySubject } from "#emails/outgoing/headers.ts"

const named = "<case.7@desk.example>"
const ids = (count: number) => Array.from({ length: count }, (_, n) => `<m${n}@customer.example>`)

test("a subject gets one Re:, whatever it came with", () => {
  expect(replySubject("My order")).toBe("Re: My order")
  expect(replySubject("Re: RE: re: My order")).toBe("Re: My order")
  expect(replySubject("AW: Re[2]: Antw: My order")).toBe("Re: My order")
  expect(replySubject("  SV : My order ")).toBe("Re: My order")
})

test("a subject that only begins with those letters keeps them", () => {
  expect(replySubject("Refund: my order")).toBe("Re: Refund: my order")
  expect(replySubject("Reply expected")).toBe("Re: Reply expected")
  expect(replySubject("Fwd: invoice")).toBe("Re: Fwd: invoice")
})

test("a mail without a subject is answered with one", () => expect(replySubject(" ")).toBe("Re: your message"))

test("no word of a subject can begin a header", () => {
  expect(headerText("Hi\r\nBcc: evil@x.example")).toBe("Hi Bcc: evil@x.example")
  expect(headerText("a\u0000b\u2028c\td")).toBe("a b c d")
})

test("references name the case first and the parent last", () => {
  expect(referencesOf(named, { references: ids(2), id: "<last@customer.example>" })).toEqual([
    named,
    ...ids(2),
    "<last@customer.example>",
  ])
  expect(referencesOf(named, null)).toEqual([named])
})

test("a long chain keeps its first two and last eight", () => {
  const kept = referencesOf(named, { references: ids(40), id: "<last@customer.example>" })
  expect(kept).toEqual([named, ...ids(2), ...ids(40).slice(-7), "<last@customer.example>"])
})

test("what is no id is left out, and none is named twice", () => {
  const references = ["<a@x.example>", "junk here", "<b c@x.example>", "", "<a@x.example>", named]
  expect(referencesOf(named, { references, id: "<a@x.example>" })).toEqual([named, "<a@x.example>"])
})

test("references stay under 8 KB however long the ids are", () => {
  const long = Array.from({ length: 10 }, (_, n) => `<${n}${"x".repeat(980)}@x.example>`)
  const kept = referencesOf(named, { references: long, id: "<last@customer.example>" })
  expect(kept.join(" ").length).toBeLessThanOrEqual(8192)
  expect(kept.at(-1)).toBe("<last@customer.example>")
})

test("a body keeps its lines and tabs and loses control characters", () => {
  expect(bodyText("a\r\nb\rc\td\u0007\u001b[0m")).toBe("a\nb\nc\td[0m")
})

test("ids kept without their brackets get them back", () => {
  expect(referencesOf(named, { references: ["a@x.example"], id: "b@x.example" })).toEqual([
    named,
    "<a@x.example>",
    "<b@x.example>",
  ])
})
