import { expect, test } from "vitest"
import { baseSubject, mayBeDoubleSend, numbersIn, organisationOf } from "#app/models/mail/likeness.ts"

test("a case number is read from a subject as people and desks write it", () => {
  expect(numbersIn("Re: My order [#12]")).toEqual([12])
  expect(numbersIn("[ABC-34] My order")).toEqual([34])
  expect(numbersIn("about #56, please")).toEqual([56])
  expect(numbersIn("order 78 of 2026, room C#9")).toEqual([])
})

test("a subject is compared without what answering and forwarding put before it", () => {
  for (const subject of ["My order", "Re: my order", "AW: WG: My  order", "Fwd: Re[2]: My order", "SV: My order (fwd)"])
    expect(baseSubject(subject)).toBe("my order")
})

test("only a mail that names no other may be the second sending of one", () => {
  const bare = { inReplyTo: null, references: [], subject: "My order" }
  expect(mayBeDoubleSend(bare)).toBe(true)
  expect(mayBeDoubleSend({ ...bare, inReplyTo: "a@b" })).toBe(false)
  expect(mayBeDoubleSend({ ...bare, subject: "Re:" })).toBe(false)
})

test("colleagues share an organisation's domain, whatever machine they write from", () => {
  expect(organisationOf("dana@mail.customer.example")).toBe("customer.example")
  expect(organisationOf("dana@sales.customer.co.uk")).toBe("customer.co.uk")
})

test("where anybody can have an address nobody is a colleague", () => {
  for (const address of ["a@gmail.com", "a@yahoo.co.uk", "a@gmx.de", "a@co.uk", "root@localhost"])
    expect(organisationOf(address)).toBeNull()
})
