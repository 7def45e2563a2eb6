import { and, asc, eq, isNotNull, sql } from "drizzle-orm"
import { announce, wake } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { inMailboxesOf } from "../cases/visible.server.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { requestRecalled } from "../ratings/request.server.ts"
import { uncountReply } from "../sharing/load.server.ts"

/** As many as one transaction bears; the press can be repeated. */
const most = 1000

/** Nobody has such an address (RFC 2606): the demo's people do, and nothing is ever sent to them. */
const isToNobody = sql`exists (select 1 from mail_recipients r where r.mail_id = ${mailToSend.id}
  and r.address ~* '[@.](example|test|invalid|localhost)$')`

/**
 * Lets mail leave that was kept for want of a mail server. It was counted as sent when it was kept; that is taken back,
 * and counted anew when it truly leaves.
 */
export async function sendKept(viewer: Viewer, now: Date): Promise<number | "not yours"> {
  if (!isAtLeast(viewer, "lead")) return "not yours"
  return once(viewer, "send kept", async (tx) => {
    const kept = and(isNotNull(mailToSend.keptAt), inMailboxesOf(viewer, mailToSend.mailboxId))
    const mails = await tx
      .select()
      .from(mailToSend)
      .where(and(kept, sql`not ${isToNobody}`))
      .orderBy(asc(mailToSend.id))
      .limit(most)
      .for("update")
    for (const mail of mails) await queue(tx, mail, now)
    if (mails.length > 0) await wake(tx, "mail to send")
    await announce(tx, { kind: "mail" }, now)
    return mails.length
  })
}

async function queue(tx: Tx, mail: typeof mailToSend.$inferSelect, now: Date) {
  const { id, messageId, mailboxId, keptAt } = mail
  if (messageId !== null && mailboxId !== null && keptAt !== null) {
    const [author] = await tx.select({ id: messages.agentId }).from(messages).where(eq(messages.id, messageId))
    if (author?.id) await uncountReply(tx, { agentId: author.id, mailboxId }, keptAt)
    await requestRecalled(tx, messageId)
  }
  const fresh = { keptAt: null, attempts: 0, dueAt: now, undoUntil: now }
  await tx.update(mailToSend).set(fresh).where(eq(mailToSend.id, id))
}
