import { randomUUID } from "node:crypto"
import { and, asc, eq, gt, isNull, lte, or, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { isTooMany } from "#emails/outgoing/failure.ts"
import { usualLimits } from "#emails/outgoing/smtp.server.ts"
import { openTransport } from "#emails/outgoing/transport.server.ts"
import { keep, park, postpone, record, recordRest } from "./attempt.server.ts"
import { takePlace } from "./limit.server.ts"
import { type Way, wayOf } from "./way.server.ts"

export type Outbox = {
  /** The server of mailboxes without one of their own; null: their mail is kept where it can be read. */
  smtpUrl: string | null
}
export type MailRow = typeof mailToSend.$inferSelect

const leaseSeconds = 60
const beatMilliseconds = 20_000

/**
 * Takes one mail that is due as far as it comes; false when none is. A mail whose sender died after the mark before the
 * final dot may have arrived: it is shown, and only a person sends it again (reliability 3).
 */
export async function deliverNext(leaseName: string, now: () => Date, outbox: Outbox): Promise<boolean> {
  // Each claim has a lease of its own, so that a late answer to an old one can never be written down.
  const mail = await claim(`${leaseName} ${randomUUID()}`, now())
  if (!mail) return false
  if (mail.dotAt) await park(mail, now())
  else await take(mail, await wayOf(mail, outbox.smtpUrl, now), now)
  return true
}

async function take(mail: MailRow, way: Way | null, now: () => Date) {
  if (!way) return keep(mail, now())
  // A server that rests is not asked, and the mail waits as if it had been.
  if (way.rest && way.rest.until > now()) return recordRest(mail, way.rest.words, now())
  const place = way.own ? await takePlace(mail, way.own, now()) : mail
  return "until" in place ? postpone(mail, place, now()) : send(place, way, now)
}

/** The next mail due, leased on the database's clock. Mail of a paused mailbox waits for an admin. */
async function claim(lease: string, now: Date): Promise<MailRow | null> {
  const { sentAt, keptAt, failedAt, unconfirmedAt, leasedUntil } = mailToSend
  const isOpen = and(isNull(sentAt), isNull(keptAt), isNull(failedAt), isNull(unconfirmedAt))
  const isFree = or(isNull(leasedUntil), sql`${leasedUntil} < now()`)
  const next = db
    .select({ id: mailToSend.id })
    .from(mailToSend)
    .leftJoin(mailboxes, eq(mailboxes.id, mailToSend.mailboxId))
    .where(and(isOpen, lte(mailToSend.dueAt, now), isFree, isNull(mailboxes.pausedAt)))
    .orderBy(asc(mailToSend.dueAt), asc(mailToSend.id))
    .limit(1)
    .for("update", { of: mailToSend, skipLocked: true })
  const [mail] = await db
    .update(mailToSend)
    .set({ leasedBy: lease, leasedUntil: leaseEnd, attempts: sql`${mailToSend.attempts} + 1` })
    .where(eq(mailToSend.id, sql`(${next})`))
    .returning()
  return mail ?? null
}

const leaseEnd = sql`now() + ${`${leaseSeconds} seconds`}::interval`

async function send(mail: MailRow, { account, waiting, rest }: Way, now: () => Date) {
  const outcome = await whileLeased(mail, () =>
    transport.send(account, {
      from: mail.envelopeFrom,
      to: isTooMany(mail.lastAnswer) ? waiting.slice(0, 1) : waiting,
      envelopeId: mail.rfcMessageId.replace(/^<|>$/g, ""),
      raw: mail.rendered,
      beforeDot: () => markDot(mail, now()),
    }),
  )
  await record(mail, { account, hadRested: rest !== null }, outcome, now())
}

/** Committed before the dot is written. Whoever has lost the lease meanwhile must not write it. */
async function markDot(mail: MailRow, now: Date) {
  const [marked] = await db
    .update(mailToSend)
    .set({ dotAt: now, leasedUntil: leaseEnd })
    .where(and(held(mail), gt(mailToSend.leasedUntil, sql`now()`)))
    .returning({ id: mailToSend.id })
  if (!marked) throw new Error(`mail ${mail.id} was taken over before its final dot`)
}

async function whileLeased<T>(mail: MailRow, work: () => Promise<T>): Promise<T> {
  // A beat that fails costs the lease at most, and then the mark before the dot fails too.
  const beat = () =>
    db
      .update(mailToSend)
      .set({ leasedUntil: leaseEnd })
      .where(held(mail))
      .catch(() => {})
  const timer = setInterval(beat, beatMilliseconds)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

const held = (mail: MailRow) => and(eq(mailToSend.id, mail.id), sql`${mailToSend.leasedBy} = ${mail.leasedBy}`)

const transport = openTransport(usualLimits)
