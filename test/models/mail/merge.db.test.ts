import { and, eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { closeCase } from "#app/models/cases/case.server.ts"
import { caseParticipants } from "#app/models/cases/case-people.server.ts"
import { conversation } from "#app/models/cases/conversation.server.ts"
import { mergeCase, unmergeCase } from "#app/models/cases/merge.server.ts"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { leaveNote } from "#app/models/cases/note.server.ts"
import { rebuildCases } from "#app/models/cases/rebuild.server.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { writeReply } from "#app/models/mail/reply.server.ts"
import { undoReply } from "#app/models/mail/undo.server.ts"
import { requestsSent } from "#app/models/ratings/request.server.ts"
import { db } from "#db/connection.server.ts"
import { caseEvents } from "#db/tables/events.ts"
import { frowns } from "#db/tables/frowns.ts"
import { mailRecipients } from "#db/tables/mail.ts"
import { ratingRequests, ratingTallies } from "#db/tables/ratings.ts"
import { ann, bo, cy, dana, eli, fay, later } from "#test/fixtures/desk.ts"
import { press } from "#test/fixtures/frown.ts"
import { arrive, letter, storyOf } from "#test/support/arrive.ts"
import { caseOf, fromCustomer } from "#test/support/cases.ts"
import { caseNow, messageNow, plainReply, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

const merge = async (from: number, into: number, minute: number) =>
  expect(await mergeCase(viewer(ann), from, into, later(minute))).toBe("done")
const unmerge = async (number: number, minute: number) =>
  expect(await unmergeCase(viewer(ann), number, later(minute))).toBe("done")

/** Dana's, Eli's and Fay's, answered and merged one after the other into the last. */
async function threeInOne() {
  const numbers = [await caseOf("One"), await caseOf("Two", later(1), eli), await caseOf("Three", later(2), fay)]
  const replies = []
  for (const number of numbers) replies.push(await replied(number, {}, later(3)))
  const [one = 0, two = 0, three = 0] = numbers
  await merge(one, two, 4)
  await merge(two, three, 5)
  return { one, two, three, replies }
}

const requestOf = async (replyId: number) =>
  (await db.select().from(ratingRequests).where(eq(ratingRequests.replyId, replyId)))[0]!

test("a reply goes to nobody of the other case unless they were ticked", async () => {
  const [from, into] = [await caseOf("Mine"), await caseOf("And mine", later(1), eli)]
  await merge(from, into, 2)
  const { mailId } = await replied(into, {}, later(3))
  const sentTo = await db.select().from(mailRecipients).where(eq(mailRecipients.mailId, mailId))
  expect(sentTo.map(({ address }) => address)).toEqual([eli.address])
  expect((await caseNow(into)).waitingSince).toEqual((await caseNow(from)).waitingSince)
  await replied(into, { cc: [dana] }, later(4))
  expect([(await caseNow(into)).waitingSince, (await caseNow(from)).waitingSince]).toEqual([null, null])
})

test("what a case knows of its messages is of the cases merged into it and no other of the desk", async () => {
  const [from, into] = [await caseOf("Mine"), await caseOf("And mine", later(1))]
  for (let n = 2; n < 6; n++) await caseOf("A stranger's", later(n), eli)
  const known = async (number: number) => {
    const { messageCount, lastMessageId, lastMessageAt } = await caseNow(number)
    return { messageCount, lastMessageId, lastMessageAt }
  }
  const before = [await known(from), await known(into)]
  await merge(from, into, 7)
  expect(await known(into)).toEqual({ ...before[1], messageCount: 2 })
  await db.transaction(async (tx) => expect(await rebuildCases(tx)).toEqual([]))
  await unmerge(from, 8)
  expect([await known(from), await known(into)]).toEqual(before)
  await db.transaction(async (tx) => expect(await rebuildCases(tx)).toEqual([]))
})

test("what is answered to one customer answers their other case too", async () => {
  const [from, into] = [await caseOf("Where?"), await caseOf("Where, please?", later(1))]
  await merge(from, into, 2)
  await replied(into, {}, later(3))
  expect([(await caseNow(into)).waitingSince, (await caseNow(from)).waitingSince]).toEqual([null, null])
})

test("taken apart, who waited waits since then and what was closed is closed", async () => {
  const [from, into] = [await caseOf("Mine"), await caseOf("And mine", later(1), eli)]
  await closeCase(viewer(ann), into, later(2))
  await merge(from, into, 3)
  expect(await caseNow(into)).toMatchObject({ closedAt: null, waitingSince: later(0) })
  await unmerge(from, 5)
  expect(await caseNow(into)).toMatchObject({ closedAt: later(2), waitingSince: null, messageCount: 1 })
  expect(await caseNow(from)).toMatchObject({ closedAt: null, waitingSince: later(0), mergedInto: null })
})

test("mail to a case merged twice is filed in it, makes the last one wait, and is gone with it", async () => {
  const { one, two, three, replies } = await threeInOne()
  const { rfcMessageId } = await messageNow(replies[0]?.messageId ?? 0)
  const row = await arrive(letter({ text: "Still?", more: [`In-Reply-To: ${rfcMessageId}`] }), { at: later(6) })
  expect(row.caseNumber).toBe(one)
  expect((await caseNow(three)).waitingSince).toEqual(later(6))
  expect((await conversation(viewer(ann), three)).messages.at(-1)?.newText).toBe("Still?")
  await unmerge(two, 7)
  expect([(await caseNow(three)).waitingSince, (await caseNow(two)).waitingSince]).toEqual([null, later(6)])
  await unmerge(one, 8)
  expect([(await caseNow(two)).waitingSince, (await caseNow(one)).waitingSince]).toEqual([null, later(6)])
  expect((await storyOf(one)).messages).toHaveLength(3)
})

test("a reply to a frown of a case merged twice counts as recovery, and as any other once that has gone", async () => {
  const { one, two, three, replies } = await threeInOne()
  await press((await requestOf(replies[0]?.messageId ?? 0)).id, "frown", later(6))
  await openFromSettled(later(10))
  const [frown] = await db.select().from(frowns)
  expect(frown?.caseNumber).toBe(one)
  const { messageId } = await replied(three, {}, later(11))
  await db.transaction((tx) => requestsSent(tx, [messageId], later(11)))
  expect((await requestOf(messageId)).recoveryFrownId).toBe(frown?.id)
  expect(await db.select().from(ratingTallies)).toEqual([])
  await unmerge(two, 12)
  await openFromSettled(later(13))
  expect((await requestOf(messageId)).recoveryFrownId).toBeNull()
  expect(await db.select().from(ratingTallies)).toMatchObject([{ basis: "sent", asked: 1 }])
})

test("two open frowns joined by a merge are two again, each with its owner and its due time", async () => {
  const [from, into] = [await caseOf("Mine"), await caseOf("And mine", later(1), eli)]
  const asked = [await replied(from, {}, later(2)), await replied(into, {}, later(3))]
  for (const [minute, { messageId }] of asked.entries())
    await press((await requestOf(messageId)).id, "frown", later(10 + minute))
  await openFromSettled(later(20))
  await db
    .update(frowns)
    .set({ ownerId: cy.id, claimedAt: later(21) })
    .where(eq(frowns.caseNumber, into))
  const before = await db.select().from(frowns).orderBy(frowns.id)
  await merge(from, into, 30)
  await openFromSettled(later(31))
  expect((await db.select().from(frowns).orderBy(frowns.id)).map(({ joinedInto }) => joinedInto)).toEqual([
    null,
    before[0]?.id,
  ])
  await unmerge(from, 40)
  await openFromSettled(later(41))
  expect(await db.select().from(frowns).orderBy(frowns.id)).toEqual(before)
})

test("sending stops at what a merge brought, however old it is, and at what was noted and written in it since", async () => {
  const [from, into] = [await caseOf("Mine"), await caseOf("And mine", later(1), eli)]
  const seenMessageId = (await caseNow(into)).lastMessageId
  const seen = { seenMessageId, seenNoteId: 0, seenMergeId: 0 }
  const send = (changes: Partial<typeof seen>, minute: number) =>
    writeReply(viewer(bo), plainReply(into, { ...seen, ...changes }), later(minute))
  await merge(from, into, 2)
  expect(await send({}, 3)).toBe("something new arrived")
  const merged = and(eq(caseEvents.caseNumber, into), eq(caseEvents.kind, "merged"))
  const seenMergeId = (await db.select().from(caseEvents).where(merged))[0]?.id ?? 0
  await leaveNote(viewer(ann), from, { body: "Careful.", again: false }, later(4))
  expect(await send({ seenMergeId }, 5)).toBe("something new arrived")
  const sees = { seenMergeId, seenNoteId: 1_000_000 }
  await db.transaction((tx) => appendMessage(tx, fromCustomer(from, "And?", later(6)), later(6)))
  expect(await send(sees, 7)).toBe("something new arrived")
  const { lastMessageId } = await caseNow(into)
  expect(await send({ ...sees, seenMessageId: lastMessageId }, 8)).toMatchObject({ mailId: expect.any(Number) })
})

test("undone in a merged case, a reply leaves both as they were", async () => {
  const [from, into] = [await caseOf("Where?"), await caseOf("Where, please?", later(1))]
  await merge(from, into, 2)
  const before = [await caseNow(from), await caseNow(into)]
  const { mailId } = await replied(into, { close: true }, later(3))
  expect((await caseNow(into)).closedAt).toEqual(later(3))
  expect(await undoReply(viewer(bo), mailId, later(3))).toBe("undone")
  expect([await caseNow(from), { ...(await caseNow(into)), agentSince: null }]).toEqual(before)
})

test("whoever takes part in the other case is gone with it", async () => {
  const [from, into] = [await caseOf("Mine"), await caseOf("And mine", later(1), eli)]
  await merge(from, into, 2)
  await unmerge(from, 3)
  for (const [number, who] of [
    [from, dana],
    [into, eli],
  ] as const)
    expect(await caseParticipants(viewer(ann), number)).toMatchObject([{ address: who.address, standing: "requester" }])
})
