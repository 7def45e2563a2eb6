import { eq } from "drizzle-orm"
import { afterEach, expect, test } from "vitest"
import { addParticipant } from "#app/models/cases/participant.server.ts"
import { refusalIn } from "#app/models/mail/given-up.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { retrySending } from "#app/models/mail/resend.server.ts"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { customerAddresses } from "#db/tables/people.ts"
import { bo, dana, eli, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { type Say, type Sink, type SinkScript, startSink } from "#test/support/mail-sink.ts"
import { replied } from "#test/support/replies.ts"
import { startScript } from "#test/support/scripted-server.ts"
import { viewer } from "#test/support/viewer.ts"

const sinks: Sink[] = []
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close()
})

/** Bo's replies, one in a case of its own each, handed to a server that answers so. */
async function sendTo(script: Partial<SinkScript>, count = 1) {
  const sink = await startSink(script)
  sinks.push(sink)
  for (let one = 0; one < count; one++) {
    const number = await caseOf(`Where? ${one}`)
    await db.transaction((tx) => addParticipant(tx, number, dana, "requester", noon))
    await replied(number)
  }
  while (await deliverNext("test", () => later(1), { smtpUrl: sink.url }));
  return sink
}

const says = (words: string) => () => ({ code: 550, words }) satisfies Say
const notices = () => db.select().from(mailToSend).where(eq(mailToSend.kind, "notice"))
async function isGivenUp() {
  const [row] = await db.select().from(customerAddresses).where(eq(customerAddresses.address, dana.address))
  return row?.undeliverableAt !== null
}

test("a server that refuses us and not the address is told to the admins, once a day, with advice", async () => {
  await sendTo({ onRcpt: says("5.7.1 Service unavailable; client host blocked using a block list") }, 3)
  expect(await notices()).toHaveLength(1)
  const [notice] = await notices()
  expect(notice?.subject).toBe("Our mail is refused, and not for a wrong address")
  expect(await isGivenUp()).toBe(false)
})

test("so is one that does not take our sender, and one that takes the letter for spam", async () => {
  await sendTo({ onFrom: says("5.7.1 Sender address rejected: not owned by user") })
  expect(await notices()).toHaveLength(1)
  await sendTo({ onData: says("5.7.1 message identified as spam") })
  expect(await notices()).toHaveLength(2)
  expect(await isGivenUp()).toBe(false)
})

test("a notice that is refused itself makes no other", async () => {
  await sendTo({ onRcpt: says("5.7.1 Relaying denied") })
  expect((await notices()).map(({ failedAt }) => failedAt)).toEqual([later(1)])
})

test("nor does one that is refused on another day", async () => {
  const sink = await startSink({ onRcpt: says("5.7.1 Relaying denied") })
  sinks.push(sink)
  await replied(await caseOf("Where?"))
  await deliverNext("test", () => later(1), { smtpUrl: sink.url })
  for (let day = 1; day <= 5; day++) while (await deliverNext("test", () => later(day * 1440), { smtpUrl: sink.url }));
  expect(await notices()).toHaveLength(1)
})

test("a full mailbox is given up when three mails were refused for it, one that is sent again counted once", async () => {
  const sink = await sendTo({ onRcpt: () => ({ code: 552, words: "5.2.2 Mailbox full" }) }, 2)
  const [{ id } = { id: 0 }] = await db.select().from(mailToSend)
  for (const minutes of [10, 20, 30]) {
    await retrySending(viewer(bo), id, later(minutes))
    await deliverNext("test", () => later(minutes), { smtpUrl: sink.url })
  }
  expect(await isGivenUp()).toBe(false)
  await sendTo({ onRcpt: () => ({ code: 552, words: "5.2.2 Mailbox full" }) })
  expect(await isGivenUp()).toBe(true)
})

test("an address that is none is given up at the first answer", async () => {
  await sendTo({ onRcpt: says("5.1.1 User unknown") })
  expect(await isGivenUp()).toBe(true)
  expect(await notices()).toEqual([])
})

test("a mail refused whole blames no address, for it may be our own that is not known", async () => {
  for (const words of ["5.1.1 Unknown user", "5.1.2 Domain not found"]) await sendTo({ onFrom: says(words) })
  expect(await isGivenUp()).toBe(false)
})

test("kept waiting for two days because of us, the admins hear of it in the end", async () => {
  const server = await startScript({ MAIL: "450 4.7.1 Your IP address is on our blocklist" })
  await replied(await caseOf("Where?"))
  const deliver = (at: Date) => deliverNext("test", () => at, { smtpUrl: server.url })
  await deliver(later(1))
  expect(await notices()).toEqual([])
  await db.update(mailToSend).set({ attempts: 51 })
  await deliver(later(48 * 60))
  await server.close()
  expect(await notices()).toHaveLength(1)
  expect(await isGivenUp()).toBe(false)
})

test("a mail of two days ago that no server answered blames nobody", async () => {
  for (let n = 0; n < 4; n++) await replied(await caseOf(`Where? ${n}`))
  await db.update(mailToSend).set({ attempts: 51 })
  for (let n = 0; n < 4; n++) await deliverNext("test", () => later(1 + 20 * n), { smtpUrl: "smtp://127.0.0.1:1" })
  expect((await db.select().from(mailToSend)).map(({ failedAt }) => failedAt)).not.toContain(null)
  expect(await isGivenUp()).toBe(false)
  expect(await notices()).toEqual([])
})

test("what is said of a letter to several people counts against none of them", async () => {
  const sink = await startSink({ onData: says("5.1.1 User unknown") })
  sinks.push(sink)
  const number = await caseOf("Where?")
  await db.transaction((tx) => addParticipant(tx, number, eli, "accepted", noon))
  await replied(number)
  await deliverNext("test", () => later(1), { smtpUrl: sink.url })
  expect(await isGivenUp()).toBe(false)
})

test("only what the other side answers is a refusal", () => {
  const ours = ["Given up after 48 hours. Last answer: 450 4.2.0 later", "connect ECONNREFUSED 127.0.0.1:25", ""]
  for (const words of [...ours, "Not sent: the mail server does not take addresses"])
    expect([words, refusalIn(words)]).toEqual([words, null])
  expect(refusalIn("550 5.1.1 User unknown")).toEqual({ hard: true, reason: "userunknown", status: "5.1.1" })
  const google = "550-5.7.26 Your email has been blocked because the sender is unauthenticated. 550 5.7.26 x - gsmtp"
  expect(refusalIn(google)).toMatchObject({ hard: false, reason: "authfailure", status: "5.7.26" })
  expect(refusalIn("552 5.2.2 Over quota")).toMatchObject({ hard: false, reason: "mailboxfull" })
})
