import { expect, test } from "vitest"
import { canonicalAddress, splitTag } from "#app/models/people/address.ts"

test("addresses that differ in case only are one", () => {
  expect(canonicalAddress(" Dana@Customer.EXAMPLE ")).toBe("dana@customer.example")
})

test("an international domain is kept in its ASCII form", () => {
  expect(canonicalAddress("jürgen@münchen.example")).toBe("jürgen@xn--mnchen-3ya.example")
})

test("dots and plus signs are kept: they can be two people", () => {
  expect(canonicalAddress("d.a+x@customer.example")).toBe("d.a+x@customer.example")
})

test.each([
  "",
  "dana",
  "@customer.example",
  "dana@",
  "dana@evil@customer.example",
  '"dana@x"@customer.example',
  "da na@customer.example",
  "dana@customer.example>",
  "dana@customer.example/x",
  "dana@customer.example\u0000",
  "dana@customer.exam\u200bple",
  "dana@customer.example\r\nBcc: x@y.example",
  `${"x".repeat(70)}@customer.example`,
])("%j is no address", (text) => {
  expect(canonicalAddress(text)).toBeNull()
})

test("the tag is what follows the first plus, with its own letters", () => {
  expect(splitTag("help+c12.AbC+x@desk.example")).toEqual({ address: "help@desk.example", tag: "c12.AbC+x" })
  expect(splitTag("help@desk.example")).toEqual({ address: "help@desk.example", tag: null })
})
