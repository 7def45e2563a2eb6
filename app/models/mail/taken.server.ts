import { asc, eq, inArray, sql } from "drizzle-orm"
import { announceAll } from "#db/announce.server.ts"
import { db, type Tx, ts } from "#db/connection.server.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { together } from "#db/together.ts"
import type { Outcome, RecipientAnswer } from "#emails/outgoing/hand-over.server.ts"
import { type Leaving, left, redact } from "./ending.server.ts"

type Taken = { mail: Leaving; answers: RecipientAnswer[]; now: Date }

/** The usual end of a try: the server took the mail for everybody it was offered for. */
export function isTaken(outcome: Outcome): outcome is Extract<Outcome, { verdict: "answered" }> {
  return outcome.verdict === "answered" && outcome.recipients.every(({ state }) => state === "accepted")
}

/**
 * Writes down, for all mails taken at the same time in one transaction, that they were sent and what follows from it.
 * False: nothing was written of this one, for somebody had an answer before or the lease is lost.
 */
export const recordTaken = together<Taken, boolean>((all) => db.transaction((tx) => writeDown(tx, all)))

async function writeDown(tx: Tx, all: Taken[]): Promise<boolean[]> {
  const waiting = await waitingOf(
    tx,
    all.map(({ mail }) => mail),
  )
  const isOurs = ({ mail, answers }: Taken) => waiting.get(mail.id) === answers.length
  const taken = all.filter(isOurs)
  const [first] = taken
  if (!first) return all.map(() => false)
  const mails = taken.map(({ mail }) => mail)
  await answersOf(tx, taken, first.now)
  await Promise.all(taken.flatMap((one) => [ended(tx, one), redact(tx, one.mail)]))
  const changes = mails.map(({ caseNumber, mailboxId }) => ({ kind: "mail", caseNumber, mailboxId }))
  await announceAll(tx, changes, first.now)
  // Last, for these rows are everybody's.
  await left(tx, mails, first.now)
  return all.map(isOurs)
}

/** How many wait for each mail that is still ours and of which nobody had an answer yet; locked in the order of ids. */
async function waitingOf(tx: Tx, mails: Leaving[]): Promise<Map<number, number>> {
  const rows = await tx
    .select({ id: mailToSend.id, leasedBy: mailToSend.leasedBy })
    .from(mailToSend)
    .where(inArray(mailToSend.id, idsOf(mails)))
    .orderBy(asc(mailToSend.id))
    .for("update")
  const ours = rows.filter(({ id, leasedBy }) => mails.some((mail) => mail.id === id && mail.leasedBy === leasedBy))
  const counts = await tx
    .select({ id: mailRecipients.mailId, n: sql<number>`count(*)::int` })
    .from(mailRecipients)
    .where(inArray(mailRecipients.mailId, idsOf(ours)))
    .groupBy(mailRecipients.mailId)
    .having(sql`bool_and(${mailRecipients.state} = 'waiting')`)
  return new Map(counts.map(({ id, n }) => [id, n]))
}

const idsOf = (mails: { id: number }[]) => mails.map(({ id }) => id)

function answersOf(tx: Tx, taken: Taken[], now: Date) {
  const said = taken.flatMap(({ mail, answers }) =>
    answers.map(({ address, answer }) => ({ mail_id: mail.id, address, answer })),
  )
  return tx.execute(sql`
    update mail_recipients r set state = 'accepted', answer = a.answer, at = ${ts(now)}
      from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as a(mail_id bigint, address text, answer text)
     where r.mail_id = a.mail_id and r.address = a.address`)
}

function ended(tx: Tx, { mail, answers, now }: Taken) {
  const lastAnswer = answers[0]?.answer ?? ""
  return tx
    .update(mailToSend)
    .set({ leasedBy: null, leasedUntil: null, sentAt: now, redactedAt: now, lastAnswer })
    .where(eq(mailToSend.id, mail.id))
}
