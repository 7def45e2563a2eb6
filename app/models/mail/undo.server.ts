import { and, eq } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { drafts, messages } from "#db/tables/cases.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { forgetRest } from "../cases/answered.server.ts"
import { giveCase, lockCase } from "../cases/case.server.ts"
import { putDraft } from "../cases/draft.server.ts"
import { backWithDraft } from "../cases/draft-file.server.ts"
import { removeReply } from "../cases/message.server.ts"
import { isVisibleTo } from "../cases/visible.server.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { forgetMail, once } from "../people/idempotency.server.ts"
import { isHeld } from "./delivery.ts"

/** Takes a reply back while it has not left: the case is as it was, and words and files are the author's draft again. */
export async function undoReply(
  viewer: Viewer,
  mailId: number,
  now: Date,
): Promise<"undone" | "too late" | "not yours"> {
  return once(viewer, "undo reply", async (tx) => {
    // Locked, the row is passed over by whoever looks for mail to send.
    const [mail] = await tx.select().from(mailToSend).where(eq(mailToSend.id, mailId)).for("update")
    if (!mail?.messageId || !mail.caseNumber || !mail.before) return "too late"
    const [message] = await tx.select().from(messages).where(eq(messages.id, mail.messageId))
    const kase = await lockCase(tx, mail.caseNumber)
    const authorId = message?.agentId
    // Of a reply in somebody else's mailbox one is told no more than of one that is not there.
    if (!kase || !message || !authorId || !isVisibleTo(viewer, kase)) return "too late"
    if (!mayUndo(viewer, authorId)) return "not yours"
    if (!isHeld(mail, now)) return "too late"
    await tx.delete(mailToSend).where(eq(mailToSend.id, mailId))
    // A case that was handed on since stays where it is.
    const facts = { ...mail.before, agentId: kase.agentId === authorId ? mail.before.agentId : kase.agentId }
    await backWithDraft(tx, message.id, { caseNumber: kase.number, agentId: authorId })
    await removeReply(tx, message.id, facts)
    if (facts.agentId === null) await giveCase(tx, kase.number, null, now)
    await forgetRest(tx, kase.number, authorId, mail.writtenAt)
    await forgetMail(tx, authorId, mailId)
    await backToDraft(tx, { caseNumber: kase.number, agentId: authorId }, message, now)
    await announce(tx, { kind: "reply", caseNumber: kase.number, mailboxId: kase.mailboxId }, now)
    return "undone"
  })
}

const mayUndo = (viewer: Viewer, authorId: number) => viewer.id === authorId || isAtLeast(viewer, "lead")

type Owner = { caseNumber: number; agentId: number }
type Words = Pick<typeof messages.$inferSelect, "text" | "cc">

/** Before whatever they have begun to write since. */
async function backToDraft(tx: Tx, owner: Owner, { text, cc }: Words, now: Date) {
  const mine = and(eq(drafts.caseNumber, owner.caseNumber), eq(drafts.agentId, owner.agentId))
  const [begun] = await tx.select({ body: drafts.body }).from(drafts).where(mine)
  const body = begun?.body.trim() ? `${text}\n\n${begun.body}` : text
  await putDraft(tx, { ...owner, body, cc, savedAt: now })
}
