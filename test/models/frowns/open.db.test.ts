import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { followUpDue } from "#app/models/frowns/follow-up.server.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { frownQueue } from "#app/models/frowns/queue.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { holidays, settings } from "#db/tables/people.ts"
import { ratings } from "#db/tables/ratings.ts"
import { bo, cy, dana, help, later, noon } from "#test/fixtures/desk.ts"
import { aCase, aFrownedReply, allFrowns, aReply, asBo, eventsOf, press } from "#test/fixtures/frown.ts"

const day = 24 * 60
const settled = later(3)

test("a settled frown opens a frown with the author of the reply, due in one business day", async () => {
  const { caseNumber } = await aFrownedReply()
  expect(await openFromSettled(later(4))).toBe(1)
  const [frown] = await allFrowns()
  expect(frown).toMatchObject({ caseNumber, customerId: dana.id, authorId: bo.id, mailboxId: help.id, ownerId: null })
  expect([frown?.openedAt, frown?.dueAt]).toEqual([settled, later(day, settled)])
  expect(await eventsOf(frown!.id)).toEqual(["opened"])
})

test("a weekend, a holiday and a longer setting move the due time", async () => {
  await db.insert(holidays).values({ day: "2026-03-11", name: "A holiday" })
  await aFrownedReply()
  await openFromSettled(later(4))
  expect((await allFrowns())[0]?.dueAt).toEqual(later(2 * day, settled))
  await db.insert(settings).values({ key: "frowns.dueBusinessDays", value: 3, changedAt: noon })
  await aFrownedReply(later(2 * day))
  await openFromSettled(later(2 * day + 4))
  // Thursday noon, three business days, over the weekend.
  expect((await allFrowns())[1]?.dueAt).toEqual(later(7 * day, settled))
})

test("a worker that was down all night changes neither the opening nor the due time", async () => {
  await aFrownedReply()
  await openFromSettled(later(18 * 60))
  expect((await allFrowns())[0]).toMatchObject({ openedAt: settled, dueAt: later(day, settled) })
})

test("happy and OK open nothing, nor does a void frown, nor one corrected before it settled", async () => {
  const number = await aCase()
  for (const [place, face] of (["happy", "ok", "frown", "frown"] as const).entries()) {
    const { requestId } = await aReply(number, bo, later(place))
    await press(requestId, face, later(10 + place))
    if (place === 2) await db.update(ratings).set({ voidedAt: noon }).where(eq(ratings.requestId, requestId))
    if (place === 3) await press(requestId, "happy", later(14))
  }
  expect(await openFromSettled(later(20))).toBe(0)
  expect(await allFrowns()).toEqual([])
})

test("a second frown in the case attaches to the open one", async () => {
  const { caseNumber } = await aFrownedReply()
  await openFromSettled(later(4))
  const second = await aReply(caseNumber, cy, later(-30))
  await press(second.requestId, "frown", later(10))
  await openFromSettled(later(14))
  const all = await allFrowns()
  expect(all).toHaveLength(1)
  expect(all[0]?.authorId).toBe(bo.id)
  expect(await eventsOf(all[0]!.id)).toEqual(["opened", "another frown"])
  expect(await db.select().from(frownRatings)).toHaveLength(2)
})

test("frowns in two cases are two frowns", async () => {
  await aFrownedReply()
  await aFrownedReply(later(1))
  await openFromSettled(later(5))
  expect(await allFrowns()).toHaveLength(2)
})

test("opened by eight workers at once, each rating is placed once and each case has one open frown", async () => {
  const numbers = [await aCase(), await aCase(), await aCase()]
  for (const number of numbers) {
    for (const minutes of [1, 2, 3, 4]) {
      const { requestId } = await aReply(number, bo, later(minutes - 60))
      await press(requestId, "frown", later(minutes))
    }
  }
  await Promise.all(Array.from({ length: 8 }, () => openFromSettled(later(10))))
  expect(await allFrowns()).toHaveLength(3)
  expect(await db.select().from(frownRatings)).toHaveLength(12)
  expect(await openFromSettled(later(11))).toBe(0)
})

test("a frown in a case that was merged away is shown in the case it lives on in, and stays its own", async () => {
  const { caseNumber } = await aFrownedReply()
  const living = await aCase({ subject: "Same thing" })
  await db.update(cases).set({ mergedInto: living }).where(eq(cases.number, caseNumber))
  await openFromSettled(later(4))
  const queue = await frownQueue(asBo, { state: "open", cursor: null }, later(5))
  expect(queue.rows).toMatchObject([{ frown: { caseNumber }, kase: { number: living } }])
})

test("when two cases are merged their open frowns become one, the older, with what was done for either", async () => {
  const one = await aFrownedReply()
  const two = await aFrownedReply(later(1))
  await openFromSettled(later(5))
  await db
    .update(frowns)
    .set({ ownerId: cy.id, claimedAt: later(6) })
    .where(eq(frowns.caseNumber, two.caseNumber))
  await db.update(cases).set({ mergedInto: two.caseNumber }).where(eq(cases.number, one.caseNumber))
  await openFromSettled(later(10))
  const [kept, joined] = await allFrowns()
  expect(kept).toMatchObject({ closedAt: null, ownerId: cy.id, outcome: null })
  expect(joined).toMatchObject({ joinedInto: kept!.id, outcome: "void", closedAt: later(10) })
  expect(await db.select().from(frownRatings).where(eq(frownRatings.frownId, kept!.id))).toHaveLength(2)
  expect([await eventsOf(kept!.id), await eventsOf(joined!.id)]).toEqual([
    ["opened", "joined"],
    ["opened", "joined"],
  ])
  await openFromSettled(later(11))
  expect(await followUpDue(later(11))).toBe(0)
})

test("a closed flip takes a new frown of its case back within thirty days, as a relapse", async () => {
  const { caseNumber } = await aFrownedReply()
  await openFromSettled(later(4))
  const [frown] = await allFrowns()
  await flipAndClose(frown!.id, caseNumber)
  const next = await aReply(caseNumber, bo, later(3 * day))
  await press(next.requestId, "frown", later(4 * day))
  await openFromSettled(later(4 * day + 4))
  const [back, ...more] = await allFrowns()
  expect(more).toEqual([])
  expect(back).toMatchObject({ outcome: null, closedAt: null, reopenedCount: 1, reopenedAt: later(4 * day) })
  expect(await eventsOf(back!.id)).toEqual([
    ...["opened", "claimed", "contacted", "outcome"],
    ...["another frown", "reopened", "outcome"],
  ])
})

test("after thirty days a frown in the same case is a new matter", async () => {
  const { caseNumber } = await aFrownedReply()
  await openFromSettled(later(4))
  const [frown] = await allFrowns()
  await flipAndClose(frown!.id, caseNumber)
  const next = await aReply(caseNumber, bo, later(39 * day))
  await press(next.requestId, "frown", later(40 * day))
  await openFromSettled(later(40 * day + 4))
  const [old, fresh] = await allFrowns()
  expect(old).toMatchObject({ outcome: "flipped", reopenedCount: 0 })
  expect(fresh).toMatchObject({ outcome: null, openedAt: later(40 * day + 3) })
})

test("a frown on the follow-up of one that was let go brings it back", async () => {
  const { caseNumber } = await aFrownedReply()
  await openFromSettled(later(4))
  const [frown] = await allFrowns()
  const follow = await aReply(caseNumber, bo, later(60), { recovers: frown!.id })
  await followUpDue(later(61))
  await db
    .update(frowns)
    .set({ closedAt: later(90), closedBy: bo.id })
    .where(eq(frowns.id, frown!.id))
  await press(follow.requestId, "frown", later(day))
  await openFromSettled(later(day + 4))
  const [back, ...more] = await allFrowns()
  expect([back?.outcome, back?.closedAt, more]).toEqual(["unmoved", null, []])
})

async function flipAndClose(id: number, caseNumber: number) {
  const follow = await aReply(caseNumber, bo, later(60), { recovers: id })
  await press(follow.requestId, "happy", later(2 * day))
  await followUpDue(later(2 * day + 4))
  await db
    .update(frowns)
    .set({ closedAt: later(2 * day + 5), closedBy: bo.id })
    .where(eq(frowns.id, id))
}
