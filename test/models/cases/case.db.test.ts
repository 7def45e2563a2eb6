import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { caseFor, closeCase, markSpam, reopenCase, snoozeCase } from "#app/models/cases/case.server.ts"
import { stateOf } from "#app/models/cases/case.ts"
import { saveDraft } from "#app/models/cases/draft.server.ts"
import { draftsOf } from "#app/models/cases/drafts-of.server.ts"
import { appendMessage, type NewMessage, removeReply } from "#app/models/cases/message.server.ts"
import { leaveNote } from "#app/models/cases/note.server.ts"
import { db } from "#db/connection.server.ts"
import { cases, messages, notes } from "#db/tables/cases.ts"
import { ann, billing, bo, cy, dana, later, noon } from "#test/fixtures/desk.ts"
import { caseOf, fromAgent, fromCustomer } from "#test/support/cases.ts"
import { viewer } from "#test/support/viewer.ts"

const say = (message: NewMessage) => db.transaction((tx) => appendMessage(tx, message, message.at))
const facts = async (number: number) => {
  const [kase] = await db.select().from(cases).where(eq(cases.number, number))
  if (!kase) throw new Error("the case is gone")
  return kase
}
const state = async (number: number, now: Date) => stateOf(await facts(number), now)

test("a customer who writes twice has waited since the first time", async () => {
  const number = await caseOf("Where is it?")
  await say(fromCustomer(number, "Hello?", later(30)))
  expect(await facts(number)).toMatchObject({
    waitingSince: noon,
    messageCount: 2,
    preview: "Hello?",
    lastMessageAt: later(30),
  })
})

test("our reply answers it, and the customer's next word makes it wait again from then", async () => {
  const number = await caseOf("Where is it?")
  await say(fromAgent(number, "On its way", later(10), bo.id))
  expect(await state(number, later(10))).toBe("waiting-on-them")
  expect(await facts(number)).toMatchObject({ lastAnsweredBy: bo.id, firstAnsweredAt: later(10) })
  await say(fromCustomer(number, "Still not here", later(90)))
  expect(await facts(number)).toMatchObject({ waitingSince: later(90), firstAnsweredAt: later(10) })
})

test("a customer who writes wakes a snoozed case and reopens a closed one", async () => {
  const [snoozed, closed] = [await caseOf("One"), await caseOf("Two")]
  await snoozeCase(viewer(ann), snoozed, later(600), later(1))
  await closeCase(viewer(ann), closed, later(1))
  for (const number of [snoozed, closed]) await say(fromCustomer(number, "More", later(5)))
  expect([await state(snoozed, later(6)), await state(closed, later(6))]).toEqual(["waiting-on-us", "waiting-on-us"])
})

test("machine mail and unverified senders are shown but move nothing", async () => {
  const number = await caseOf("One")
  await closeCase(viewer(ann), number, later(1))
  await say({ ...fromCustomer(number, "I am out of office", later(2)), machine: "auto" })
  await say({ ...fromCustomer(number, "Let me in", later(3)), unverified: true })
  expect(await state(number, later(4))).toBe("closed")
  expect((await facts(number)).messageCount).toBe(3)
})

test("taking a reply back leaves the case as it was", async () => {
  const number = await caseOf("Where is it?")
  const before = await facts(number)
  const messageId = await say(fromAgent(number, "Wrong customer, sorry", later(1), bo.id))
  await db.transaction((tx) =>
    removeReply(tx, messageId, {
      waitingSince: before.waitingSince?.toISOString() ?? null,
      closedAt: null,
      snoozedUntil: null,
      agentId: null,
      lastAnsweredBy: null,
      firstAnsweredAt: null,
    }),
  )
  expect(await facts(number)).toEqual(before)
})

test("closing, reopening and marking spam do so once and say so", async () => {
  const number = await caseOf("One")
  expect(await closeCase(viewer(ann), number, later(1))).toBe("done")
  expect(await closeCase(viewer(ann), number, later(9))).toBe("done")
  expect((await facts(number)).closedAt).toEqual(later(1))
  expect(await reopenCase(viewer(ann), number, later(10))).toBe("done")
  expect(await state(number, later(11))).toBe("waiting-on-us")
  expect(await markSpam(viewer(ann), number, later(12))).toBe("done")
  expect(await closeCase(viewer(ann), number, later(13))).toBe("not possible now")
})

test("a snooze into the past is refused", async () =>
  expect(await snoozeCase(viewer(ann), await caseOf("One"), later(-1), noon)).toBe("not possible now"))

test("a case of a mailbox somebody does not answer is the same to them as none", async () => {
  const number = await caseOf("One", noon, dana, billing.id)
  expect(await caseFor(viewer(cy), number)).toBeNull()
  expect(await closeCase(viewer(cy), number, noon)).toBe("no such case")
  expect(await leaveNote(viewer(cy), number, { body: "hm", again: false }, noon)).toBe("no such case")
  expect(await saveDraft(viewer(cy), number, "hm", [], noon)).toBe("no such case")
  expect(await closeCase(viewer(cy), 999_999, noon)).toBe("no such case")
})

test("a note is kept apart from everything the customer can read", async () => {
  const number = await caseOf("One")
  expect(await leaveNote(viewer(bo), number, { body: "  She is angry  ", again: false }, later(1))).toBe("left")
  expect(await leaveNote(viewer(bo), number, { body: "  ", again: false }, later(1))).toBe("empty")
  expect(await db.select({ body: notes.body }).from(notes)).toEqual([{ body: "She is angry" }])
  expect(await db.select({ text: messages.text }).from(messages)).toEqual([{ text: "One" }])
})

test("a draft is mine with its words, a colleague's only as a fact", async () => {
  const number = await caseOf("One")
  await saveDraft(viewer(bo), number, "Dear Dana", [], later(1))
  await saveDraft(viewer(bo), number, "Dear Dana,", [], later(2))
  expect((await draftsOf(viewer(bo), number)).mine?.body).toBe("Dear Dana,")
  expect(await draftsOf(viewer(ann), number)).toEqual({
    mine: null,
    others: [{ name: "Bo Diaz", savedAt: later(2) }],
    elsewhere: [],
  })
  await saveDraft(viewer(bo), number, " ", [], later(3))
  expect((await draftsOf(viewer(ann), number)).others).toEqual([])
})
