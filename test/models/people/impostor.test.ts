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

test("a domain in letters that look like Latin ones is said in both its forms, however it came", () => {
  for (const domain of ["аррӏе.com", "xn--80ak6aa92e.com"])
    expect(impostorSign({ name: "", address: `dana@${domain}` })).toBe(
      "The domain аррӏе.com (xn--80ak6aa92e.com) is written in Cyrillic letters that look like Latin ones.",
    )
  expect(impostorSign({ name: "", address: "dana@xn--pple-43d.com" })).toContain("(xn--pple-43d.com) mixes letters")
})

test("a domain in unusual letters is said with what it means, and one that is none as such", () => {
  expect(impostorSign({ name: "", address: "dana@ｃustomer.example" })).toContain("It means customer.example.")
  expect(impostorSign({ name: "", address: "dana@cus\u200dtomer.example" })).toContain("is no domain")
  expect(impostorSign({ name: "", address: "mailer-daemon" })).toBeNull()
})
