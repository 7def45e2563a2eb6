import { eq, ne } from "drizzle-orm"
import PostalMime from "postal-mime"
import { afterEach, expect, test } from "vitest"
import { addParticipant } from "#app/models/cases/participant.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { retrySending } from "#app/models/mail/resend.server.ts"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { customerAddresses } from "#db/tables/people.ts"
import { bounces } from "#db/tables/ways.ts"
import { bo, dana, eli, ida, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { type Say, type Sink, type SinkScript, startSink } from "#test/support/mail-sink.ts"
import { mailNow, recipientsNow, replied } from "#test/support/replies.ts"
import { startScript } from "#test/support/scripted-server.ts"
import { viewer } from "#test/support/viewer.ts"

const sinks: Sink[] = []
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close()
})
async function sinkWith(script: Partial<SinkScript>) {
  const sink = await startSink(script)
  sinks.push(sink)
  return sink
}
const deliver = (smtpUrl: string, at = later(1)) => deliverNext("test", () => at, { smtpUrl })
const no = (words: string, code = 550) => ({ code, words })
/** It speaks so to customers; the admins' own server takes what they are sent. */
const toCustomers = (say: Say) => (address: string) => (address === ida.email ? undefined : say)

const isNotice = eq(mailToSend.kind, "notice")
const notices = async () =>
  Promise.all(
    (await db.select().from(mailToSend).where(isNotice).orderBy(mailToSend.id)).map(
      async ({ rendered }) => (await PostalMime.parse(rendered)).text ?? "",
    ),
  )
const givenUp = async () =>
  (await db.select().from(customerAddresses)).flatMap((row) => (row.undeliverableAt ? [row.address] : []))

/** Bo answers, and a server says this to whomever it is for. */
async function refusedAt(step: "onFrom" | "onRcpt" | "onData", say: Say, at = noon) {
  const sink = await sinkWith({ [step]: () => say })
  const posted = await replied(await caseOf("Where?", at), {}, at)
  await deliver(sink.url, later(1, at))
  return { ...posted, sink }
}

test("the admins hear what a refusal says about us, with what to do, and the address is not blamed", async () => {
  const cases = [
    ["onRcpt", no("5.7.1 Relaying denied"), "not responsible"],
    ["onRcpt", no("5.7.25 Your server has no reverse DNS"), "PTR"],
    ["onRcpt", no("5.1.8 <help@desk.example>: Sender address rejected: Domain not found"), "mailbox's address"],
    ["onRcpt", no("Your IP address is blocked using zen.spamhaus.org", 554), "block list"],
    ["onFrom", no("5.7.26 Unauthenticated email from desk.example is not accepted due to DMARC policy"), "SPF"],
    ["onData", no("5.7.1 Contains a virus", 554), "files"],
  ] as const
  for (const [n, [step, say, advice]] of cases.entries()) {
    const { mailId } = await refusedAt(step, say)
    expect(await recipientsNow(mailId)).toMatchObject([{ state: "refused" }])
    const told = (await notices()).map((text) => text.replace(/\s+/g, " "))
    expect(told).toHaveLength(n + 1)
    expect(told[n]).toContain(`to ${dana.address} was refused: "${say.code} ${say.words}"`)
    expect(told[n]).toContain(advice)
  }
  expect(await givenUp()).toEqual([])
})

test("they hear of one matter once a day, whatever happens how often", async () => {
  for (const at of [noon, later(60), later(1440)]) await refusedAt("onRcpt", no("5.7.1 Relaying denied"), at)
  expect(await notices()).toHaveLength(2)
})

test("refused by a server to its face, an address that cannot be is given up as by a bounce", async () => {
  await refusedAt("onRcpt", no("5.1.1 User unknown"))
  expect(await givenUp()).toEqual([dana.address])
  expect(await notices()).toEqual([])
  expect(await db.select().from(bounces)).toMatchObject([
    { address: dana.address, hard: true, reason: "userunknown", status: "5.1.1" },
  ])
})

test("only the one whom the server does not know is given up", async () => {
  const sink = await sinkWith({ onRcpt: (address) => (address === eli.address ? no("No such user") : undefined) })
  const number = await caseOf("Where?")
  await caseOf("When?", noon, eli)
  await db.transaction((tx) => addParticipant(tx, number, eli, "accepted", noon))
  await replied(number)
  await deliver(sink.url)
  expect(await givenUp()).toEqual([eli.address])
})

test("a full mailbox is given up when three mails in a week were refused for it, the same mail counted once", async () => {
  const full = no("5.2.2 Mailbox full", 552)
  const { mailId, sink } = await refusedAt("onRcpt", full)
  for (const minutes of [10, 20, 30]) {
    await retrySending(viewer(bo), mailId, later(minutes))
    await deliver(sink.url, later(minutes))
  }
  await refusedAt("onRcpt", full, later(60))
  expect(await givenUp()).toEqual([])
  await refusedAt("onRcpt", full, later(120))
  expect(await givenUp()).toEqual([dana.address])
})

test("a mail refused whole blames no address, for it may be our own that is not known", async () => {
  await refusedAt("onFrom", no("5.1.1 Unknown user"))
  expect(await givenUp()).toEqual([])
  expect(await db.select().from(bounces)).toEqual([])
})

test("what we say ourselves of an address or a line blames nobody", async () => {
  for (let n = 0; n < 4; n++) {
    const { mailId } = await replied(await caseOf("Where?"))
    await db.update(mailToSend).set({ attempts: 51 }).where(eq(mailToSend.id, mailId))
    await deliver("smtp://127.0.0.1:1", later(1 + 20 * n))
    expect((await mailNow(mailId)).failedAt).not.toBeNull()
  }
  expect(await db.select().from(bounces)).toEqual([])
  expect(await notices()).toEqual([])
})

test("kept waiting for two days because of us, the admins hear of it in the end", async () => {
  const server = await startScript({ MAIL: "450 4.7.1 Your IP address is on our blocklist" })
  const { mailId } = await replied(await caseOf("Where?"))
  await deliver(server.url)
  expect(await notices()).toEqual([])
  await db.update(mailToSend).set({ attempts: 51 }).where(eq(mailToSend.id, mailId))
  await deliver(server.url, later(48 * 60))
  await server.close()
  expect((await mailNow(mailId)).failedAt).not.toBeNull()
  expect(await notices()).toHaveLength(1)
  expect(await givenUp()).toEqual([])
})

test("a notice that is refused itself, on whatever day, is followed by none", async () => {
  const sink = await sinkWith({ onRcpt: () => no("5.7.1 Relaying denied") })
  await replied(await caseOf("Where?"))
  await deliver(sink.url)
  for (let day = 1; day <= 5; day++) while (await deliver(sink.url, later(day * 1440)));
  expect(await notices()).toHaveLength(1)
})

test("the notice leaves by the same server where that takes it", async () => {
  const sink = await sinkWith({ onRcpt: toCustomers(no("5.7.1 Relaying denied")) })
  await replied(await caseOf("Where?"))
  while (await deliver(sink.url));
  expect(sink.mails.map(({ to }) => to)).toEqual([[ida.email]])
  expect(await db.select().from(mailToSend).where(ne(mailToSend.kind, "notice"))).toMatchObject([
    { failedAt: later(1) },
  ])
})
