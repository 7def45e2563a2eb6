import { and, eq } from "drizzle-orm"
import { announce, wake } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { answersAgain } from "../cases/answered.server.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { finish, left, recipientsNow } from "./ending.server.ts"
import { sentVisibleTo } from "./visible.server.ts"

type MailRow = typeof mailToSend.$inferSelect
type Refusal = "no such mail" | "not possible now"

/** A person decides: send what failed, or what may have arrived, once more. The same bytes, the same Message-ID. */
export function retrySending(viewer: Viewer, mailId: number, now: Date): Promise<"queued" | Refusal> {
  return decided(viewer, "retry sending", mailId, now, async (tx, mail) => {
    if (!mail.failedAt && !mail.unconfirmedAt) return "not possible now"
    const fresh = { failedAt: null, unconfirmedAt: null, dotAt: null, attempts: 0, ...from(now), lastAnswer: "" }
    await tx.update(mailToSend).set(fresh).where(eq(mailToSend.id, mailId))
    await tx
      .update(mailRecipients)
      .set({ state: "waiting", answer: "" })
      .where(and(eq(mailRecipients.mailId, mailId), eq(mailRecipients.state, "refused")))
    if (mail.caseNumber && mail.messageId) await answersAgain(tx, mail.caseNumber, mail.messageId)
    await wake(tx, "mail to send")
    return "queued"
  })
}

/** Due at once; the hour after which somebody is told begins anew. */
const from = (now: Date) => ({ dueAt: now, undoUntil: now })

/** A person knows it arrived: the customer said so, or the server's log. */
export function markSent(viewer: Viewer, mailId: number, now: Date): Promise<"sent" | Refusal> {
  return decided(viewer, "mark sent", mailId, now, async (tx, mail) => {
    if (!mail.unconfirmedAt) return "not possible now"
    const before = await recipientsNow(tx, mail)
    await tx
      .update(mailRecipients)
      .set({ state: "accepted", answer: `Marked as sent by ${viewer.name}`, at: now })
      .where(and(eq(mailRecipients.mailId, mailId), eq(mailRecipients.state, "waiting")))
    await tx.update(mailToSend).set({ unconfirmedAt: null }).where(eq(mailToSend.id, mailId))
    if (before.every(({ state }) => state !== "accepted")) await left(tx, [mail], now)
    await finish(tx, mail, await recipientsNow(tx, mail), `Marked as sent by ${viewer.name}`, now)
    return "sent"
  })
}

async function decided<T>(
  viewer: Viewer,
  verb: string,
  mailId: number,
  now: Date,
  act: (tx: Tx, mail: MailRow) => Promise<T>,
): Promise<T | "no such mail"> {
  return once(viewer, verb, async (tx) => {
    const mine = and(eq(mailToSend.id, mailId), sentVisibleTo(viewer))
    const [mail] = await tx.select().from(mailToSend).where(mine).for("update")
    if (!mail) return "no such mail"
    const done = await act(tx, mail)
    await announce(tx, { kind: "mail", caseNumber: mail.caseNumber, mailboxId: mail.mailboxId }, now)
    return done
  })
}

/** Lets a mailbox whose sign-in was refused try again; what waited leaves at once. */
export async function resumeMailbox(viewer: Viewer, mailboxId: number): Promise<"resumed" | "not yours"> {
  if (!isAtLeast(viewer, "admin")) return "not yours"
  await once(viewer, "resume mailbox", async (tx) => {
    await tx.update(mailboxes).set({ pausedAt: null, pausedBecause: null }).where(eq(mailboxes.id, mailboxId))
    await wake(tx, "mail to send")
  })
  return "resumed"
}
