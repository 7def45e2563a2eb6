import { expect, test } from "vitest"
import { impostorSign } from "#app/models/people/impostor.ts"

test("a name that is another address is said", () => {
  const sign = impostorSign({ name: "ceo@desk.example", address: "x@evil.example" })
  expect(sign).toBe("The name says ceo@desk.example, the mail came from x@evil.example.")
})

test("an address that is its own name is nobody else's", () => {
  expect(impostorSign({ name: "Dana@Customer.example", address: "dana@customer.example" })).toBeNull()
  expect(impostorSign({ name: "Dana Reyes", address: "dana@customer.example" })).toBeNull()
})

test("a domain that mixes scripts within a label is said, one in a single script is not", () => {
  expect(impostorSign({ name: "", address: "dana@\u0430pple.example" })).toContain("mixes letters")
  expect(impostorSign({ name: "", address: "dana@\u043f\u0440\u0438\u043c\u0435\u0440.example" })).toBeNull()
  expect(impostorSign({ name: "", address: "dana@m\u00fcnchen.example" })).toBeNull()
})
