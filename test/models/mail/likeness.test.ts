import { expect, test } from "vitest"
import { baseSubject, changedSubjects, mayBeDoubleSend, numbersIn, organisationOf } from "#app/models/mail/likeness.ts"

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

test("colleagues share the domain their organisation registered, whatever machine they write from", () => {
  expect(organisationOf("dana@mail.customer.example")).toBe("customer.example")
  expect(organisationOf("dana@sales.customer.co.uk")).toBe("customer.co.uk")
  expect(organisationOf("dana@sales.customer.k12.ca.us")).toBe("customer.k12.ca.us")
  expect(organisationOf("Dana@Mail.M\u00fcnchen.example.")).toBe("m\u00fcnchen.example")
})

test("where anybody can have an address nobody is a colleague", () => {
  const post = ["a@gmail.com", "a@yahoo.co.uk", "a@gmx.de", "a@outlook.de", "a@mail.uol.com.br"]
  for (const address of [...post, "a@co.uk", "a@github.io", "root@localhost", "a@[192.0.2.1]", "a@192.0.2.1", "a@", ""])
    expect([address, organisationOf(address)]).toEqual([address, null])
})

test("where anybody is given an address of a firm's, or one to hide behind, nobody is a colleague either", () => {
  const tenants = ["a@one.onmicrosoft.com", "a@sub.one.onmicrosoft.com"]
  const hidden = ["x@privaterelay.appleid.com", "x@marketplace.amazon.de", "x@mozmail.com", "x@duck.com"]
  const carriers = ["a@docomo.ne.jp", "a@i.softbank.jp", "a@t-online.de", "a@virginmedia.com", "a@yahoo.com.tw"]
  for (const address of [...tenants, ...hidden, ...carriers])
    expect([address, organisationOf(address)]).toEqual([address, null])
})

test("a name that only begins or ends like a freemail's is an organisation of its own", () => {
  for (const domain of ["mailbird.example", "hotmail-help.example", "thegmail.example", "gmail.customer.example"])
    expect(organisationOf(`a@${domain}`)).toBe(domain.split(".").slice(-2).join("."))
})

test("guests of the same host are strangers to each other", () => {
  expect(organisationOf("a@one.github.io")).not.toBe(organisationOf("a@two.github.io"))
  expect(organisationOf("a@one.herokuapp.com")).not.toBe(organisationOf("a@two.herokuapp.com"))
})

test("a mail under another subject may be another matter", () => {
  const said = (id: number, subject: string, kind: "email" | "reply" = "email", machine: string | null = null) => ({
    ...{ id, subject, kind, machine },
  })
  const talk = [said(1, "My order"), said(2, "Re: My order", "reply"), said(3, "AW: [EXTERNAL] My order")]
  expect(changedSubjects(talk)).toEqual(new Set())
  expect(changedSubjects([...talk, said(4, "An invoice"), said(5, "Re: An invoice")])).toEqual(new Set([4]))
  expect(changedSubjects([...talk, said(4, "Out of office", "email", "auto"), said(5, "")])).toEqual(new Set())
  expect(changedSubjects([said(1, "Re:"), said(2, "My order")])).toEqual(new Set())
})
