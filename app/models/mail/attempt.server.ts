import { and, eq, inArray, sql } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import type { Account } from "#emails/outgoing/account.ts"
import { isTooMany, nextWait } from "#emails/outgoing/failure.ts"
import type { Outcome, RecipientAnswer } from "#emails/outgoing/hand-over.server.ts"
import { requestsSent } from "../ratings/request.server.ts"
import { addressWords } from "./delivery.ts"
import { finish, type Leaving, left } from "./ending.server.ts"
import { countRefusal, heedRefusal } from "./given-up.server.ts"
import { queueUp, type Wait } from "./limit.server.ts"
import { tellAdmins } from "./notice.server.ts"
import { endRest, letRest } from "./way.server.ts"

export type Recipient = Pick<typeof mailRecipients.$inferSelect, "address" | "as" | "state">
/** The server a try was made at. */
type By = { account: Account; hadRested: boolean }

/** Writes down how a try went, with all that follows from it, unless the mail is no longer ours to speak of. */
export async function record(mail: Leaving, { account, hadRested }: By, outcome: Outcome, now: Date) {
  await held(mail, now, async (tx, recipients) => {
    if (outcome.verdict === "rest") await letRest(tx, account, outcome.words, now)
    else if (hadRested) await endRest(tx, account)
    if (outcome.verdict === "answered") return answered(tx, mail, recipients, outcome.recipients, now)
    if (outcome.verdict === "refused")
      return refuseAll(tx, mail, recipients, { answer: outcome.words, before: "" }, now)
    if (outcome.verdict === "unconfirmed") return leaveOpen(tx, mail, outcome.words, now)
    if (outcome.verdict === "pause") return pause(tx, mail, outcome.words, now)
    await sayToWaiting(tx, mail, { answer: outcome.words, at: now })
    return again(tx, mail, recipients, outcome.words, now)
  })
}

/** Its server was not asked, for it rests: that counts as a try, so that the schedule and its end stay what they are. */
export async function recordRest(mail: Leaving, words: string, now: Date) {
  await held(mail, now, async (tx, recipients) => {
    await sayToWaiting(tx, mail, { answer: words, at: now })
    await again(tx, mail, recipients, words, now)
  })
}

/** The process that sent it ended between the dot and the answer. */
export async function park(mail: Leaving, now: Date) {
  await held(mail, now, (tx) => leaveOpen(tx, mail, "The desk stopped before the server answered", now))
}

/** Nothing leaves this machine: it can be read, and its links pressed, under Sent mail. */
export async function keep(mail: Leaving, now: Date) {
  await held(mail, now, async (tx) => {
    await change(tx, mail, { keptAt: now })
    await left(tx, [mail], now)
  })
}

/** The mailbox has used up what its server takes: no try was made, and none is counted. */
export async function postpone(mail: Leaving, wait: Wait, now: Date) {
  await held(mail, now, async (tx) => {
    await change(tx, mail, { dueAt: wait.until, attempts: mail.attempts - 1, lastAnswer: wait.words })
    await queueUp(tx, mail, wait, now)
  })
}

const minutesHeld = 5

/** It has links that nobody could open, so it stays until the desk has a public address. */
export async function hold(mail: Leaving, now: Date) {
  const dueAt = new Date(now.getTime() + minutesHeld * 60_000)
  await held(mail, now, (tx) => change(tx, mail, { dueAt, attempts: mail.attempts - 1, lastAnswer: addressWords }))
}

/** A transaction that holds the row, and does nothing when the lease has gone to somebody else. */
async function held(mail: Leaving, now: Date, work: (tx: Tx, recipients: Recipient[]) => Promise<void>) {
  const { address, as, state, mailId } = mailRecipients
  await db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: mailToSend.id, address, as, state })
      .from(mailToSend)
      .innerJoin(mailRecipients, eq(mailId, mailToSend.id))
      .where(and(eq(mailToSend.id, mail.id), sql`${mailToSend.leasedBy} = ${mail.leasedBy}`))
      .for("update", { of: mailToSend })
    if (rows.length === 0) return
    await work(tx, rows)
    await announce(tx, { kind: "mail", caseNumber: mail.caseNumber, mailboxId: mail.mailboxId }, now)
  })
}

async function answered(tx: Tx, mail: Leaving, before: Recipient[], answers: RecipientAnswer[], now: Date) {
  await writeDown(tx, mail, answers, now)
  for (const { address, state, answer } of answers)
    if (state === "refused") await countRefusal(tx, mail, address, answer, now)
  const isTaken = answers.some(({ state }) => state === "accepted")
  if (isTaken && before.every(({ state }) => state !== "accepted")) await left(tx, [mail], now)
  const after = before.map((one) => ({ ...one, state: stateAfter(one, answers) }))
  const later = answers.filter(({ state }) => state === "again")
  const isMore = after.some(({ state }) => state === "waiting")
  if (!isMore) return finish(tx, mail, after, answers[0]?.answer ?? "", now)
  // Whoever was too many for one envelope, or not in it, goes in the next at once.
  if (isTaken && later.every(({ answer }) => isTooMany(answer))) {
    const words = later.length > 0 ? "" : mail.lastAnswer
    return change(tx, mail, { dueAt: now, dotAt: null, attempts: mail.attempts - 1, lastAnswer: words })
  }
  return again(tx, mail, after, later[0]?.answer ?? mail.lastAnswer, now)
}

/** One statement for all who were answered the same. */
async function writeDown(tx: Tx, mail: Leaving, answers: RecipientAnswer[], now: Date) {
  const kinds = new Map(answers.map((one) => [JSON.stringify([one.state, one.answer]), one]))
  for (const { state, answer } of kinds.values()) {
    const same = answers.filter((one) => one.state === state && one.answer === answer).map(({ address }) => address)
    await tx
      .update(mailRecipients)
      .set({ state: state === "again" ? "waiting" : state, answer, at: now })
      .where(and(eq(mailRecipients.mailId, mail.id), inArray(mailRecipients.address, same)))
  }
}

function stateAfter({ address, state }: Recipient, answers: RecipientAnswer[]): Recipient["state"] {
  const told = answers.find((one) => one.address === address)
  if (!told) return state
  return told.state === "again" ? "waiting" : told.state
}

/** Waits for the next try, or gives up after 48 h. */
async function again(tx: Tx, mail: Leaving, recipients: Recipient[], words: string, now: Date) {
  // Refused whole for its many recipients, it goes to one at a time.
  const isSplit = isTooMany(words) && !isTooMany(mail.lastAnswer) && waitingIn(recipients) > 1
  if (isSplit) return change(tx, mail, { dueAt: now, dotAt: null, attempts: mail.attempts - 1, lastAnswer: words })
  const minutes = nextWait(mail.attempts)
  if (minutes === null) return refuseAll(tx, mail, recipients, { answer: words, before: givenUp }, now)
  const dueAt = new Date(now.getTime() + minutes * 60_000)
  await change(tx, mail, { dueAt, dotAt: null, lastAnswer: words })
}

const waitingIn = (recipients: Recipient[]) => recipients.filter(({ state }) => state === "waiting").length

const givenUp = "Given up after 48 hours. Last answer: "
type Refused = { answer: string; before: string }

async function refuseAll(tx: Tx, mail: Leaving, recipients: Recipient[], { answer, before }: Refused, now: Date) {
  const words = before + answer
  const to = recipients.flatMap(({ address, state }) => (state === "waiting" ? [address] : []))
  await heedRefusal(tx, mail, to, answer, now)
  await sayToWaiting(tx, mail, { state: "refused", answer: words, at: now })
  const after = recipients.map((one) => (one.state === "waiting" ? { ...one, state: "refused" as const } : one))
  await finish(tx, mail, after, words, now)
}

/** Our sign-in failed, so nothing of this mailbox can leave: its mail waits, unharmed, for an admin. */
async function pause(tx: Tx, mail: Leaving, words: string, now: Date) {
  await change(tx, mail, { dotAt: null, attempts: mail.attempts - 1, lastAnswer: words })
  if (mail.mailboxId === null) return
  const [box] = await tx
    .update(mailboxes)
    .set({ pausedAt: now, pausedBecause: words })
    .where(eq(mailboxes.id, mail.mailboxId))
    .returning({ address: mailboxes.address })
  const subject = `Mail of ${box?.address} waits: our sign-in was refused`
  const text = `The mail server refused it with "${words}". Nothing is lost. Put the name and password right, then let the mailbox go on under Sent mail.`
  await tellAdmins(tx, { subject, text, key: `sign-in of ${mail.mailboxId}` }, now)
}

/** It most likely arrived, so its links must work; whether it did is for a person to say. */
async function leaveOpen(tx: Tx, mail: Leaving, words: string, now: Date) {
  await sayToWaiting(tx, mail, { answer: words, at: now })
  await change(tx, mail, { unconfirmedAt: now, lastAnswer: words })
  if (mail.messageId !== null) await requestsSent(tx, [mail.messageId], now)
}

async function sayToWaiting(tx: Tx, mail: Leaving, said: Partial<typeof mailRecipients.$inferInsert>) {
  const isWaiting = and(eq(mailRecipients.mailId, mail.id), eq(mailRecipients.state, "waiting"))
  await tx.update(mailRecipients).set(said).where(isWaiting)
}

async function change(tx: Tx, mail: Leaving, facts: Partial<typeof mailToSend.$inferInsert>) {
  await tx
    .update(mailToSend)
    .set({ leasedBy: null, leasedUntil: null, ...facts })
    .where(eq(mailToSend.id, mail.id))
}
