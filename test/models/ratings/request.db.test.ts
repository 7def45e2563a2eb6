import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { openLink } from "#app/models/ratings/landing.server.ts"
import { requestBounced, requestsSent, revokeRequest } from "#app/models/ratings/request.server.ts"
import { db } from "#db/connection.server.ts"
import { customers, settings } from "#db/tables/people.ts"
import { ratingRequests, ratingTallies } from "#db/tables/ratings.ts"
import { asked, tallied } from "#test/fixtures/asked.ts"
import { ann, billing, bo, dana, later, noon } from "#test/fixtures/desk.ts"

const day = 1440
const requestOf = async (id: number) => (await db.select().from(ratingRequests).where(eq(ratingRequests.id, id)))[0]!

test("an ask freezes author, mailbox, case and customer, and keeps the token only as a hash", async () => {
  const { token, requestId, caseNumber } = await asked({ agentId: ann.id, mailboxId: billing.id })
  const row = await requestOf(requestId)
  expect(row).toMatchObject({ agentId: ann.id, mailboxId: billing.id, caseNumber, originCaseNumber: caseNumber })
  expect(JSON.stringify(row)).not.toContain(token)
  expect(await openLink(token.toUpperCase(), noon)).toEqual({ requestId, link: "live" })
})

test("sending counts the ask under that day and gives the links thirty days", async () => {
  const { requestId, replyId } = await asked({ sentAt: null })
  expect(await tallied()).toMatchObject({ asked: 0 })
  await db.transaction((tx) => requestsSent(tx, [replyId], later(5)))
  expect(await requestOf(requestId)).toMatchObject({ sentAt: later(5), expiresAt: later(5 + 30 * day) })
  const [row] = await db.select().from(ratingTallies)
  expect(row).toMatchObject({ basis: "sent", day: "2026-03-10", mailboxId: 1, agentId: bo.id, asked: 1 })
})

test("sent twice is asked once", async () => {
  const { replyId } = await asked()
  await db.transaction((tx) => requestsSent(tx, [replyId], later(60)))
  expect(await tallied()).toMatchObject({ asked: 1 })
})

test("the day is the desk's, not the server's", async () => {
  await db.insert(settings).values({ key: "desk.timeZone", value: "Pacific/Auckland", changedAt: noon })
  await asked()
  expect((await db.select().from(ratingTallies)).map((row) => row.day)).toEqual(["2026-03-11"])
})

test("links live as many days as the desk is set to", async () => {
  await db.insert(settings).values({ key: "ratings.linkDays", value: 7, changedAt: noon })
  const { token } = await asked()
  expect((await openLink(token, later(7 * day)))?.link).toBe("live")
  expect((await openLink(token, later(7 * day + 1)))?.link).toBe("expired")
})

test("a reply with the line left off has no links and is counted as left off", async () => {
  const { token, requestId } = await asked({ leftOffBy: bo.id })
  expect(token).toBe("")
  expect(await requestOf(requestId)).toMatchObject({ tokenHash: null, leftOffBy: bo.id })
  expect(await tallied()).toMatchObject({ asked: 0, leftOff: 1 })
})

test("a customer who asked not to be asked is not, and that is nobody's leaving off", async () => {
  await db.update(customers).set({ optedOutAt: noon }).where(eq(customers.id, dana.id))
  expect(await asked()).toMatchObject({ token: "", requestId: 0 })
  expect(await tallied()).toMatchObject({ asked: 0, leftOff: 0 })
})

test("what bounced was never asked", async () => {
  const { replyId } = await asked()
  await db.transaction((tx) => requestBounced(tx, replyId, later(1)))
  await db.transaction((tx) => requestBounced(tx, replyId, later(2)))
  expect(await tallied()).toMatchObject({ asked: 0 })
})

test("a follow-up to a frown is in no count of the headline", async () => {
  await asked({ recoveryFrownId: 9 })
  expect(await tallied()).toMatchObject({ asked: 0, leftOff: 0 })
})

test("a revoked link leads nowhere and keeps its first reason", async () => {
  const { token, replyId, requestId } = await asked()
  await db.transaction((tx) => revokeRequest(tx, replyId, "spam", later(1)))
  await db.transaction((tx) => revokeRequest(tx, replyId, "again", later(2)))
  expect((await openLink(token, later(3)))?.link).toBe("revoked")
  expect((await requestOf(requestId)).revokedBecause).toBe("spam")
})

test("a token that never was opens nothing", async () => {
  expect(await openLink("a".repeat(26), noon)).toBeNull()
})
