import { eq } from "drizzle-orm"
import PostalMime from "postal-mime"
import { expect, test } from "vitest"
import { markSpam, snoozeCase } from "#app/models/cases/case.server.ts"
import { caseParticipants } from "#app/models/cases/case-people.server.ts"
import { autosaveDraft, saveDraft } from "#app/models/cases/draft.server.ts"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { leaveNote } from "#app/models/cases/note.server.ts"
import { addParticipant } from "#app/models/cases/participant.server.ts"
import { writeReply } from "#app/models/mail/reply.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { db } from "#db/connection.server.ts"
import { drafts, messages } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { customerAddresses, customers } from "#db/tables/people.ts"
import { ratingRequests } from "#db/tables/ratings.ts"
import { assignments } from "#db/tables/sharing.ts"
import { ann, billing, bo, cy, dana, eli, fay, help, later, noon } from "#test/fixtures/desk.ts"
import { arrive, letter } from "#test/support/arrive.ts"
import { caseOf, fromCustomer } from "#test/support/cases.ts"
import { caseNow, mailNow, messageNow, plainReply, recipientsNow, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

const mailOf = async (mailId: number) => {
  const { rendered } = await mailNow(mailId)
  const email = await PostalMime.parse(rendered)
  return { ...email, raw: rendered.toString("latin1"), text: email.text ?? "", html: email.html ?? "" }
}
const link = /\/r\/([a-z2-7]{26})\//

test("a reply stands in the case at once and answers it", async () => {
  const number = await caseOf("Where is my order?")
  const { messageId } = await replied(number, {}, later(5))
  expect(await messageNow(messageId)).toMatchObject({ kind: "reply", agentId: bo.id, newText: "It is on its way." })
  expect(await caseNow(number)).toMatchObject({ waitingSince: null, lastAnsweredBy: bo.id, firstAnsweredAt: later(5) })
})

test("a draft that was on its way while its reply was sent does not come back, other words do", async () => {
  const number = await caseOf("Where?")
  await replied(number, { text: "It is on its way, Dana." })
  const save = (body: string, at = noon) => autosaveDraft(viewer(bo), number, body, [], at)
  expect(await save("It is on its way, Dana.")).toBe("sent")
  expect(await save("It is on its ")).toBe("sent")
  expect(await db.select().from(drafts)).toEqual([])
  expect(await save("One thing more")).toBe("saved")
  expect(await save("It is", later(1))).toBe("saved")
  expect(await db.select({ body: drafts.body }).from(drafts)).toEqual([{ body: "It is" }])
})

test("the mail waits until the time to undo is over", async () => {
  const { mailId } = await replied(await caseOf("Where?"))
  const mail = await mailNow(mailId)
  expect(mail.dueAt).toEqual(new Date(noon.getTime() + 10_000))
  expect(mail.undoUntil).toEqual(mail.dueAt)
  expect(await recipientsNow(mailId)).toMatchObject([{ address: dana.address, as: "to", state: "waiting" }])
})

test("it threads under the customer's mail and comes back to its case", async () => {
  const number = await caseOf("Where?")
  const asked = { rfcMessageId: "<q@customer.example>", references: ["<p@customer.example>"], subject: "RE: Order 7" }
  await db.transaction((tx) => appendMessage(tx, { ...fromCustomer(number, "And now?", noon), ...asked }, noon))
  const { mailId } = await replied(number)
  const mail = await mailOf(mailId)
  expect(mail.subject).toBe("Re: Order 7")
  expect(mail.inReplyTo).toBe("<q@customer.example>")
  expect(mail.references).toBe(`<case.${number}@desk.example> <p@customer.example> <q@customer.example>`)
  expect(mail.replyTo?.[0]?.address).toMatch(/^help\+c.+@desk\.example$/)
  expect(mail.messageId).toBe((await mailNow(mailId)).rfcMessageId)
  expect((await mailNow(mailId)).envelopeFrom).toMatch(/^help\+b.+@desk\.example$/)
  expect(mail.from).toEqual({ name: help.name, address: help.address })
})

test("a second answer before the customer writes again keeps its subject", async () => {
  const number = await caseOf("Where?")
  await replied(number)
  const { mailId } = await replied(number, { text: "One more thing" }, later(3))
  expect((await mailOf(mailId)).subject).toBe("Re: Invoice")
})

test("the links are in the mail and nowhere else", async () => {
  const number = await caseOf("Where?")
  const { mailId, messageId } = await replied(number)
  const { text, html } = await mailOf(mailId)
  const [, token = "none"] = text.match(link) ?? []
  for (const face of ["happy", "ok", "frown"])
    for (const part of [text, html]) expect(part).toContain(`${token}/${face}`)
  expect(JSON.stringify(await db.select().from(messages))).not.toContain(token)
  expect(JSON.stringify(await db.select().from(ratingRequests))).not.toContain(token)
  expect(await messageNow(messageId)).toMatchObject({ text: "It is on its way.", html: null })
})

test("a link in what the customer quoted does not go out again", async () => {
  const theirs = "Thanks\n> Happy: http://localhost:3000/r/abcdefghijklmnopqrstuvwxy2/happy"
  const { mailId } = await replied(await caseOf(theirs), { leaveOffRating: true })
  const { text, html } = await mailOf(mailId)
  expect(text).toContain("> Thanks")
  for (const part of [text, html]) expect(part).not.toMatch(link)
})

test("left off, nothing is asked and it is known who left it off", async () => {
  const { mailId, messageId } = await replied(await caseOf("Where?"), { leaveOffRating: true })
  expect((await mailOf(mailId)).text).not.toMatch(link)
  const requests = await db.select().from(ratingRequests)
  expect(requests).toMatchObject([{ replyId: messageId, leftOffBy: bo.id, tokenHash: null }])
})

test("nothing is asked when the desk has switched it off", async () => {
  await changeSetting("ratings.lineOn", "off", noon)
  const { mailId } = await replied(await caseOf("Where?"))
  expect((await mailOf(mailId)).text).not.toMatch(link)
  expect(await db.select().from(ratingRequests)).toEqual([])
})

test("nothing is asked of a customer who wants no asking, or whom mail does not reach", async () => {
  await db.update(customers).set({ optedOutAt: noon }).where(eq(customers.id, dana.id))
  await db.update(customerAddresses).set({ undeliverableAt: noon }).where(eq(customerAddresses.address, eli.address))
  for (const number of [await caseOf("Where?"), await caseOf("Where?", noon, eli)]) {
    const { mailId } = await replied(number)
    expect((await mailOf(mailId)).text).not.toMatch(link)
  }
  expect(await db.select().from(ratingRequests)).toEqual([])
})

test("while a frown is open every reply is part of making it good", async () => {
  const number = await caseOf("Where?")
  const facts = { caseNumber: number, authorId: cy.id, mailboxId: help.id, openedAt: noon, dueAt: later(600) }
  const [frown] = await db.insert(frowns).values(facts).returning()
  await replied(number)
  expect(await db.select().from(ratingRequests)).toMatchObject([{ recoveryFrownId: frown?.id, agentId: bo.id }])
})

test("a case nobody had becomes the writer's, with the reason", async () => {
  const number = await caseOf("Where?")
  await replied(number)
  expect((await caseNow(number)).agentId).toBe(bo.id)
  expect(await db.select().from(assignments)).toMatchObject([{ toAgentId: bo.id, rule: "answered" }])
})

test("a reply can close the case or let it sleep", async () => {
  const [closing, sleeping] = [await caseOf("Where?"), await caseOf("When?")]
  await replied(closing, { close: true })
  await replied(sleeping, { snoozeUntil: later(60) })
  expect(await caseNow(closing)).toMatchObject({ closedAt: noon, waitingSince: null })
  expect(await caseNow(sleeping)).toMatchObject({ snoozedUntil: later(60), waitingSince: null, closedAt: null })
})

test("the writer's draft is gone, a colleague's stays", async () => {
  const number = await caseOf("Where?")
  await saveDraft(viewer(bo), number, "It is", [], noon)
  await saveDraft(viewer(ann), number, "Let me see", [], noon)
  await replied(number)
  expect(await db.select().from(drafts)).toMatchObject([{ agentId: ann.id }])
})

test("people in copy get the same mail and are part of the case from then on", async () => {
  const number = await caseOf("Where?")
  await db.transaction((tx) => addParticipant(tx, number, { name: "Eli", address: eli.address }, "accepted", noon))
  await db.transaction((tx) => addParticipant(tx, number, { name: "Fay", address: fay.address }, "pending", noon))
  const first = await replied(number)
  expect((await recipientsNow(first.mailId)).map(({ address }) => address)).toEqual([dana.address, eli.address])
  expect((await mailOf(first.mailId)).text).toContain("> Where?")
  const ticked = await replied(number, { cc: [{ name: "Fay", address: fay.address }] })
  expect((await mailOf(ticked.mailId)).text).not.toContain("> Where?")
  const next = await replied(number)
  expect((await recipientsNow(next.mailId)).map(({ address }) => address)).toContain(fay.address)
  expect((await mailOf(next.mailId)).text).toContain("> Where?")
})

test("pressed twice, or twice at once, it is one reply", async () => {
  const number = await caseOf("Where?")
  const reply = plainReply(number, { opId: "press-1" })
  const results = await Promise.all(Array.from({ length: 8 }, () => writeReply(viewer(bo), reply, noon)))
  for (const result of results) expect(result).toEqual(results[0])
  expect(await db.select().from(mailToSend)).toHaveLength(1)
  expect(await writeReply(viewer(bo), reply, later(1))).toEqual(results[0])
})

test("a refused press can be put right and pressed again", async () => {
  const number = await caseOf("Where?")
  const wrong = plainReply(number, { opId: "press-1", cc: [{ name: "", address: "nobody" }] })
  expect(await writeReply(viewer(bo), wrong, noon)).toBe("bad address")
  expect(await writeReply(viewer(bo), { ...wrong, cc: [] }, noon)).toMatchObject({ mailId: expect.any(Number) })
})

test("what cannot be sent says why", async () => {
  const number = await caseOf("Where?")
  const refusal = (changes: Parameters<typeof plainReply>[1], who = viewer(bo)) =>
    writeReply(who, plainReply(number, changes), noon)
  expect(await refusal({ text: " \n" })).toBe("empty")
  expect(await refusal({ text: "x".repeat(200_001) })).toBe("too long")
  expect(await refusal({ caseNumber: 9999 })).toBe("no such case")
  const theirs = await caseOf("Where?", noon, dana, billing.id)
  expect(await refusal({ caseNumber: theirs }, viewer(cy))).toBe("not your mailbox")
  await markSpam(viewer(bo), number, noon)
  expect(await refusal({})).toBe("not possible now")
  expect(await db.select().from(mailToSend)).toEqual([])
})

test("sending stops when somebody wrote what the writer has not seen", async () => {
  const number = await caseOf("Where?")
  const seenMessageId = (await caseNow(number)).lastMessageId
  const reply = plainReply(number, { seenMessageId, seenNoteId: 0 })
  await leaveNote(viewer(ann), number, { body: "Refund him", again: false }, noon)
  expect(await writeReply(viewer(bo), reply, noon)).toBe("something new arrived")
  expect(await writeReply(viewer(bo), { ...reply, seenNoteId: null }, noon)).toMatchObject({})
  await db.transaction((tx) => appendMessage(tx, fromCustomer(number, "Never mind", noon), noon))
  expect(await writeReply(viewer(bo), { ...reply, seenNoteId: null }, noon)).toBe("something new arrived")
})

test("one's own words and a machine's are nothing new", async () => {
  const number = await caseOf("Where?")
  const seenMessageId = (await caseNow(number)).lastMessageId
  await leaveNote(viewer(bo), number, { body: "Mine", again: false }, noon)
  await replied(number)
  const away = { ...fromCustomer(number, "I am away", noon), machine: "auto" as const }
  await db.transaction((tx) => appendMessage(tx, away, noon))
  expect(await writeReply(viewer(bo), plainReply(number, { seenMessageId, seenNoteId: 0 }), noon)).toMatchObject({})
})

test("a snoozed case that is answered wakes", async () => {
  const number = await caseOf("Where?")
  await snoozeCase(viewer(bo), number, later(60), noon)
  await replied(number)
  expect((await caseNow(number)).snoozedUntil).toBeNull()
})

test("a mail that asks for its answer elsewhere is answered there once an agent says so", async () => {
  const { caseNumber } = await arrive(letter({ more: ["Reply-To: Shop <orders@shop.example>"], text: "Where is it?" }))
  const number = caseNumber!
  const before = await replied(number)
  expect(await recipientsNow(before.mailId)).toMatchObject([{ address: dana.address, as: "to" }])
  const chosen = await replied(number, { answerAt: "orders@shop.example", cc: [] })
  expect(await recipientsNow(chosen.mailId)).toMatchObject([{ address: "orders@shop.example", as: "to" }])
  const email = await PostalMime.parse((await mailNow(chosen.mailId)).rendered)
  expect(email.to).toEqual([{ name: "Shop", address: "orders@shop.example" }])
  expect(email.text).not.toContain("Where is it?")
  expect(await caseParticipants(viewer(bo), number)).toContainEqual({
    address: "orders@shop.example",
    name: "Shop",
    standing: "accepted",
    ofCase: null,
  })
  const next = await replied(number)
  expect(await recipientsNow(next.mailId)).toMatchObject([{ address: "orders@shop.example", as: "to" }])
  const back = await replied(number, { answerAt: dana.address, cc: [] })
  expect(await recipientsNow(back.mailId)).toMatchObject([{ address: dana.address, as: "to" }])
})

test("an answer goes to no place that the mail does not name", async () => {
  const { caseNumber } = await arrive(letter())
  const elsewhere = plainReply(caseNumber!, { answerAt: "evil@elsewhere.example" })
  expect(await writeReply(viewer(bo), elsewhere, noon)).toBe("bad address")
})
