import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { caseParticipants } from "#app/models/cases/case-people.server.ts"
import { conversation } from "#app/models/cases/conversation.server.ts"
import { mergeCase, unmergeCase } from "#app/models/cases/merge.server.ts"
import { standApart } from "#app/models/cases/near.server.ts"
import { rebuildCases } from "#app/models/cases/rebuild.server.ts"
import { acceptApart, acceptMessage, leaveUnverified, rejectMessage } from "#app/models/mail/accept.server.ts"
import { moveInto, splitOff } from "#app/models/mail/move.server.ts"
import { notSpam } from "#app/models/mail/spam-tray.server.ts"
import { heldCount, heldMail, restingMail } from "#app/models/mail/trays.server.ts"
import { db } from "#db/connection.server.ts"
import { attachments, cases, messages } from "#db/tables/cases.ts"
import { ann, billing, bo, cy, dana, eli, ida, later } from "#test/fixtures/desk.ts"
import { arrive, letter, refuted, rowNow, storyOf } from "#test/support/arrive.ts"
import { replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

/** A case of Dana's, answered, with a mail in it that says it is from her and is not. */
async function heldCase(to?: string[]) {
  const opened = await arrive(letter({ text: "Where is it?" }), to ? { to } : {})
  const number = opened.caseNumber ?? 0
  await replied(number, {}, later(1))
  const id = opened.rfcMessageId ?? ""
  const row = await arrive(letter({ text: "Thanks!", more: [`In-Reply-To: ${id}`] }), {
    proven: refuted,
    at: later(2),
    ...(to ? { to } : {}),
  })
  const { last } = await storyOf(number)
  return { number, messageId: last.id, mailId: row.id }
}

const noDifference = async () => expect(await db.transaction((tx) => rebuildCases(tx))).toEqual([])

test("held mail is in the tray of whoever answers its mailbox, until somebody speaks for it", async () => {
  const { number, messageId, mailId } = await heldCase([billing.address])
  expect((await heldMail(viewer(ann), null)).rows).toMatchObject([{ messageId, caseNumber: number, words: "Thanks!" }])
  expect((await heldMail(viewer(cy), null)).rows).toEqual([])
  expect([await heldCount(viewer(ann)), await heldCount(viewer(cy))]).toEqual([1, 0])
  expect(await acceptMessage(viewer(cy), messageId, later(3))).toBe("no such message")
  expect(await acceptMessage(viewer(ann), messageId, later(3))).toBe("done")
  const { kase, last, parties } = await storyOf(number)
  expect(last).toMatchObject({ unverified: false, acceptedBy: ann.id })
  expect(kase.waitingSince).toEqual(later(3))
  expect(parties.map(({ address }) => address)).toEqual([dana.address])
  expect(await rowNow(mailId)).toMatchObject({ fate: "joined", because: "Accepted by Ann Lee." })
  expect(await heldCount(viewer(ann))).toBe(0)
  expect(await acceptMessage(viewer(ann), messageId, later(4))).toBe("not possible now")
})

test("held mail that is another matter becomes a case of its own, and both cases know their messages", async () => {
  const { number, messageId, mailId } = await heldCase()
  const made = await acceptApart(viewer(bo), messageId, later(3))
  expect(made).toBeTypeOf("number")
  const story = await storyOf(made as number)
  expect(story.kase).toMatchObject({ customerId: dana.id, waitingSince: later(2), messageCount: 1 })
  expect(story.given.length).toBeGreaterThan(0)
  expect((await storyOf(number)).messages).toHaveLength(2)
  expect(await rowNow(mailId)).toMatchObject({ fate: "opened", caseNumber: made })
  await noDifference()
})

test("held mail called spam leaves the case, rests in the spam tray as it came, and can come back", async () => {
  const { number, messageId, mailId } = await heldCase()
  expect(await rejectMessage(viewer(bo), messageId, later(3))).toBe("done")
  expect((await storyOf(number)).messages).toHaveLength(2)
  expect((await restingMail(viewer(bo), "spam", null)).rows).toMatchObject([{ id: mailId }])
  await noDifference()
  expect(await notSpam({ ...viewer(bo), id: bo.id }, mailId, later(4))).toBe("read again")
  expect(await rowNow(mailId)).toMatchObject({ fate: null })
})

test("held mail that is left as it is leaves the tray and stays in the case, not verified", async () => {
  const { number, messageId } = await heldCase()
  expect(await leaveUnverified(viewer(bo), messageId)).toBe("done")
  expect(await heldCount(viewer(bo))).toBe(0)
  expect((await storyOf(number)).last.unverified).toBe(true)
})

test("a message about another matter is split off with its files, and what waits waits in both", async () => {
  const opened = await arrive(letter({ text: "One" }))
  const number = opened.caseNumber ?? 0
  const more = [`In-Reply-To: ${opened.rfcMessageId}`, 'Content-Type: application/pdf; name="a.pdf"']
  await arrive(letter({ subject: "Two", more }), { at: later(5) })
  const { last } = await storyOf(number)
  const made = await splitOff(viewer(bo), last.id, later(6))
  const { kase, messages: moved } = await storyOf(made as number)
  expect(kase).toMatchObject({ subject: "Two", waitingSince: later(5), customerId: dana.id })
  expect(moved).toHaveLength(1)
  const files = await db.select().from(attachments).where(eq(attachments.messageId, last.id))
  expect(files.map(({ caseNumber }) => caseNumber)).toEqual([made])
  expect((await storyOf(number)).kase).toMatchObject({ messageCount: 1, waitingSince: opened.receivedAt })
  await noDifference()
})

test("the only message of a case and our own words cannot be split off", async () => {
  const opened = await arrive(letter())
  const [mail] = (await storyOf(opened.caseNumber ?? 0)).messages
  expect(await splitOff(viewer(bo), mail?.id ?? 0, later(1))).toBe("not possible now")
  const { messageId } = await replied(opened.caseNumber ?? 0, {}, later(1))
  expect(await splitOff(viewer(bo), messageId, later(2))).toBe("no such message")
})

test("a message moves to the case it belongs to; a case left empty goes with it", async () => {
  const first = await arrive(letter({ subject: "First" }))
  const stray = await arrive(letter({ subject: "Stray" }), { at: later(1) })
  const [into, from] = [first.caseNumber ?? 0, stray.caseNumber ?? 0]
  const { last } = await storyOf(from)
  expect(await moveInto(viewer(bo), last.id, 999_999, later(2))).toBe("no such other case")
  expect(await moveInto(viewer(bo), last.id, into, later(2))).toBe("done")
  expect((await storyOf(from)).kase.mergedInto).toBe(into)
  const said = await conversation(viewer(ida), into)
  expect(said.messages.map(({ subject }) => subject)).toEqual(["First", "Stray"])
})

test("merging shows both as one and lets both be told apart again", async () => {
  const a = await arrive(letter({ subject: "A" }))
  const b = await arrive(letter({ from: `Eli <${eli.address}>`, subject: "B" }), { at: later(1) })
  const [from, into] = [a.caseNumber ?? 0, b.caseNumber ?? 0]
  await replied(into, {}, later(2))
  expect(await mergeCase(viewer(ann), from, from, later(3))).toBe("not possible now")
  expect(await mergeCase(viewer(ann), from, into, later(3))).toBe("done")
  expect((await storyOf(into)).kase.waitingSince).toEqual(a.receivedAt)
  const people = async () =>
    (await caseParticipants(viewer(ann), into)).map(({ address, standing }) => [address, standing])
  expect(await people()).toEqual([
    [eli.address, "requester"],
    [dana.address, "pending"],
  ])
  expect(await mergeCase(viewer(ann), from, into, later(3))).toBe("not possible now")
  expect((await conversation(viewer(ida), into)).messages).toHaveLength(3)
  expect(await unmergeCase(viewer(ann), from, later(4))).toBe("done")
  expect((await conversation(viewer(ida), into)).messages).toHaveLength(2)
  expect((await storyOf(from)).kase).toMatchObject({ mergedInto: null, waitingSince: a.receivedAt })
  expect(await people()).toEqual([[eli.address, "requester"]])
  await noDifference()
})

test("merging needs both mailboxes, and two people who merge both ways at once make no circle", async () => {
  const a = await arrive(letter(), { to: [billing.address] })
  const b = await arrive(letter({ subject: "B" }))
  const [one, two] = [a.caseNumber ?? 0, b.caseNumber ?? 0]
  expect(await mergeCase(viewer(cy), two, one, later(1))).toBe("no such other case")
  const both = await Promise.all([
    mergeCase(viewer(ann), one, two, later(1)),
    mergeCase(viewer(bo), two, one, later(1)),
  ])
  expect(both.sort()).toEqual(["done", "not possible now"])
  const rows = await db.select({ into: cases.mergedInto }).from(cases)
  expect(rows.filter(({ into }) => into !== null)).toHaveLength(1)
})

test("a suggestion goes when a person says it is another matter", async () => {
  const first = await arrive(letter({ subject: "Lamp" }))
  const again = await arrive(letter({ subject: "Lamp" }), { at: later(5) })
  expect((await storyOf(again.caseNumber ?? 0)).kase.nearCase).toBe(first.caseNumber)
  expect(await standApart(viewer(bo), again.caseNumber ?? 0, later(6))).toBe("done")
  expect((await storyOf(again.caseNumber ?? 0)).kase.nearCase).toBeNull()
  expect(await db.select().from(messages)).toHaveLength(2)
})
