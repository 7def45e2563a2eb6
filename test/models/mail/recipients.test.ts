import { expect, test } from "vitest"
import { addressesIn, type Party, recipientsOf } from "#app/models/mail/recipients.ts"
import { billing, dana, eli, fay, help } from "#test/fixtures/desk.ts"

const party = ({ name, address }: { name: string; address: string }, standing: Party["standing"]) => ({
  name,
  address,
  standing,
})
const ours = [help.address, billing.address]
const person = ({ name, address }: { name: string; address: string }) => ({ name, address })
const everyone = [party(dana, "requester"), party(eli, "accepted"), party(fay, "pending")]

test("the requester gets it, whom we accepted in copy, and nobody we have not", () => {
  expect(recipientsOf(everyone, null, ours)).toEqual({ to: [person(dana)], cc: [person(eli)], hasStranger: false })
})

test("an agent who ticks nobody answers the requester alone", () => {
  expect(recipientsOf(everyone, [], ours)).toEqual({ to: [person(dana)], cc: [], hasStranger: false })
})

test("somebody new in copy is a stranger to what was written before", () => {
  expect(recipientsOf(everyone, [person(fay)], ours)).toMatchObject({ cc: [person(fay)], hasStranger: true })
  expect(recipientsOf(everyone, [{ name: "", address: "gus@new.example" }], ours)).toMatchObject({ hasStranger: true })
})

test("nobody gets it twice, and it never comes back to us", () => {
  const cc = [
    person(dana),
    person(eli),
    { name: "Eli", address: "ELI@customer.example" },
    { name: "", address: help.address },
  ]
  expect(recipientsOf(everyone, cc, ours)).toMatchObject({ to: [person(dana)], cc: [person(eli)] })
})

test("an address two programs could read differently goes nowhere", () => {
  for (const address of ['"x@y"@z.example', "a@b@c.example", "a b@c.example", "a@c.example>", ""])
    expect(recipientsOf(everyone, [{ name: "", address }], ours)).toBe("bad address")
})

test("a case without a sender, or from one of our own mailboxes, has nobody to answer", () => {
  expect(recipientsOf([party(eli, "accepted")], null, ours)).toBe("no recipient")
  expect(recipientsOf([party(billing, "requester")], null, ours)).toBe("no recipient")
})

test("a mailing is not an answer", () => {
  const crowd = Array.from({ length: 20 }, (_, n) => ({ name: "", address: `p${n}@x.example` }))
  expect(recipientsOf(everyone, crowd, ours)).toBe("bad address")
})

test("addresses are read as people type them", () => {
  expect(addressesIn(["eli@customer.example", " , ", "Fay Okafor <fay@elsewhere.example>; x@y.example"])).toEqual([
    { name: "", address: "eli@customer.example" },
    { name: "Fay Okafor", address: "fay@elsewhere.example" },
    { name: "", address: "x@y.example" },
  ])
})

test("a name we know is kept when only the address was ticked", () => {
  const ticked = recipientsOf(everyone, [{ name: "", address: eli.address }], ours)
  expect(ticked).toMatchObject({ cc: [person(eli)], hasStranger: false })
})
