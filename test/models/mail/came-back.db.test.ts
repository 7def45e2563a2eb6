import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { closeCase } from "#app/models/cases/case.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { customerAddresses } from "#db/tables/people.ts"
import { ratingRequests } from "#db/tables/ratings.ts"
import { ann, dana, eli, ida, later } from "#test/fixtures/desk.ts"
import { arrive, letter, storyOf } from "#test/support/arrive.ts"
import { mailNow, recipientsNow, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

type Notice = { action?: string; status?: string; address?: string; original?: string; words?: string }

/** A delivery report as RFC 3464 has it. */
function report({ action, status, address, original, words }: Notice) {
  return [
    "From: Mail Delivery System <MAILER-DAEMON@mx.customer.example>",
    "Subject: Undelivered Mail Returned to Sender",
    "Message-ID: <dsn@mx.customer.example>",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
    "",
    "--r\r\n\r\nI am sorry to have to inform you.\r\n--r",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.customer.example",
    "",
    `Final-Recipient: rfc822; ${address ?? dana.address}`,
    `Action: ${action ?? "failed"}`,
    `Status: ${status ?? "5.1.1"}`,
    `Diagnostic-Code: smtp; ${words ?? "550 5.1.1 user unknown"}`,
    "--r",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${original ?? "<other@elsewhere.example>"}`,
    "--r--",
  ].join("\r\n")
}

/** Dana asked, Bo answered, and his mail has left. */
async function answered() {
  const opened = await arrive(letter())
  const number = opened.caseNumber!
  const { messageId, mailId } = await replied(number, {}, later(1))
  await db
    .update(mailToSend)
    .set({ sentAt: later(2) })
    .where(eq(mailToSend.id, mailId))
  await db.update(mailRecipients).set({ state: "accepted" }).where(eq(mailRecipients.mailId, mailId))
  return { number, messageId, mailId, mail: await mailNow(mailId) }
}

const bounced = (raw: string, to: string, minutes = 5) => arrive(raw, { from: "", to: [to], at: later(minutes) })

test("a bounce to its return path fails the very reply, and the case waits on us again", async () => {
  const { number, messageId, mailId, mail } = await answered()
  const row = await bounced(report({}), mail.envelopeFrom)
  expect(row).toMatchObject({ fate: "bounce", caseNumber: number })
  expect(row.because).toBe(`Our mail could not be delivered to ${dana.address}.`)
  expect(await recipientsNow(mailId)).toMatchObject([{ state: "bounced", answer: "5.1.1 userunknown", at: later(5) }])
  const { kase, last } = await storyOf(number)
  expect(last).toMatchObject({ machine: "bounce", joinedBecause: row.because })
  expect(kase.waitingSince).toEqual(later(5))
  const [request] = await db.select().from(ratingRequests).where(eq(ratingRequests.replyId, messageId))
  expect(request?.bouncedAt).toEqual(later(5))
  const [address] = await db.select().from(customerAddresses).where(eq(customerAddresses.address, dana.address))
  expect(address?.undeliverableAt).toEqual(later(5))
})

test("where the envelope was rewritten our Message-ID in the notice names the reply", async () => {
  const { number, mailId, mail } = await answered()
  const row = await bounced(report({ original: mail.rfcMessageId }), "help@desk.example")
  expect(row).toMatchObject({ fate: "bounce", caseNumber: number })
  expect(await recipientsNow(mailId)).toMatchObject([{ state: "bounced" }])
})

test("a full mailbox is a failure of this mail, not of the address", async () => {
  const { mail, mailId } = await answered()
  await bounced(report({ status: "5.2.2", words: "552 5.2.2 mailbox full" }), mail.envelopeFrom)
  expect(await recipientsNow(mailId)).toMatchObject([{ state: "bounced", answer: "5.2.2 mailboxfull" }])
  const [address] = await db.select().from(customerAddresses).where(eq(customerAddresses.address, dana.address))
  expect(address?.undeliverableAt).toBeNull()
})

test("a warning that somebody is still trying fails nothing", async () => {
  const { number, mail, mailId } = await answered()
  const row = await bounced(
    report({ action: "delayed", status: "4.4.1", words: "connection timed out" }),
    mail.envelopeFrom,
  )
  expect(row).toMatchObject({ fate: "bounce", caseNumber: number })
  expect(row.because).toContain("still trying")
  expect(await recipientsNow(mailId)).toMatchObject([{ state: "accepted" }])
  expect((await storyOf(number)).kase.waitingSince).toBeNull()
})

test("a bounce anybody can write is shown where it may belong and changes nothing", async () => {
  const { number, mailId } = await answered()
  const row = await bounced(report({}), "help@desk.example")
  expect(row).toMatchObject({ fate: "bounce", caseNumber: number })
  expect(row.because).toContain("without proof")
  expect(await recipientsNow(mailId)).toMatchObject([{ state: "accepted" }])
  const [address] = await db.select().from(customerAddresses).where(eq(customerAddresses.address, dana.address))
  expect(address?.undeliverableAt).toBeNull()
  expect((await storyOf(number)).kase.waitingSince).toBeNull()
})

test("a bounce of nothing we sent rests in the ledger", async () => {
  const row = await bounced(report({ address: "nobody@elsewhere.example" }), "help@desk.example")
  expect(row).toMatchObject({ fate: "bounce", caseNumber: null })
  expect(await db.select().from(cases)).toEqual([])
})

test("a return path with a forged signature proves nothing", async () => {
  const { mail, mailId } = await answered()
  await bounced(report({}), mail.envelopeFrom.replace(/\.[a-z2-7]{16}@/, ".aaaaaaaaaaaaaaaa@"))
  expect(await recipientsNow(mailId)).toMatchObject([{ state: "accepted" }])
})

test("of two recipients only the one that failed is marked, and somebody has read it", async () => {
  const opened = await arrive(letter({ more: [`Cc: ${eli.address}`] }))
  const { mailId } = await replied(opened.caseNumber!, {}, later(1))
  await db.update(mailRecipients).set({ state: "accepted" }).where(eq(mailRecipients.mailId, mailId))
  const { envelopeFrom } = await mailNow(mailId)
  await bounced(report({ address: eli.address }), envelopeFrom)
  const states = (await recipientsNow(mailId)).map(({ address, state }) => [address, state])
  expect(states).toEqual([
    [dana.address, "accepted"],
    [eli.address, "bounced"],
  ])
  expect((await storyOf(opened.caseNumber!)).kase.waitingSince).toBeNull()
})

test("a bounce that comes after the customer wrote again changes no fact of the case", async () => {
  const { number, mail } = await answered()
  await arrive(letter({ more: [`In-Reply-To: ${mail.rfcMessageId}`] }), { at: later(3) })
  await closeCase(viewer(ann), number, later(4))
  await bounced(report({}), mail.envelopeFrom)
  expect((await storyOf(number)).kase).toMatchObject({ closedAt: later(4), waitingSince: null })
})

test("a complaint is shown at the reply it is about and reopens nothing", async () => {
  const { number, mail } = await answered()
  const raw = report({ original: mail.rfcMessageId })
    .replace("delivery-status", "feedback-report")
    .replace("message/delivery-status", "message/feedback-report")
  const row = await bounced(raw, mail.envelopeFrom)
  expect(row).toMatchObject({ fate: "complaint", caseNumber: number })
  expect((await storyOf(number)).last.machine).toBe("complaint")
  expect((await storyOf(number)).kase.waitingSince).toBeNull()
})

test("a customer who writes from an address that came back is there after all", async () => {
  const { mail } = await answered()
  await bounced(report({}), mail.envelopeFrom)
  const dead = async () => (await db.select().from(customerAddresses)).filter((row) => row.undeliverableAt !== null)
  expect((await dead()).map((row) => row.address)).toEqual([dana.address])
  await arrive(letter({ text: "I am back", id: "<back@customer.example>" }), { at: later(60) })
  expect(await dead()).toEqual([])
})

test("three soft bounces in a week give an address up, one more a month later does not", async () => {
  const soft = report({ status: "4.2.2", words: "452 4.2.2 mailbox full" })
  const dead = async () =>
    (await db.select().from(customerAddresses).where(eq(customerAddresses.address, dana.address)))[0]?.undeliverableAt
  for (const [n, day] of [0, 1, 40, 41].entries()) {
    const { mail } = await answered()
    await bounced(soft.replace("<dsn@", `<dsn${n}@`), mail.envelopeFrom, 5 + day * 1440)
    expect(await dead()).toBeNull()
  }
  const { mail } = await answered()
  await bounced(soft.replace("<dsn@", "<dsn9@"), mail.envelopeFrom, 5 + 42 * 1440)
  expect(await dead()).not.toBeNull()
})

test("mail refused as spam blames no address, and the admins are told", async () => {
  const { mail } = await answered()
  await bounced(report({ status: "5.7.1", words: "550 5.7.1 message identified as spam" }), mail.envelopeFrom)
  const [address] = await db.select().from(customerAddresses).where(eq(customerAddresses.address, dana.address))
  expect(address?.undeliverableAt).toBeNull()
  const notices = await db.select().from(mailToSend).where(eq(mailToSend.kind, "notice"))
  expect(notices).toHaveLength(1)
})

test("a notice that comes back itself is followed by none", async () => {
  const spam = report({ status: "5.7.1", words: "550 5.7.1 message identified as spam" })
  const { mail } = await answered()
  await bounced(spam, mail.envelopeFrom)
  const notices = () => db.select().from(mailToSend).where(eq(mailToSend.kind, "notice"))
  const [told] = await notices()
  const back = report({ status: "5.7.1", address: ida.email, original: told!.rfcMessageId }).replace("<dsn@", "<dsn2@")
  expect(await bounced(back, "help@desk.example", 1440)).toMatchObject({ fate: "bounce", caseNumber: null })
  expect(await recipientsNow(told!.id)).toMatchObject([{ state: "bounced" }])
  expect(await notices()).toHaveLength(1)
})

test("being asked to send slower, however often, counts against no address", async () => {
  const slower = report({ status: "4.4.5", words: "451 4.4.5 too many connections from your host" })
  const full = report({ status: "4.2.2", words: "452 4.2.2 mailbox full" })
  for (const [n, notice] of [slower, slower, slower, full].entries()) {
    const { mail } = await answered()
    await bounced(notice.replace("<dsn@", `<slow${n}@`), mail.envelopeFrom)
  }
  const [address] = await db.select().from(customerAddresses).where(eq(customerAddresses.address, dana.address))
  expect(address?.undeliverableAt).toBeNull()
  const notices = await db.select().from(mailToSend).where(eq(mailToSend.kind, "notice"))
  expect(notices.map(({ subject }) => subject)).toEqual(["Our mail is refused, and not for a wrong address"])
})

test("a thousand forged bounces suppress nobody", async () => {
  await answered()
  for (let n = 0; n < 20; n++) await arrive(report({}).replace("<dsn@", `<f${n}@`), { from: "", at: later(5) })
  const [address] = await db.select().from(customerAddresses).where(eq(customerAddresses.address, dana.address))
  expect(address?.undeliverableAt).toBeNull()
})

test("a bounce is known by the envelope id we gave it, whatever else was rewritten", async () => {
  const { number, mail } = await answered()
  const id = mail.rfcMessageId.replace(/^<|>$/g, "")
  const raw = report({}).replace("Reporting-MTA:", `Original-Envelope-Id: ${id}\r\nReporting-MTA:`)
  expect(await arrive(raw, { from: "", at: later(5) })).toMatchObject({ fate: "bounce", caseNumber: number })
  expect((await recipientsNow(mail.id))[0]?.state).toBe("bounced")
})
