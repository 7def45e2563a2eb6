import { eq } from "drizzle-orm"
import { lockCase } from "#app/models/cases/case.server.ts"
import { type NewReply, type Posted, type Refusal, writeReply } from "#app/models/mail/reply.server.ts"
import { db } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { bo, noon } from "#test/fixtures/desk.ts"
import { viewer } from "./viewer.ts"

/** A reply as Bo would press it, on purpose: ten seconds to undo, everything else at rest. */
export const plainReply = (caseNumber: number, changes: Partial<NewReply> = {}): NewReply => ({
  caseNumber,
  agentId: bo.id,
  text: "It is on its way.",
  close: false,
  snoozeUntil: null,
  cc: null,
  answerAt: null,
  leaveOffRating: false,
  files: [],
  draftFiles: [],
  seenMessageId: null,
  seenNoteId: null,
  seenMergeId: null,
  again: true,
  opId: null,
  undoSeconds: 10,
  ...changes,
})

/** Bo's reply, that must not be refused. */
export async function replied(caseNumber: number, changes: Partial<NewReply> = {}, now = noon): Promise<Posted> {
  const posted: Posted | Refusal = await writeReply(viewer(bo), plainReply(caseNumber, changes), now)
  if (typeof posted === "string") throw new Error(`refused: ${posted}`)
  return posted
}

export const caseNow = async (number: number) => (await db.transaction((tx) => lockCase(tx, number)))!
export const mailNow = async (id: number) => (await db.select().from(mailToSend).where(eq(mailToSend.id, id)))[0]!
export const messageNow = async (id: number) => (await db.select().from(messages).where(eq(messages.id, id)))[0]!
export const recipientsNow = (mailId: number) =>
  db.select().from(mailRecipients).where(eq(mailRecipients.mailId, mailId)).orderBy(mailRecipients.id)
