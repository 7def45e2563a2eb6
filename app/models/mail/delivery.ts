import type { mailRecipients, mailToSend } from "#db/tables/mail.ts"

type Row = typeof mailToSend.$inferSelect
export type MailFacts = Pick<
  Row,
  | "id"
  | "writtenAt"
  | "undoUntil"
  | "dueAt"
  | "attempts"
  | "leasedUntil"
  | "sentAt"
  | "keptAt"
  | "failedAt"
  | "unconfirmedAt"
  | "lastAnswer"
>
export type RecipientFacts = Pick<typeof mailRecipients.$inferSelect, "address" | "state" | "answer">

export type DeliveryState = "held" | "queued" | "sending" | "sent" | "deferred" | "unconfirmed" | "failed" | "kept"

/** How far one mail of ours has come. `at` is when that began; for held, queued and deferred when it ends. */
export type Delivery = {
  mailId: number
  state: DeliveryState
  at: string
  to: { address: string; state: RecipientFacts["state"]; answer: string }[]
  /** Tried for an hour and more: somebody should know. */
  isLate: boolean
  /** What was last heard about the mail as a whole; empty when nothing was. */
  answer: string
}

export const lateAfter = 60 * 60_000

/** A state is never kept, only read from facts. "Sent" is not said before the server's 250. */
export function deliveryOf(facts: MailFacts, recipients: readonly RecipientFacts[], now: Date): Delivery {
  const { state, at } = standing(facts, recipients, now)
  const to = recipients.map(({ address, state, answer }) => ({ address, state, answer }))
  const isLate = state === "deferred" && facts.undoUntil.getTime() + lateAfter <= now.getTime()
  return { mailId: facts.id, state, at: at.toISOString(), to, isLate, answer: facts.lastAnswer }
}

/** Why a mail waits that no server has refused: said by us, not by a server. */
export const limitWords = (most: number, unit: "a minute" | "a day") => `Waits: the mailbox's limit of ${most} ${unit}`
export const addressWords =
  "Waits: the desk has no public address its rating links could begin with. An admin sets one under Settings, Address"
const waits = "Waits: "
export const isOurWords = (answer: string) => answer.startsWith(waits)
/** What it waits for, where we say so ourselves; null where a server has spoken, or nobody. */
export const waitingFor = (answer: string) => (isOurWords(answer) ? answer.slice(waits.length) : null)

/** Whether it can still be taken back: nobody has begun to send it. */
export function isHeld(facts: MailFacts, now: Date) {
  const { sentAt, keptAt, failedAt, unconfirmedAt, leasedUntil } = facts
  const isOver = sentAt ?? keptAt ?? failedAt ?? unconfirmedAt ?? leasedUntil
  return isOver === null && facts.attempts === 0 && facts.undoUntil > now
}

function standing(
  facts: MailFacts,
  recipients: readonly RecipientFacts[],
  now: Date,
): { state: DeliveryState; at: Date } {
  const { sentAt, keptAt, failedAt, unconfirmedAt, leasedUntil, dueAt } = facts
  if (failedAt) return { state: "failed", at: failedAt }
  if (sentAt) return { state: reachedNobody(recipients) ? "failed" : "sent", at: sentAt }
  if (keptAt) return { state: "kept", at: keptAt }
  if (unconfirmedAt) return { state: "unconfirmed", at: unconfirmedAt }
  if (isHeld(facts, now)) return { state: "held", at: facts.undoUntil }
  if (leasedUntil && leasedUntil > now) return { state: "sending", at: facts.writtenAt }
  return { state: facts.attempts > 0 ? "deferred" : "queued", at: dueAt }
}

/** Accepted by a server on the way, and come back from everyone it was for. */
function reachedNobody(recipients: readonly RecipientFacts[]) {
  return recipients.length > 0 && recipients.every(({ state }) => state === "bounced" || state === "refused")
}
