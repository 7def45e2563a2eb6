import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { filterFrom } from "#app/models/cases/lookup.server.ts"
import { addParticipant, participantsFor } from "#app/models/cases/participant.server.ts"
import { listCases } from "#app/models/cases/views.server.ts"
import { narrowBy } from "#app/models/happiness/narrow.server.ts"
import { keysOf, makeKey, signFor } from "#app/models/mail/dkim.server.ts"
import { countBounce } from "#app/models/mail/given-up.server.ts"
import { ourRecipients } from "#app/models/mail/hand-in.server.ts"
import { organisationOf } from "#app/models/mail/likeness.ts"
import { forgetSender, listSenders, ruleSender } from "#app/models/mail/spam-tray.server.ts"
import { isWritten, startCase } from "#app/models/mail/start.server.ts"
import { agentByEmail } from "#app/models/people/agent.server.ts"
import { customerFor } from "#app/models/people/customer.server.ts"
import { addMailbox, mailboxOf } from "#app/models/people/mailbox.server.ts"
import { markUndeliverable } from "#app/models/people/undeliverable.server.ts"
import { db } from "#db/connection.server.ts"
import { mailRecipients } from "#db/tables/mail.ts"
import { customerAddresses, customers, mailboxes } from "#db/tables/people.ts"
import { readReplyAddress, replyAddress } from "#emails/signed.server.ts"
import { ann, bo, dana, help, ida, noon } from "#test/fixtures/desk.ts"
import { arrive, letter, proven, storyOf } from "#test/support/arrive.ts"
import { viewer } from "#test/support/viewer.ts"

/** One address in the ways it can be written; and what only looks like it, or is none. */
const same = ["dana@customer.example", "DANA@Customer.EXAMPLE", "dana@ｃustomer.example", "dana@ⓒustomer。example"]
const other = ["dana@сustomer.example", "ｄana@customer.example"]
const none = [
  "dana@cus\u00adtomer.example",
  "dana@customer.example.",
  "dana@cus\u200dtomer.example",
  "dana@xn--.example",
]

const bytes = { again: true, opId: null, undoSeconds: 0, files: [], subject: "Hello", text: "Hello" }
const isGivenUp = async () =>
  (await db.select().from(customerAddresses).where(eq(customerAddresses.address, dana.address)))[0]?.undeliverableAt !==
  null

test("mail of one address is one customer's, of one that looks like it another's, and of none nobody's", async () => {
  for (const from of same)
    expect([from, (await storyOf((await arrive(letter({ from }))).caseNumber!)).kase.customerId]).toEqual([
      from,
      dana.id,
    ])
  for (const from of other) {
    const { kase } = await storyOf((await arrive(letter({ from }))).caseNumber!)
    expect([from, kase.customerId === dana.id]).toEqual([from, false])
  }
  for (const from of none) {
    const { kase, parties } = await storyOf((await arrive(letter({ from }))).caseNumber!)
    expect([from, kase.customerId, parties]).toEqual([from, null, []])
  }
})

test("what is no address never becomes somebody's by losing what cannot be kept", async () => {
  const id = await db.transaction((tx) => customerFor(tx, { name: "", address: "dana@customer.example\u0000" }, noon))
  expect(id).not.toBe(dana.id)
})

test("somebody who takes part does so in every spelling, once", async () => {
  const { caseNumber } = await arrive(letter({ id: "<q@customer.example>" }))
  const number = caseNumber ?? 0
  for (const address of same)
    await db.transaction((tx) => addParticipant(tx, number, { name: "", address }, "accepted", noon))
  expect(await db.transaction((tx) => participantsFor(tx, viewer(bo), number))).toHaveLength(1)
  const more = ["In-Reply-To: <q@customer.example>"]
  for (const from of same) expect((await arrive(letter({ from, more }))).caseNumber).toBe(number)
  for (const from of [...other, ...none]) expect((await arrive(letter({ from, more }))).caseNumber).not.toBe(number)
})

test("a blocked or welcome sender is one in every spelling, and so is a blocked domain", async () => {
  for (const sender of ["Dana@ｃustomer.example", "@ＣUSTOMER.example"]) {
    expect(await ruleSender(viewer(ann), sender, "block", noon)).toBe("kept")
    for (const from of same) expect((await arrive(letter({ from }))).fate).toBe("spam")
    for (const from of other.slice(0, 1)) expect((await arrive(letter({ from }))).fate).toBe("opened")
    const [kept] = await listSenders()
    expect(kept?.sender).toMatch(/^(dana)?@customer\.example$/)
    await forgetSender(viewer(ann), kept?.sender ?? "")
  }
  for (const typed of ["@customer..example", "@xn--.example", "@cus\u200dtomer.example"])
    expect(await ruleSender(viewer(ann), typed, "block", noon)).toBe("no sender")
})

test("a blocked domain stays blocked behind a dot at its end, a letter nobody sees and a second sender", async () => {
  await ruleSender(viewer(ann), "@customer.example", "block", noon)
  for (const from of [
    "q@customer.example.",
    "q@cus\u00adtomer.example",
    "Fay <fay@elsewhere.example>, q@customer.example",
  ])
    expect([from, (await arrive(letter({ from }))).fate]).toEqual([from, "spam"])
})

test("an address is given up, and written from again, in every spelling", async () => {
  for (const from of same) {
    await db.transaction((tx) => markUndeliverable(tx, from, noon))
    expect(await isGivenUp()).toBe(true)
    await arrive(letter({ from }))
    expect(await isGivenUp()).toBe(false)
  }
  const hard = { hard: true, reason: "userunknown", status: "5.1.1" }
  await db.transaction((tx) => countBounce(tx, { id: 1, kind: "reply" }, "dana@ｃustomer.example", hard, noon))
  expect(await isGivenUp()).toBe(true)
})

test("a contact form is trusted in every spelling", async () => {
  await db
    .update(mailboxes)
    .set({ trustedForms: ["Form@ⓓesk.example"] })
    .where(eq(mailboxes.id, help.id))
  for (const from of ["form@desk.example", "form@ｄesk.example"]) {
    const row = await arrive(letter({ from, more: [`Reply-To: <${dana.address}>`] }))
    expect((await storyOf(row.caseNumber!)).kase.customerId).toBe(dana.id)
  }
})

test("colleagues are of one organisation however its domain is written", () => {
  for (const written of ["x@münchen.example", "x@mail.xn--mnchen-3ya.example", "x@MÜNCHEN。example"])
    expect(organisationOf(written)).toBe(organisationOf("y@münchen.example"))
  expect(organisationOf("x@ⓖmail.com")).toBeNull()
  expect(organisationOf("x@сustomer.example")).not.toBe(organisationOf("x@customer.example"))
})

test("a mailbox and its reply addresses are found in every spelling, and there is one of each", async () => {
  await addMailbox({ address: "Hallo@ＭÜNCHEN.example", name: "", agentIds: [] }, noon)
  for (const written of ["hallo@münchen.example", "hallo@xn--mnchen-3ya.example", "hallo@ⓜünchen。example"]) {
    expect((await mailboxOf(written))?.address).toBe("hallo@xn--mnchen-3ya.example")
    expect(await addMailbox({ address: written, name: "", agentIds: [] }, noon)).toMatchObject({
      refused: expect.stringContaining("already"),
    })
    expect(await ourRecipients(Buffer.from(`To: ${written}\r\n\r\n`))).toEqual(["hallo@xn--mnchen-3ya.example"])
  }
  const key = Buffer.alloc(32)
  const signed = replyAddress("hallo@xn--mnchen-3ya.example", 7, key)
  const spelt = signed.replace("xn--mnchen-3ya.example", "MÜNCHEN.example.")
  expect(readReplyAddress(spelt, key)).toMatchObject({ caseNumber: 7 })
})

test("people sign in and are asked for in every spelling", async () => {
  for (const email of ["Bo@desk.example", "bo@ⓓesk.example"]) {
    expect((await agentByEmail(email))?.id).toBe(bo.id)
    expect(await narrowBy(viewer(ann), "help@ｄesk.example", email)).toEqual({ mailboxId: help.id, agentId: bo.id })
    const filter = await filterFrom(viewer(ann), new URLSearchParams({ agent: email, customer: same[2] ?? "" }))
    expect(filter).toMatchObject({ agentId: bo.id, customerId: dana.id })
  }
})

test("a search finds an address in every spelling", async () => {
  const { caseNumber } = await arrive(letter({ from: "Gil <gil@münchen.example>" }))
  for (const q of [
    "from:gil@MÜNCHEN.example",
    "gil@ｍünchen.example",
    "from:xn--mnchen-3ya.example",
    "münchen.example",
  ]) {
    const filter = { view: "all", mailboxId: null, agentId: null, customerId: null, q, cursor: null } as const
    const found = (await listCases(viewer(bo), filter, noon)).rows.map(({ number }) => number)
    expect([q, found]).toEqual([q, [caseNumber]])
  }
})

test("what we send goes to the one form, and is signed for it", async () => {
  const to = { name: "", address: "dana@ｃustomer.example" }
  const sent = await startCase(viewer(bo), { ...bytes, to, mailboxId: help.id, agentId: bo.id }, noon)
  if (typeof sent === "string" || isWritten(sent)) throw new Error(JSON.stringify(sent))
  expect((await storyOf(sent.caseNumber)).kase.customerId).toBe(dana.id)
  const recipients = await db.select().from(mailRecipients).where(eq(mailRecipients.mailId, sent.mailId))
  expect(recipients.map(({ address }) => address)).toEqual([dana.address])
  for (const address of none)
    expect(
      await startCase(viewer(bo), { ...bytes, to: { name: "", address }, mailboxId: help.id, agentId: bo.id }, noon),
    ).toBe("bad address")
  await makeKey(viewer(ida), "desk.example", "ed25519", noon)
  expect(await keysOf("desk.example")).toHaveLength(1)
  expect(await db.transaction((tx) => signFor(tx, "help@ⓓesk.example", Buffer.from("a"), noon))).toEqual(
    Buffer.from("a"),
  )
})

test("many mails are counted as one sender's however it is written", async () => {
  const { caseNumber } = await arrive(letter({ id: "<flood@customer.example>" }))
  const more = ["In-Reply-To: <flood@customer.example>"]
  const rows = []
  for (let n = 0; n < 22; n++)
    rows.push(await arrive(letter({ from: same[n % same.length] ?? "", more, text: `Again ${n}` }), { proven }))
  expect(rows.every((row) => row.caseNumber === caseNumber)).toBe(true)
  expect(rows.map(({ fate }) => fate).slice(-2)).toEqual(["held", "held"])
  expect(await db.select().from(customers)).toHaveLength(3)
})
