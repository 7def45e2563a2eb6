import { expect, test } from "vitest"
import { addressesIn, notOffered, otherPlace, type Party, recipientsOf } from "#app/models/mail/recipients.ts"
import type { Address } from "#db/tables/cases.ts"
import { billing, dana, eli, fay, help } from "#test/fixtures/desk.ts"

const party = ({ name, address }: { name: string; address: string }, standing: Party["standing"]) => ({
  name,
  address,
  standing,
})
const ours = [help.address, billing.address]
const person = ({ name, address }: { name: string; address: string }) => ({ name, address })
const ticked = (cc: Address[] | null) => ({ cc, answerAt: null, other: null })
const everyone = [party(dana, "requester"), party(eli, "accepted"), party(fay, "pending")]

test("the requester gets it, whom we accepted in copy, and nobody we have not", () => {
  expect(recipientsOf(everyone, ticked(null), ours)).toEqual({
    to: [person(dana)],
    cc: [person(eli)],
    letIn: [person(eli)],
    hasStranger: false,
  })
})

test("an agent who ticks nobody answers the requester alone", () => {
  expect(recipientsOf(everyone, ticked([]), ours)).toMatchObject({
    to: [person(dana)],
    cc: [],
    letIn: [],
    hasStranger: false,
  })
})

test("somebody new in copy is a stranger to what was written before", () => {
  expect(recipientsOf(everyone, ticked([person(fay)]), ours)).toMatchObject({
    cc: [person(fay)],
    hasStranger: true,
  })
  expect(recipientsOf(everyone, ticked([{ name: "", address: "gus@new.example" }]), ours)).toMatchObject({
    hasStranger: true,
  })
})

test("nobody gets it twice, and it never comes back to us", () => {
  const cc = [
    person(dana),
    person(eli),
    { name: "Eli", address: "ELI@customer.example" },
    { name: "", address: help.address },
  ]
  expect(recipientsOf(everyone, ticked(cc), ours)).toMatchObject({ to: [person(dana)], cc: [person(eli)] })
})

test("an address two programs could read differently goes nowhere", () => {
  for (const address of ['"x@y"@z.example', "a@b@c.example", "a b@c.example", "a@c.example>", ""])
    expect(recipientsOf(everyone, ticked([{ name: "", address }]), ours)).toBe("bad address")
})

test("a case without a sender, or from one of our own mailboxes, has nobody to answer", () => {
  expect(recipientsOf([party(eli, "accepted")], ticked(null), ours)).toBe("no recipient")
  expect(recipientsOf([party(billing, "requester")], ticked(null), ours)).toBe("no recipient")
})

test("a mailing is not an answer", () => {
  const crowd = Array.from({ length: 100 }, (_, n) => ({ name: "", address: `p${n}@x.example` }))
  expect(recipientsOf(everyone, ticked(crowd), ours)).toBe("too many recipients")
})

test("addresses are read as people type them", () => {
  expect(addressesIn(["eli@customer.example", " , ", "Fay Okafor <fay@elsewhere.example>; x@y.example"])).toEqual([
    { name: "", address: "eli@customer.example" },
    { name: "Fay Okafor", address: "fay@elsewhere.example" },
    { name: "", address: "x@y.example" },
  ])
})

test("a name we know is kept when only the address was ticked", () => {
  const named = recipientsOf(everyone, ticked([{ name: "", address: eli.address }]), ours)
  expect(named).toMatchObject({ cc: [person(eli)], hasStranger: false })
})

const shop = { name: "Shop", address: "orders@shop.example" }
const wrote = { kind: "email", from: { name: "Dana", address: "Dana@customer.example" }, replyTo: shop } as const

test("another place for answers counts when the requester names it, for what they wrote themselves", () => {
  expect(otherPlace(wrote, everyone)).toEqual(shop)
  expect(otherPlace({ ...wrote, replyTo: null }, everyone)).toBeNull()
  expect(otherPlace({ ...wrote, from: person(eli) }, everyone)).toBeNull()
  expect(otherPlace({ ...wrote, kind: "reply" }, everyone)).toBeNull()
  expect(otherPlace(null, everyone)).toBeNull()
})

test("we answer the sender until an agent chooses the other place, which knows nothing of the case yet", () => {
  expect(recipientsOf(everyone, { ...ticked([]), other: shop }, ours)).toMatchObject({
    to: [person(dana)],
    hasStranger: false,
  })
  const chosen = { cc: [], answerAt: "orders@shop.example", other: shop }
  expect(recipientsOf(everyone, chosen, ours)).toEqual({ to: [shop], cc: [], letIn: [shop], hasStranger: true })
})

test("what an agent agreed to once stays so, and can be taken back by choosing the sender", () => {
  const agreed = [...everyone, party(shop, "accepted")]
  expect(recipientsOf(agreed, { ...ticked(null), other: shop }, ours)).toMatchObject({
    to: [shop],
    cc: [person(eli)],
    hasStranger: false,
  })
  expect(recipientsOf(agreed, { cc: [], answerAt: dana.address, other: shop }, ours)).toMatchObject({
    to: [person(dana)],
  })
})

test("a place that neither the sender nor their mail names is none", () => {
  expect(recipientsOf(everyone, { cc: [], answerAt: "evil@x.example", other: shop }, ours)).toBe("bad address")
  expect(recipientsOf(everyone, { cc: [], answerAt: shop.address, other: null }, ours)).toBe("bad address")
  expect(recipientsOf(everyone, { cc: [], answerAt: help.address, other: person(help) }, ours)).toBe("no recipient")
})

test("whoever mail names and the case did not keep is told of once, ourselves and machines never", () => {
  const named = ["P1@x.example", "p2@x.example", "p2@x.example", "help@desk.example", "noreply@x.example", "none"]
  const people = named.map((address) => ({ name: "", address }))
  expect(notOffered(people, [{ name: "", address: "p1@x.example" }], ["help@desk.example"])).toEqual([
    { name: "", address: "p2@x.example" },
  ])
})
