import { and, eq, sql } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { nextWait } from "#emails/outgoing/failure.ts"
import type { Outcome, RecipientAnswer } from "#emails/outgoing/hand-over.server.ts"
import { lockCase, waitAgain } from "../cases/case.server.ts"
import { requestSent } from "../ratings/request.server.ts"
import { redactRatingLinks } from "../ratings/token.ts"
import { countReply } from "../sharing/load.server.ts"

type MailRow = typeof mailToSend.$inferSelect

/** Writes down how a try went, with all that follows from it, unless the mail is no longer ours to speak of. */
export async function record(mail: MailRow, outcome: Outcome, now: Date) {
  await held(mail, now, async (tx) => {
    if (outcome.verdict === "answered") return answered(tx, mail, outcome.recipients, now)
    if (outcome.verdict === "refused") return refuseAll(tx, mail, outcome.words, now)
    if (outcome.verdict === "unconfirmed") return leaveOpen(tx, mail, outcome.words, now)
    if (outcome.verdict === "pause") return pause(tx, mail, outcome.words, now)
    await sayToWaiting(tx, mail, { answer: outcome.words, at: now })
    return again(tx, mail, outcome.words, now)
  })
}

/** The process that sent it ended between the dot and the answer. */
export async function park(mail: MailRow, now: Date) {
  await held(mail, now, (tx) => leaveOpen(tx, mail, "The desk stopped before the server answered", now))
}

/** Nothing leaves this machine: it can be read, and its links pressed, under Sent mail. */
export async function keep(mail: MailRow, now: Date) {
  await held(mail, now, async (tx) => {
    await change(tx, mail, { keptAt: now })
    await left(tx, mail, now)
  })
}

/** A transaction that holds the row, and does nothing when the lease has gone to somebody else. */
async function held(mail: MailRow, now: Date, work: (tx: Tx) => Promise<void>) {
  await db.transaction(async (tx) => {
    const mine = and(eq(mailToSend.id, mail.id), sql`${mailToSend.leasedBy} = ${mail.leasedBy}`)
    const [row] = await tx.select({ id: mailToSend.id }).from(mailToSend).where(mine).for("update")
    if (!row) return
    await work(tx)
    await announce(tx, { kind: "mail", caseNumber: mail.caseNumber, mailboxId: mail.mailboxId }, now)
  })
}

async function answered(tx: Tx, mail: MailRow, answers: RecipientAnswer[], now: Date) {
  const hadLeft = await wasTaken(tx, mail)
  for (const { address, state, answer } of answers)
    await tx
      .update(mailRecipients)
      .set({ state: state === "again" ? "waiting" : state, answer, at: now })
      .where(and(eq(mailRecipients.mailId, mail.id), eq(mailRecipients.address, address)))
  if (!hadLeft && answers.some(({ state }) => state === "accepted")) await left(tx, mail, now)
  const later = answers.find(({ state }) => state === "again")
  return later ? again(tx, mail, later.answer, now) : finish(tx, mail, answers[0]?.answer ?? "", now)
}

/** Waits for the next try, or gives up after 48 h. */
async function again(tx: Tx, mail: MailRow, words: string, now: Date) {
  const minutes = nextWait(mail.attempts)
  if (minutes === null) return refuseAll(tx, mail, `Given up after 48 hours. Last answer: ${words}`, now)
  const dueAt = new Date(now.getTime() + minutes * 60_000)
  await change(tx, mail, { dueAt, dotAt: null, lastAnswer: words })
}

async function refuseAll(tx: Tx, mail: MailRow, words: string, now: Date) {
  await sayToWaiting(tx, mail, { state: "refused", answer: words, at: now })
  await finish(tx, mail, words, now)
}

/** Our sign-in failed, so nothing of this mailbox can leave: its mail waits, unharmed, for an admin. */
async function pause(tx: Tx, mail: MailRow, words: string, now: Date) {
  await change(tx, mail, { dotAt: null, attempts: mail.attempts - 1, lastAnswer: words })
  if (mail.mailboxId === null) return
  await tx.update(mailboxes).set({ pausedAt: now, pausedBecause: words }).where(eq(mailboxes.id, mail.mailboxId))
}

/** It most likely arrived, so its links must work; whether it did is for a person to say. */
async function leaveOpen(tx: Tx, mail: MailRow, words: string, now: Date) {
  await sayToWaiting(tx, mail, { answer: words, at: now })
  await change(tx, mail, { unconfirmedAt: now, lastAnswer: words })
  if (mail.messageId !== null) await requestSent(tx, mail.messageId, now)
}

/**
 * Every recipient has an answer. Mail nobody took keeps its links, for it may be sent again; else they are taken out of
 * our copy. The customer waits on us again when it is they who did not get it.
 */
export async function finish(tx: Tx, mail: MailRow, words: string, now: Date) {
  const states = await statesOf(tx, mail)
  const isLost = states.every(({ state }) => state === "refused")
  const rendered = Buffer.from(redactRatingLinks(mail.rendered.toString("latin1")), "latin1")
  const ending = isLost ? { failedAt: now } : { sentAt: now, rendered, redactedAt: now }
  await change(tx, mail, { ...ending, lastAnswer: words })
  const isMissed = states.every(({ as, state }) => as !== "to" || state === "refused")
  // What a machine said is nobody's answer: the case waits as it did.
  if (isMissed && mail.messageId !== null && mail.caseNumber !== null && (await lockCase(tx, mail.caseNumber)))
    await waitAgain(tx, mail.caseNumber, now)
}

/** It went out to somebody for the first time: from here on it was asked, and counts as an email of its author. */
export async function left(tx: Tx, mail: MailRow, now: Date) {
  if (mail.messageId === null || mail.mailboxId === null) return
  await requestSent(tx, mail.messageId, now)
  const [author] = await tx.select({ id: messages.agentId }).from(messages).where(eq(messages.id, mail.messageId))
  if (author?.id) await countReply(tx, { agentId: author.id, mailboxId: mail.mailboxId }, now)
}

/** Whether anybody's server has it already. */
export async function wasTaken(tx: Tx, mail: MailRow) {
  return (await statesOf(tx, mail)).some(({ state }) => state === "accepted")
}

function statesOf(tx: Tx, mail: MailRow) {
  const { as, state, mailId } = mailRecipients
  return tx.select({ as, state }).from(mailRecipients).where(eq(mailId, mail.id))
}

async function sayToWaiting(tx: Tx, mail: MailRow, said: Partial<typeof mailRecipients.$inferInsert>) {
  const isWaiting = and(eq(mailRecipients.mailId, mail.id), eq(mailRecipients.state, "waiting"))
  await tx.update(mailRecipients).set(said).where(isWaiting)
}

async function change(tx: Tx, mail: MailRow, facts: Partial<typeof mailToSend.$inferInsert>) {
  await tx
    .update(mailToSend)
    .set({ leasedBy: null, leasedUntil: null, ...facts })
    .where(eq(mailToSend.id, mail.id))
}
