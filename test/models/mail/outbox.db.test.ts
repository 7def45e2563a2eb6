import { eq, sql } from "drizzle-orm"
import PostalMime from "postal-mime"
import { afterEach, expect, test } from "vitest"
import { waitAgain } from "#app/models/cases/case.server.ts"
import { addParticipant } from "#app/models/cases/participant.server.ts"
import { deliveriesOf } from "#app/models/mail/delivery.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { markSent, resumeMailbox, retrySending } from "#app/models/mail/resend.server.ts"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { ratingRequests } from "#db/tables/ratings.ts"
import { replyTallies } from "#db/tables/sharing.ts"
import { billing, bo, cy, dana, eli, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { type Sink, type SinkScript, startSink } from "#test/support/mail-sink.ts"
import { caseNow, mailNow, recipientsNow, replied } from "#test/support/replies.ts"
import { startScript } from "#test/support/scripted-server.ts"
import { viewer } from "#test/support/viewer.ts"

const link = /\/r\/([a-z2-7]{26})\/happy/
const sinks: Sink[] = []
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close()
})
const sinkWith = async (script: Partial<SinkScript> = {}) => {
  const sink = await startSink(script)
  sinks.push(sink)
  return sink
}
const deliver = (smtpUrl: string | null, at = later(1)) => deliverNext("test", () => at, { smtpUrl })
const stateOf = async (caseNumber: number, at = later(1)) => [...(await deliveriesOf(caseNumber, at)).values()].at(-1)
const plainText = async (raw: Buffer) => (await PostalMime.parse(raw)).text ?? ""

test("a mail leaves when the time to undo is over, not before", async () => {
  const sink = await sinkWith()
  const number = await caseOf("Where?")
  const { mailId } = await replied(number)
  expect(await deliver(sink.url, noon)).toBe(false)
  expect(await deliver(sink.url)).toBe(true)
  expect(await deliver(sink.url)).toBe(false)
  const mail = await mailNow(mailId)
  expect(sink.mails).toMatchObject([{ from: mail.envelopeFrom, to: [dana.address] }])
  expect(mail).toMatchObject({ sentAt: later(1), attempts: 1, leasedUntil: null })
  expect(await stateOf(number)).toMatchObject({ state: "sent", to: [{ address: dana.address, state: "accepted" }] })
})

test("from then on it was asked, and counts as an email of its author", async () => {
  const sink = await sinkWith()
  await replied(await caseOf("Where?"))
  await deliver(sink.url)
  expect(await db.select().from(ratingRequests)).toMatchObject([{ sentAt: later(1), agentId: bo.id }])
  expect(await db.select().from(replyTallies)).toMatchObject([{ agentId: bo.id, mailboxId: help.id, replies: 1 }])
})

test("the customer has the links; our copy loses them once everybody has it", async () => {
  const sink = await sinkWith()
  const { mailId } = await replied(await caseOf("Where?"))
  await deliver(sink.url)
  const [, token = "none"] = (await plainText(sink.mails[0]!.raw)).match(link) ?? []
  expect(token).toHaveLength(26)
  const stored = await mailNow(mailId)
  expect(stored.redactedAt).toEqual(later(1))
  expect(stored.rendered.toString("latin1").replaceAll("=\r\n", "")).not.toContain(token)
  expect(await plainText(stored.rendered)).toContain("It is on its way.")
})

test("without a mail server it is kept, links and all, and counts as sent", async () => {
  const number = await caseOf("Where?")
  const { mailId } = await replied(number)
  expect(await deliver(null)).toBe(true)
  expect(await plainText((await mailNow(mailId)).rendered)).toMatch(link)
  expect(await stateOf(number)).toMatchObject({ state: "kept", to: [{ state: "waiting" }] })
  expect(await db.select().from(ratingRequests)).toMatchObject([{ sentAt: later(1) }])
  expect(await db.select().from(replyTallies)).toMatchObject([{ replies: 1 }])
  expect(await deliver("smtp://127.0.0.1:1", later(60))).toBe(false)
})

test("later, says the server, and it is tried 1, 5, 15, 60 minutes after, then hourly", async () => {
  const sink = await sinkWith({ onRcpt: () => ({ code: 451, words: "Greylisted" }) })
  const number = await caseOf("Where?")
  await replied(number)
  let at = later(1)
  for (const minutes of [1, 5, 15, 60, 60]) {
    await deliver(sink.url, at)
    const next = later(minutes, at)
    expect(await stateOf(number, at)).toMatchObject({
      state: "deferred",
      at: next.toISOString(),
      to: [{ state: "waiting", answer: "451 Greylisted" }],
    })
    expect(await deliver(sink.url, new Date(next.getTime() - 1))).toBe(false)
    at = next
  }
})

test("after 48 hours it has failed, and the customer waits on us again", async () => {
  const server = await startScript({ MAIL: "450 Not now" })
  const number = await caseOf("Where?")
  const { mailId } = await replied(number, { close: true })
  let [at, tries] = [later(1), 0]
  for (; (await mailNow(mailId)).failedAt === null; tries++) {
    at = (await mailNow(mailId)).dueAt
    await deliver(server.url, at)
  }
  await server.close()
  expect(at.getTime() - (await mailNow(mailId)).undoUntil.getTime()).toBe(48 * 3600_000)
  expect(tries).toBe(52)
  expect(await caseNow(number)).toMatchObject({ waitingSince: at, closedAt: null })
  expect(await stateOf(number, at)).toMatchObject({ state: "failed", answer: expect.stringContaining("450 Not now") })
})

test("never, says the server, and it has failed at once with the server's words", async () => {
  const sink = await sinkWith({ onRcpt: () => ({ code: 550, words: "No such person" }) })
  const number = await caseOf("Where?")
  await replied(number)
  await deliver(sink.url)
  expect(await stateOf(number)).toMatchObject({
    state: "failed",
    answer: "550 No such person",
    to: [{ state: "refused", answer: "550 No such person" }],
  })
  expect((await caseNow(number)).waitingSince).toEqual(later(1))
  expect(await db.select().from(replyTallies)).toEqual([])
  expect(await db.select().from(ratingRequests)).toMatchObject([{ sentAt: null }])
  expect(await deliver(sink.url, later(9999))).toBe(false)
})

test("a mail refused after the dot has failed as well", async () => {
  const sink = await sinkWith({ onData: () => ({ code: 554, words: "Looks like spam" }) })
  const number = await caseOf("Where?")
  await replied(number)
  await deliver(sink.url)
  expect(await stateOf(number)).toMatchObject({ state: "failed", answer: "554 Looks like spam" })
})

test("refused by one and taken by another, only one has not got it", async () => {
  const sink = await sinkWith({
    onRcpt: (address) => (address === eli.address ? { code: 550, words: "Gone" } : undefined),
  })
  const number = await caseOf("Where?")
  await db.transaction((tx) => addParticipant(tx, number, eli, "accepted", noon))
  await replied(number)
  await deliver(sink.url)
  expect(await stateOf(number)).toMatchObject({ state: "sent", to: [{ state: "accepted" }, { state: "refused" }] })
  expect((await caseNow(number)).waitingSince).toBeNull()
})

test("a copy that arrives does not hide that the customer got nothing", async () => {
  const sink = await sinkWith({
    onRcpt: (address) => (address === dana.address ? { code: 550, words: "Gone" } : undefined),
  })
  const number = await caseOf("Where?")
  await db.transaction((tx) => addParticipant(tx, number, eli, "accepted", noon))
  await replied(number)
  await deliver(sink.url)
  expect((await caseNow(number)).waitingSince).toEqual(later(1))
})

test("whoever has it is not sent it again while another waits, and it was asked and counted once", async () => {
  let isFull = true
  const sink = await sinkWith({
    onRcpt: (address) => (address === eli.address && isFull ? { code: 452, words: "Full" } : undefined),
  })
  const number = await caseOf("Where?")
  await db.transaction((tx) => addParticipant(tx, number, eli, "accepted", noon))
  const { mailId } = await replied(number)
  await deliver(sink.url)
  expect(await stateOf(number)).toMatchObject({ state: "deferred", to: [{ state: "accepted" }, { state: "waiting" }] })
  expect((await mailNow(mailId)).redactedAt).toBeNull()
  isFull = false
  await deliver(sink.url, later(10))
  expect(sink.mails.map(({ to }) => to)).toEqual([[dana.address], [eli.address]])
  expect(sink.mails[0]?.raw.equals(sink.mails[1]!.raw)).toBe(true)
  expect(await db.select().from(replyTallies)).toMatchObject([{ replies: 1 }])
  expect((await mailNow(mailId)).redactedAt).toEqual(later(10))
})

test("a line that dies after the dot leaves it to a person, and it is never sent again by itself", async () => {
  const sink = await sinkWith({ onData: () => "close" })
  const number = await caseOf("Where?")
  await replied(number)
  await deliver(sink.url)
  expect(await stateOf(number)).toMatchObject({ state: "unconfirmed" })
  expect(sink.mails).toHaveLength(1)
  expect(await deliver(sink.url, later(9999))).toBe(false)
  expect(await db.select().from(ratingRequests)).toMatchObject([{ sentAt: later(1) }])
})

test("a process that dies before the dot is followed by another try, one that dies after it is not", async () => {
  const sink = await sinkWith()
  const before = await replied(await caseOf("Where?"))
  const after = await replied(await caseOf("When?"))
  const dead = { attempts: 1, leasedBy: "dead", leasedUntil: sql`now() - interval '1 second'` }
  await db.update(mailToSend).set(dead)
  await db.update(mailToSend).set({ dotAt: noon }).where(eq(mailToSend.id, after.mailId))
  while (await deliver(sink.url));
  expect(sink.mails).toHaveLength(1)
  expect(await mailNow(before.mailId)).toMatchObject({ sentAt: later(1), attempts: 2 })
  expect(await mailNow(after.mailId)).toMatchObject({ sentAt: null, unconfirmedAt: later(1) })
})

test("what somebody else is sending is left to them", async () => {
  const sink = await sinkWith()
  await replied(await caseOf("Where?"))
  await db.update(mailToSend).set({ leasedBy: "other", leasedUntil: sql`now() + interval '50 seconds'` })
  expect(await deliver(sink.url)).toBe(false)
})

test("an answer that comes after the lease went to somebody else changes nothing", async () => {
  const { mailId } = await replied(await caseOf("Where?"))
  const sink = await sinkWith({
    onData: async () => {
      await db.update(mailToSend).set({ leasedBy: "somebody else" })
      return undefined
    },
  })
  await deliver(sink.url)
  expect(await mailNow(mailId)).toMatchObject({ sentAt: null, leasedBy: "somebody else", redactedAt: null })
})

test("a lease lost before the dot means the dot is not written", async () => {
  await replied(await caseOf("Where?"))
  const sink = await sinkWith({
    onRcpt: async () => {
      await db.update(mailToSend).set({ leasedBy: "somebody else" })
      return undefined
    },
  })
  await expect(deliver(sink.url)).rejects.toThrow("taken over")
  expect(sink.mails).toEqual([])
})

test("the mark is committed while the server still waits for the dot", async () => {
  const { mailId } = await replied(await caseOf("Where?"))
  const seen: (Date | null)[] = []
  const sink = await sinkWith({
    onRcpt: async () => void seen.push((await mailNow(mailId)).dotAt),
    onData: async () => void seen.push((await mailNow(mailId)).dotAt),
  })
  await deliver(sink.url)
  expect(seen).toEqual([null, later(1)])
})

test("a refused sign-in pauses the mailbox, its mail waits unharmed, others go on", async () => {
  const sink = await sinkWith({ users: { desk: "right" } })
  const { mailId } = await replied(await caseOf("Where?"))
  const other = await replied(await caseOf("Where?", noon, eli, billing.id))
  await deliver(sink.url.replace("//", "//desk:wrong@"))
  expect(await db.select().from(mailboxes).orderBy(mailboxes.id)).toMatchObject([
    { pausedAt: later(1), pausedBecause: expect.stringContaining("535") },
    { pausedAt: null },
  ])
  const right = sink.url.replace("//", "//desk:right@")
  while (await deliver(right, later(2)));
  expect((await mailNow(other.mailId)).sentAt).toEqual(later(2))
  expect(await mailNow(mailId)).toMatchObject({ sentAt: null, attempts: 0 })
  expect(await resumeMailbox(viewer(bo), help.id)).toBe("not yours")
  expect(await resumeMailbox(viewer(ida), help.id)).toBe("resumed")
  await deliver(right, later(3))
  expect((await mailNow(mailId)).sentAt).toEqual(later(3))
})

test("sending again what is unconfirmed sends the same bytes under the same name", async () => {
  let isBroken = true
  const sink = await sinkWith({ onData: () => (isBroken ? "close" : undefined) })
  const { mailId } = await replied(await caseOf("Where?"))
  await deliver(sink.url)
  isBroken = false
  expect(await retrySending(viewer(cy), mailId, later(2))).toBe("queued")
  await deliver(sink.url, later(2))
  expect(sink.mails).toHaveLength(2)
  expect(sink.mails[0]?.raw.equals(sink.mails[1]!.raw)).toBe(true)
  expect((await mailNow(mailId)).sentAt).toEqual(later(2))
})

test("what failed can be sent again, with links that work, and the case is answered again", async () => {
  let isBroken = true
  const sink = await sinkWith({ onRcpt: () => (isBroken ? { code: 550, words: "No" } : undefined) })
  const number = await caseOf("Where?")
  const { mailId } = await replied(number)
  await deliver(sink.url)
  isBroken = false
  expect(await retrySending(viewer(bo), mailId, later(2))).toBe("queued")
  expect((await caseNow(number)).waitingSince).toBeNull()
  await deliver(sink.url, later(2))
  expect(await plainText(sink.mails[0]!.raw)).toMatch(link)
  expect(await recipientsNow(mailId)).toMatchObject([{ state: "accepted" }])
})

test("marked as sent it is sent, counted once, and our copy loses its links", async () => {
  const sink = await sinkWith({ onData: () => "close" })
  const number = await caseOf("Where?")
  const { mailId } = await replied(number)
  await deliver(sink.url)
  expect(await markSent(viewer(bo), mailId, later(2))).toBe("sent")
  expect(await stateOf(number)).toMatchObject({ state: "sent", to: [{ answer: "Marked as sent by Bo Diaz" }] })
  expect((await mailNow(mailId)).redactedAt).toEqual(later(2))
  expect(await db.select().from(replyTallies)).toMatchObject([{ replies: 1 }])
})

test("what is neither failed nor open cannot be sent again, and nobody else's mail can", async () => {
  const sink = await sinkWith()
  const { mailId } = await replied(await caseOf("Where?", noon, dana, billing.id))
  expect(await retrySending(viewer(bo), mailId, noon)).toBe("not possible now")
  expect(await markSent(viewer(bo), mailId, noon)).toBe("not possible now")
  expect(await retrySending(viewer(cy), mailId, noon)).toBe("no such mail")
  await deliver(sink.url)
  expect(await retrySending(viewer(bo), mailId, noon)).toBe("not possible now")
})

test("many senders at once send each mail once", async () => {
  const sink = await sinkWith()
  for (let n = 0; n < 30; n++) await replied(await caseOf(`Question ${n}`))
  const sender = async () => {
    while (await deliver(sink.url));
  }
  await Promise.all(Array.from({ length: 8 }, sender))
  const ids = sink.mails.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString())?.[1])
  expect(new Set(ids).size).toBe(30)
  expect(ids).toHaveLength(30)
})

test("a case that waited for another reason still waits after a failure", async () => {
  const sink = await sinkWith({ onRcpt: () => ({ code: 550, words: "No" }) })
  const number = await caseOf("Where?")
  await replied(number)
  await db.transaction((tx) => waitAgain(tx, number, noon))
  await deliver(sink.url)
  expect((await caseNow(number)).waitingSince).toEqual(noon)
})
