import PostalMime from "postal-mime"
import { expect, test } from "vitest"
import { attachmentFor, attachmentsOf, keepFile } from "#app/models/cases/attachment.server.ts"
import { saveDraft } from "#app/models/cases/draft.server.ts"
import { draftsOf } from "#app/models/cases/drafts-of.server.ts"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { writeReply } from "#app/models/mail/reply.server.ts"
import type { ReplyFile } from "#app/models/mail/reply-file.server.ts"
import { undoReply } from "#app/models/mail/undo.server.ts"
import { db } from "#db/connection.server.ts"
import { attachments, drafts, messages } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import { operations } from "#db/tables/guards.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { ratingRequests } from "#db/tables/ratings.ts"
import { ann, bo, cy, ida, later, noon } from "#test/fixtures/desk.ts"
import { caseOf, fromCustomer } from "#test/support/cases.ts"
import { caseNow, mailNow, plainReply, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

const soon = new Date(noon.getTime() + 5_000)
const after = new Date(noon.getTime() + 11_000)

test("undone, everything is as it was and the words are a draft again", async () => {
  const number = await caseOf("Where?")
  const before = await caseNow(number)
  const { mailId } = await replied(number, { text: "On its *way*", close: true, opId: "press-1" }, later(2))
  expect(await undoReply(viewer(bo), mailId, later(2))).toBe("undone")
  expect(await caseNow(number)).toEqual({ ...before, agentSince: null })
  for (const table of [mailToSend, mailRecipients, ratingRequests, operations, caseEvents])
    expect(await db.select().from(table)).toEqual([])
  expect(await db.select().from(messages)).toHaveLength(1)
  expect(await db.select().from(drafts)).toMatchObject([{ agentId: bo.id, body: "On its *way*", caseNumber: number }])
})

test("a snooze that was set with it is gone, one that was there before is back", async () => {
  const number = await caseOf("Where?")
  const { mailId } = await replied(number, { snoozeUntil: later(60) })
  await undoReply(viewer(bo), mailId, soon)
  expect(await caseNow(number)).toMatchObject({ snoozedUntil: null, waitingSince: noon })
})

test("the press that was undone can be pressed again", async () => {
  const number = await caseOf("Where?")
  const { mailId } = await replied(number, { opId: "press-1" })
  await undoReply(viewer(bo), mailId, soon)
  const again = await writeReply(viewer(bo), plainReply(number, { opId: "press-1" }), soon)
  expect(again).toMatchObject({ mailId: expect.any(Number) })
  expect(await db.select().from(mailToSend)).toHaveLength(1)
})

test("after the window it is too late", async () => {
  const { mailId } = await replied(await caseOf("Where?"))
  expect(await undoReply(viewer(bo), mailId, after)).toBe("too late")
  expect(await undoReply(viewer(bo), 9999, noon)).toBe("too late")
})

test("a press on undo while it is being sent is too late, and nothing is lost", async () => {
  const { mailId } = await replied(await caseOf("Where?"), { undoSeconds: 0 })
  await deliverNext("test", () => noon, { smtpUrl: null })
  expect(await undoReply(viewer(bo), mailId, noon)).toBe("too late")
  expect(await db.select().from(messages)).toHaveLength(2)
})

test("undo and sending at the same moment never both happen", async () => {
  for (let round = 0; round < 10; round++) {
    const { mailId } = await replied(await caseOf("Where?"))
    const [undone, kept] = await Promise.all([
      undoReply(viewer(bo), mailId, soon),
      deliverNext("test", () => after, { smtpUrl: null }),
    ])
    expect(undone === "undone").toBe(!kept)
  }
})

test("only the author or a lead takes a reply back", async () => {
  const { mailId } = await replied(await caseOf("Where?"))
  expect(await undoReply(viewer(cy), mailId, soon)).toBe("not yours")
  expect(await undoReply(viewer(ann), mailId, soon)).toBe("undone")
  expect(await db.select().from(drafts)).toMatchObject([{ agentId: bo.id }])
})

test("a customer who wrote meanwhile still waits after an undo", async () => {
  const number = await caseOf("Where?")
  await replied(number)
  const { mailId } = await replied(number, { text: "And one more thing", close: true })
  await db.transaction((tx) => appendMessage(tx, fromCustomer(number, "Thanks, but", soon), soon))
  expect(await undoReply(viewer(bo), mailId, soon)).toBe("undone")
  expect(await caseNow(number)).toMatchObject({ waitingSince: soon, closedAt: null, agentId: bo.id })
})

const enclosed = async (name: string, words = name): Promise<ReplyFile> => {
  const kept = await keepFile(Buffer.from(words))
  return { filename: name, contentType: "text/plain", ...kept }
}

test("undone, its files are the draft's again and go out with the next sending", async () => {
  const number = await caseOf("Where?")
  const files = [await enclosed("label.txt"), await enclosed("terms.txt")]
  const { mailId } = await replied(number, { files })
  await undoReply(viewer(bo), mailId, soon)
  const { mine } = await draftsOf(viewer(bo), number)
  expect(mine?.files.map(({ filename }) => filename)).toEqual(["label.txt", "terms.txt"])
  const draftFiles = mine?.files.map(({ id }) => id) ?? []
  const again = await replied(number, { draftFiles, files: [await enclosed("third.txt")] })
  const email = await PostalMime.parse((await mailNow(again.mailId)).rendered)
  expect(email.attachments.map(({ filename }) => filename)).toEqual(["label.txt", "terms.txt", "third.txt"])
  expect((await attachmentsOf(viewer(ida), number)).map(({ messageId }) => messageId)).toEqual(
    Array(3).fill(again.messageId),
  )
  expect((await draftsOf(viewer(bo), number)).mine).toBeNull()
})

test("a file given back and then left out goes nowhere", async () => {
  const number = await caseOf("Where?")
  const { mailId } = await replied(number, { files: [await enclosed("label.txt")] })
  await undoReply(viewer(bo), mailId, soon)
  await replied(number)
  expect(await db.select().from(attachments)).toEqual([])
})

test("the files of a draft are its writer's alone, and stay when its words are struck out", async () => {
  const number = await caseOf("Where?")
  const { mailId } = await replied(number, { files: [await enclosed("label.txt")] })
  await undoReply(viewer(bo), mailId, soon)
  const [file] = await db.select().from(attachments)
  expect(await attachmentFor(viewer(ann), file!.id)).toBeNull()
  expect(await attachmentFor(viewer(bo), file!.id)).toMatchObject({ filename: "label.txt" })
  await saveDraft(viewer(bo), number, "", [], soon)
  expect((await draftsOf(viewer(bo), number)).mine?.files).toHaveLength(1)
})

test("a file that is no longer in the draft stops the reply instead of going missing from it", async () => {
  const number = await caseOf("Where?")
  const { mailId } = await replied(number, { files: [await enclosed("label.txt")] })
  await undoReply(viewer(bo), mailId, soon)
  const [file] = await db.select().from(attachments)
  const other = plainReply(number, { agentId: ann.id, draftFiles: [file!.id] })
  expect(await writeReply(viewer(ann), other, soon)).toBe("a file is gone")
  expect(await db.select().from(mailToSend)).toEqual([])
})
