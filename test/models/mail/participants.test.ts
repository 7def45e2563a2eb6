import { expect, test } from "vitest"
import { type Box, boxAt, boxFor } from "#app/models/mail/addressed.ts"
import { copiesOf, senderOf } from "#app/models/mail/participants.ts"

const at = (address: string, name = "") => ({ name, address })
const boxes: Box[] = [
  { id: 1, address: "help@desk.example", isOpen: true, trustedForms: [] },
  { id: 2, address: "billing@desk.example", isOpen: true, trustedForms: [] },
  { id: 3, address: "old@desk.example", isOpen: false, trustedForms: [] },
]

test("who writes is From, whatever Reply-To says", () => {
  const email = { from: [at("Dana@Customer.example", "Dana")], replyTo: [at("eve@evil.example")] }
  expect(senderOf(email, [])).toEqual({ address: "dana@customer.example", name: "Dana", isCertain: true })
})

test("with two senders nobody is certain", () => {
  const email = { from: [at("dana@customer.example"), at("eve@evil.example")], replyTo: [] }
  expect(senderOf(email, [])).toMatchObject({ address: "dana@customer.example", isCertain: false })
})

test("without an address there is nobody to answer", () => {
  for (const from of [[], [at("mailer-daemon")], [at('"x y"@z.example')], [at("a@b@c.example")]])
    expect(senderOf({ from, replyTo: [] }, [])).toMatchObject({ address: null, isCertain: false })
})

test("a form speaks for its customer only where the mailbox trusts it", () => {
  const email = { from: [at("form@shop.example")], replyTo: [at("dana@customer.example", "Dana")] }
  expect(senderOf(email, ["Form@shop.example"])).toMatchObject({ address: "dana@customer.example", name: "Dana" })
  expect(senderOf(email, ["other@shop.example"]).address).toBe("form@shop.example")
})

test("copies leave out the sender, ourselves, robots and repetitions", () => {
  const cc = ["eli@customer.example", "Eli@customer.example", "dana@customer.example", "no-reply@x.example"].map((a) =>
    at(a),
  )
  const to = [at("help+c1@desk.example"), at("old@desk.example")]
  const copies = copiesOf({ to, cc }, (address) => boxAt(boxes, address) !== null, "dana@customer.example")
  expect(copies).toEqual([at("eli@customer.example")])
})

test("a mailing to hundreds makes no conversation of hundreds", () => {
  const cc = Array.from({ length: 300 }, (_, i) => at(`p${i}@x.example`))
  expect(copiesOf({ to: [], cc }, () => false, null)).toHaveLength(100)
})

const written = { headers: new Map<string, string[]>(), to: [at("billing@desk.example")], cc: [] }

test("the envelope says which mailbox, before what is written on the letter", () => {
  expect(boxFor(boxes, ["help+tag@desk.example"], written)).toMatchObject({ box: { id: 1 }, note: "" })
  expect(boxFor(boxes, [], written)).toMatchObject({ box: { id: 2 } })
})

test("mail for a closed mailbox goes to the first with a word about it", () => {
  const found = boxFor(boxes, ["old@desk.example"], { ...written, to: [] })
  expect(found).toMatchObject({
    box: { id: 1 },
    note: "It was sent to old@desk.example, which is no mailbox here now.",
  })
})

test("a desk without a mailbox has no place for mail", () => {
  expect(boxFor([], ["a@b.example"], written)).toBeNull()
})
