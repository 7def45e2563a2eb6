import { randomUUID } from "node:crypto"
import { and, asc, eq, getTableColumns, isNull, lte, or, sql } from "drizzle-orm"
import { inOnePiece } from "#db/bytes.server.ts"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { together } from "#db/together.ts"
import { Turnstile } from "#emails/incoming/turnstile.ts"
import { isTooMany } from "#emails/outgoing/failure.ts"
import { usualLimits } from "#emails/outgoing/smtp.server.ts"
import { openTransport } from "#emails/outgoing/transport.server.ts"
import { hold, keep, park, postpone, record, recordRest } from "./attempt.server.ts"
import { type Leaving, renderedOf } from "./ending.server.ts"
import { takePlace } from "./limit.server.ts"
import { withPublicLinks } from "./links.server.ts"
import { isTaken, recordTaken } from "./taken.server.ts"
import { type Found, foundFor, type Way, wayFrom } from "./way.server.ts"

export type Outbox = {
  /** The server of mailboxes without one of their own; null: their mail is kept where it can be read. */
  smtpUrl: string | null
}

const leaseSeconds = 60
const beatMilliseconds = 20_000

/**
 * Takes one mail that is due as far as it comes; false when none is. A mail whose sender died after the mark before the
 * final dot may have arrived: it is shown, and only a person sends it again.
 */
export async function deliverNext(leaseName: string, now: () => Date, outbox: Outbox): Promise<boolean> {
  // Each claim has a lease of its own, so that a late answer to an old one can never be written down.
  const claimed = await claim({ lease: `${leaseName} ${randomUUID()}`, now: now(), smtpUrl: outbox.smtpUrl })
  if (!claimed) return false
  const { mail, found } = claimed
  if (mail.dotAt) await park(mail, now())
  else await take(mail, wayFrom(found, outbox.smtpUrl, now), now)
  return true
}

async function take(mail: Leaving, way: Way | null, now: () => Date) {
  if (!way) return keep(mail, now())
  // A server that rests is not asked, and the mail waits as if it had been.
  if (way.rest && way.rest.until > now()) return recordRest(mail, way.rest.words, now())
  const linked = await withPublicLinks(mail, way, now())
  if (linked === null) return hold(mail, now())
  const place = way.own ? await takePlace(linked, way.own, now()) : linked
  return "until" in place ? postpone(mail, place, now()) : send(place, way, now)
}

type Ask = { lease: string; now: Date; smtpUrl: string | null }
type Claimed = { mail: Leaving; found: Found }

const { rendered, ...withoutBytes } = getTableColumns(mailToSend)

/**
 * The next mails due, one for each sender that asks at this moment, leased on the database's clock and each with the way
 * it goes. Mail of a paused mailbox waits for an admin.
 */
const claim = together<Ask, Claimed | null>(async (asked) => {
  const [{ lease, now, smtpUrl }] = asked as [Ask]
  const { sentAt, keptAt, failedAt, unconfirmedAt, leasedUntil } = mailToSend
  const isOpen = and(isNull(sentAt), isNull(keptAt), isNull(failedAt), isNull(unconfirmedAt))
  const isFree = or(isNull(leasedUntil), sql`${leasedUntil} < now()`)
  const next = db
    .select({ id: mailToSend.id })
    .from(mailToSend)
    .leftJoin(mailboxes, eq(mailboxes.id, mailToSend.mailboxId))
    .where(and(isOpen, lte(mailToSend.dueAt, now), isFree, isNull(mailboxes.pausedAt)))
    .orderBy(asc(mailToSend.dueAt), asc(mailToSend.id))
    .limit(asked.length)
    .for("update", { of: mailToSend, skipLocked: true })
  const claimed = await db
    .update(mailToSend)
    .set({ leasedBy: lease, leasedUntil: leaseEnd, attempts: sql`${mailToSend.attempts} + 1` })
    .where(sql`${mailToSend.id} = any(array(${next}))`)
    .returning({ mail: withoutBytes, ...inOnePiece(sql`${rendered}`) })
  const mails = claimed.map(({ mail, bytes }) => ({ ...mail, rendered: bytes }))
  const found = await foundFor(mails, smtpUrl)
  return asked.map((_, n) => {
    const [mail, its] = [mails[n], found[n]]
    return mail && its ? { mail, found: its } : null
  })
})

const leaseEnd = sql`now() + ${`${leaseSeconds} seconds`}::interval`

async function send(mail: Leaving, { account, waiting, rest }: Way, now: () => Date) {
  const sending = async (raw: Buffer) =>
    transport.send(account, {
      from: mail.envelopeFrom,
      to: isTooMany(mail.lastAnswer) ? waiting.slice(0, 1) : waiting,
      envelopeId: mail.rfcMessageId.replace(/^<|>$/g, ""),
      raw,
      beforeDot: () => markDot(mail, now()),
    })
  const outcome = await whileLeased(mail, () =>
    mail.rendered ? sending(mail.rendered) : inTurn(async () => sending(await renderedOf(db, mail.id))),
  )
  const isWritten =
    !rest && mail.rendered && isTaken(outcome) && (await recordTaken({ mail, answers: outcome.recipients, now: now() }))
  if (!isWritten) await record(mail, { account, hadRested: rest !== null }, outcome, now())
}

/** Committed before the dot is written. Whoever has lost the lease meanwhile must not write it. */
async function markDot(mail: Leaving, now: Date) {
  if (!(await mark({ mail, now }))) throw new Error(`mail ${mail.id} was taken over before its final dot`)
}

const mark = together<{ mail: Leaving; now: Date }, boolean>(async (asked) => {
  const dots = asked.map(({ mail, now }) => ({ id: mail.id, lease: mail.leasedBy, at: now.toISOString() }))
  const marked = await db.execute<{ id: number }>(sql`
    update mail_to_send m set dot_at = d.at, leased_until = ${leaseEnd}
      from jsonb_to_recordset(${JSON.stringify(dots)}::jsonb) as d(id bigint, lease text, at timestamptz)
     where m.id = d.id and m.leased_by = d.lease and m.leased_until > now() returning m.id::float8 as id`)
  const ids = new Set(marked.map(({ id }) => id))
  return asked.map(({ mail }) => ids.has(mail.id))
})

async function whileLeased<T>(mail: Leaving, work: () => Promise<T>): Promise<T> {
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

const held = (mail: Leaving) => and(eq(mailToSend.id, mail.id), sql`${mailToSend.leasedBy} = ${mail.leasedBy}`)

const transport = openTransport(usualLimits)
const large = new Turnstile(2)

/** Large mails are in memory two at a time. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  await large.enter()
  return work().finally(() => large.leave())
}
