import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { ensureCauses } from "#app/models/frowns/cause.server.ts"
import { followUpDue } from "#app/models/frowns/follow-up.server.ts"
import { closeFrown, logCall } from "#app/models/frowns/frown.server.ts"
import { stateOf } from "#app/models/frowns/frown.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { db } from "#db/connection.server.ts"
import { cases, drafts, messages } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { agents, customerAddresses } from "#db/tables/people.ts"
import { ratings, ratingVotes } from "#db/tables/ratings.ts"
import { ann, bo, cy, dana, later } from "#test/fixtures/desk.ts"
import { aCase, aFrownedReply, allFrowns, aReply, asBo, eventsOf, press } from "#test/fixtures/frown.ts"

const day = 24 * 60

/** Bo's reply was frowned at noon, and the frown opened three minutes later. */
async function aFrown() {
  const reply = await aFrownedReply()
  await openFromSettled(later(3))
  const [frown] = await allFrowns()
  return { ...reply, id: frown!.id }
}
const frownNow = async () => (await allFrowns())[0]!

test("a reply that has left is the first contact, one that waits to be undone is not", async () => {
  const { caseNumber, id } = await aFrown()
  const { messageId } = await aReply(caseNumber, cy, later(60), { left: false })
  expect(await followUpDue(later(60))).toBe(0)
  await db
    .update(mailToSend)
    .set({ sentAt: later(61) })
    .where(eq(mailToSend.messageId, messageId))
  expect(await followUpDue(later(62))).toBe(1)
  expect(await frownNow()).toMatchObject({ firstContactAt: later(61), contactedBy: "reply", ownerId: cy.id })
  expect(await eventsOf(id)).toEqual(["opened", "claimed", "contacted"])
})

test("without an SMTP server a reply that is kept counts as sent", async () => {
  const { caseNumber } = await aFrown()
  const { messageId } = await aReply(caseNumber, cy, later(60), { left: false })
  await db
    .update(mailToSend)
    .set({ keptAt: later(61) })
    .where(eq(mailToSend.messageId, messageId))
  await followUpDue(later(62))
  expect((await frownNow()).firstContactAt).toEqual(later(61))
})

test("a reply written before the frown is no contact, even if it leaves after it", async () => {
  const { caseNumber } = await aFrown()
  const { messageId } = await aReply(caseNumber, cy, later(2), { left: false })
  await db
    .update(mailToSend)
    .set({ sentAt: later(5) })
    .where(eq(mailToSend.messageId, messageId))
  expect(await followUpDue(later(6))).toBe(0)
})

test("a reply that every address refused is no contact", async () => {
  const { caseNumber } = await aFrown()
  const { messageId } = await aReply(caseNumber, cy, later(60))
  const [mail] = await db.select().from(mailToSend).where(eq(mailToSend.messageId, messageId))
  const to = { mailId: mail!.id, address: dana.address, as: "to", state: "bounced" } as const
  await db.insert(mailRecipients).values(to)
  expect(await followUpDue(later(61))).toBe(0)
})

test("a reply in a case merged into this one is a contact too", async () => {
  const { caseNumber } = await aFrown()
  const other = await aCase({ subject: "The same again" })
  await aReply(other, cy, later(60))
  await db.update(cases).set({ mergedInto: other }).where(eq(cases.number, caseNumber))
  await followUpDue(later(61))
  expect((await frownNow()).firstContactAt).toEqual(later(60))
})

test("contact and then happy on the first link is a flip", async () => {
  const { caseNumber, requestId, id } = await aFrown()
  await aReply(caseNumber, bo, later(60), { recovers: id })
  await followUpDue(later(61))
  await press(requestId, "happy", later(day))
  expect(await followUpDue(later(day + 3))).toBe(1)
  const frown = await frownNow()
  expect(frown).toMatchObject({ outcome: "flipped", outcomeAt: later(day), closedAt: null })
  expect(stateOf(frown)).toBe("flipped")
})

test("happy on the reply that followed it up is a flip, marked or not", async () => {
  const { caseNumber } = await aFrown()
  const follow = await aReply(caseNumber, bo, later(60))
  await press(follow.requestId, "happy", later(day))
  await followUpDue(later(day + 3))
  expect((await frownNow()).outcome).toBe("flipped")
})

test("happy before anybody wrote is a correction and leaves the queue", async () => {
  const { requestId } = await aFrown()
  await press(requestId, "happy", later(20))
  await followUpDue(later(23))
  expect(await frownNow()).toMatchObject({ outcome: "withdrawn", closedAt: later(23), firstContactAt: null })
})

test("a vote that has not settled changes nothing yet", async () => {
  const { caseNumber, requestId } = await aFrown()
  await aReply(caseNumber, bo, later(60))
  await followUpDue(later(61))
  await db.insert(ratingVotes).values({ requestId, at: later(70), face: "happy", status: "accepted", mode: "tap" })
  expect(await followUpDue(later(71))).toBe(0)
})

test("fourteen days of silence are no answer, and a mail from the customer is not silence", async () => {
  const { caseNumber } = await aFrown()
  await aReply(caseNumber, bo, later(60))
  await followUpDue(later(61))
  expect(await followUpDue(later(60 + 14 * day - 1))).toBe(0)
  await followUpDue(later(60 + 14 * day))
  expect((await frownNow()).outcome).toBe("no answer")
  await db.insert(messages).values({
    caseNumber,
    kind: "email",
    at: later(15 * day),
    from: { name: dana.name, address: dana.address },
  })
  await followUpDue(later(15 * day))
  expect((await frownNow()).outcome).toBeNull()
})

test("a customer whose every address is undeliverable is unreachable", async () => {
  await aFrown()
  await db
    .update(customerAddresses)
    .set({ undeliverableAt: later(5) })
    .where(eq(customerAddresses.customerId, dana.id))
  await followUpDue(later(6))
  expect(await frownNow()).toMatchObject({ outcome: "unreachable", closedAt: null })
})

test("a voided rating takes the frown out, contacted or not", async () => {
  const { requestId } = await aFrown()
  await db
    .update(ratings)
    .set({ voidedAt: later(9), voidedBy: ann.id, voidedBecause: "spam" })
    .where(eq(ratings.requestId, requestId))
  await followUpDue(later(10))
  expect(await frownNow()).toMatchObject({ outcome: "void", closedAt: later(10) })
  expect(await openFromSettled(later(11))).toBe(0)
})

test("a happier face after closing still flips, and a frown after it opens the frown again", async () => {
  await ensureCauses(db)
  const { caseNumber, requestId, id } = await aFrown()
  await aReply(caseNumber, bo, later(60))
  await followUpDue(later(61))
  const closing = { cause: "tone", whatWeDid: "Said sorry and answered properly", dismissedAs: null }
  expect(await closeFrown(asBo, id, closing, later(90))).toBe("closed")
  await press(requestId, "happy", later(day))
  await followUpDue(later(day + 3))
  expect(await frownNow()).toMatchObject({ outcome: "flipped", closedAt: later(90) })
  await press(requestId, "frown", later(2 * day))
  await followUpDue(later(2 * day + 3))
  expect(await frownNow()).toMatchObject({ outcome: null, closedAt: null, reopenedCount: 1 })
})

test("a telephone call is a contact, and what they said is not a flip", async () => {
  const { id } = await aFrown()
  expect(await logCall(asBo, id, { words: "Is content again", told: "happier", again: false }, later(30))).toBe(
    "called",
  )
  await followUpDue(later(31))
  expect(await frownNow()).toMatchObject({
    firstContactAt: later(30),
    contactedBy: "call",
    toldImprovedAt: later(30),
    outcome: null,
    ownerId: bo.id,
  })
})

test("a vote by telephone is not the customer's own", async () => {
  const { caseNumber } = await aFrown()
  const follow = await aReply(caseNumber, bo, later(60))
  await followUpDue(later(61))
  await press(follow.requestId, "happy", later(day))
  await db.update(ratingVotes).set({ mode: "phone" }).where(eq(ratingVotes.requestId, follow.requestId))
  await followUpDue(later(day + 3))
  expect((await frownNow()).outcome).toBeNull()
})

test("an idle claim goes back after two business days, unless its owner is writing", async () => {
  const { id, caseNumber } = await aFrown()
  const claimed = { ownerId: bo.id, claimedAt: later(10) }
  await db.update(frowns).set(claimed).where(eq(frowns.id, id))
  await db.insert(drafts).values({ caseNumber, agentId: bo.id, body: "Dear Dana", savedAt: later(day) })
  expect(await followUpDue(later(10 + 2 * day))).toBe(0)
  await db.delete(drafts)
  expect(await followUpDue(later(10 + 2 * day))).toBe(1)
  expect(await frownNow()).toMatchObject({ ownerId: null, claimedAt: null })
  expect(await eventsOf(id)).toEqual(["opened", "unclaimed"])
})

test("whoever leaves the desk leaves their frowns to the others", async () => {
  const { id } = await aFrown()
  await db
    .update(frowns)
    .set({ ownerId: bo.id, claimedAt: later(10) })
    .where(eq(frowns.id, id))
  await db
    .update(agents)
    .set({ deactivatedAt: later(11) })
    .where(eq(agents.id, bo.id))
  await followUpDue(later(12))
  expect((await frownNow()).ownerId).toBeNull()
})

test("two workers following at once write each change once", async () => {
  const { caseNumber, id } = await aFrown()
  await aReply(caseNumber, bo, later(60))
  const changed = await Promise.all(Array.from({ length: 6 }, () => followUpDue(later(61))))
  expect(changed.reduce((sum, each) => sum + each, 0)).toBe(1)
  expect(await eventsOf(id)).toEqual(["opened", "claimed", "contacted"])
})
