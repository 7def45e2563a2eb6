import { randomUUID } from "node:crypto"
import { and, asc, eq, gt, isNull, lte, or, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { usualLimits } from "#emails/outgoing/smtp.server.ts"
import { openTransport, type Transport } from "#emails/outgoing/transport.server.ts"
import { keep, park, record } from "./attempt.server.ts"

export type Outbox = {
  /** The server all mail leaves by; null: nothing leaves, mail is kept where it can be read. */
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
  else if (outbox.smtpUrl === null) await keep(mail, now())
  else await send(mail, transportFor(outbox.smtpUrl), now)
  return true
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

async function send(mail: MailRow, transport: Transport, now: () => Date) {
  const { address, mailId, state } = mailRecipients
  const waiting = await db
    .select({ address })
    .from(mailRecipients)
    .where(and(eq(mailId, mail.id), eq(state, "waiting")))
    .orderBy(asc(mailRecipients.id))
  const outcome = await whileLeased(mail, () =>
    transport.send({
      from: mail.envelopeFrom,
      to: waiting.map((recipient) => recipient.address),
      raw: mail.rendered,
      beforeDot: () => markDot(mail, now()),
    }),
  )
  await record(mail, outcome, now())
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

const transports = new Map<string, Transport>()

function transportFor(smtpUrl: string): Transport {
  const known = transports.get(smtpUrl) ?? openTransport(smtpUrl, usualLimits)
  transports.set(smtpUrl, known)
  return known
}
