import { and, desc, eq, gt, isNull } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { visibleTo } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"

export type HeldReply = { mailId: number; caseNumber: number; subject: string; undoUntil: Date }

/** The viewer's newest reply that can still be taken back, for the bar that offers it on whatever page is next. */
export async function heldReplyOf(viewer: Viewer, now: Date): Promise<HeldReply | null> {
  if (viewer.id === null) return null
  const { id: mailId, undoUntil } = mailToSend
  const [row] = await db
    .select({ mailId, caseNumber: messages.caseNumber, subject: cases.subject, undoUntil })
    .from(mailToSend)
    .innerJoin(messages, eq(messages.id, mailToSend.messageId))
    .innerJoin(cases, eq(cases.number, messages.caseNumber))
    .where(and(stillHeld, eq(messages.agentId, viewer.id), visibleTo(viewer), gt(mailToSend.undoUntil, now)))
    .orderBy(desc(mailToSend.id))
    .limit(1)
  return row ?? null
}

/** In the words of the index of mail that is due. */
const stillHeld = and(
  isNull(mailToSend.sentAt),
  isNull(mailToSend.keptAt),
  isNull(mailToSend.failedAt),
  isNull(mailToSend.unconfirmedAt),
  isNull(mailToSend.leasedUntil),
  eq(mailToSend.attempts, 0),
)
