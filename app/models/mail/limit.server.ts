import { and, asc, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm"
import { db, type Tx, ts } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { limitWords } from "./delivery.ts"
import type { Leaving } from "./ending.server.ts"

type Limits = { perMinute: number | null; perDay: number | null }

/** Until when a mailbox has used up what its server takes, in words to show; `apart`: milliseconds between two mails. */
export type Wait = { until: Date; words: string; apart: number }

const minute = 60_000
const day = 24 * 60 * minute

/** How the lease of a mail ends that has a place among those its mailbox may send now. */
const placed = " placed"

/**
 * The mail, under a lease that says it may go now, or until when it waits. One is decided at a time, and
 * what is being sent counts as gone, so that senders side by side never send more than the limit.
 */
export async function takePlace(mail: Leaving, limits: Limits, now: Date): Promise<Leaving | Wait> {
  if (mail.mailboxId === null || (limits.perMinute === null && limits.perDay === null)) return mail
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('limit of a mailbox'), ${mail.mailboxId}::int)`)
    const wait = await waitOf(tx, mail, limits, now)
    if (wait) return wait
    const leasedBy = `${mail.leasedBy}${placed}`
    const mine = and(eq(mailToSend.id, mail.id), sql`${mailToSend.leasedBy} = ${mail.leasedBy}`)
    await tx.update(mailToSend).set({ leasedBy }).where(mine)
    return { ...mail, leasedBy }
  })
}

async function waitOf(tx: Tx, mail: Leaving, { perMinute, perDay }: Limits, now: Date): Promise<Wait | null> {
  const under = await beingSent(tx, mail)
  const long = perDay === null ? null : await fullUntil(tx, mail, perDay - under, day, now)
  if (long && perDay) return { until: long, words: limitWords(perDay, "a day"), apart: day / perDay }
  const short = perMinute === null ? null : await fullUntil(tx, mail, perMinute - under, minute, now)
  return short && perMinute
    ? { until: short, words: limitWords(perMinute, "a minute"), apart: minute / perMinute }
    : null
}

/** When the oldest of the last so many leaves the window; null: fewer than that left in it. */
async function fullUntil(tx: Tx, { mailboxId }: Leaving, places: number, window: number, now: Date) {
  // All places are with mail on its way at this moment.
  if (places <= 0) return new Date(now.getTime() + window / 60)
  const { dotAt } = mailToSend
  const since = new Date(now.getTime() - window)
  const [last] = await tx
    .select({ dotAt })
    .from(mailToSend)
    .where(and(sql`${mailToSend.mailboxId} = ${mailboxId}`, gt(dotAt, since)))
    .orderBy(desc(dotAt))
    .limit(1)
    .offset(places - 1)
  return last?.dotAt ? new Date(last.dotAt.getTime() + window) : null
}

async function beingSent(tx: Tx, { mailboxId }: Leaving): Promise<number> {
  const isUnder = and(isOpen, gt(mailToSend.leasedUntil, sql`now()`), isNull(mailToSend.dotAt))
  const isPlaced = sql`${mailToSend.leasedBy} like ${`%${placed}`}`
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(mailToSend)
    .where(and(isUnder, isPlaced, sql`${mailToSend.mailboxId} = ${mailboxId}`))
  return row?.n ?? 0
}

/** What is due now of that mailbox waits too, each for its turn, so that nothing is looked at again and again meanwhile. */
export async function queueUp(tx: Tx, { id, mailboxId }: Leaving, wait: Wait, now: Date) {
  const { dueAt, leasedUntil, dotAt } = mailToSend
  const isFree = or(isNull(leasedUntil), sql`${leasedUntil} < now()`)
  const isDue = and(isOpen, isFree, isNull(dotAt), lte(dueAt, now), sql`${mailToSend.id} <> ${id}`)
  const due = await tx
    .select({ id: mailToSend.id })
    .from(mailToSend)
    .where(and(isDue, sql`${mailToSend.mailboxId} = ${mailboxId}`))
    .orderBy(asc(dueAt), asc(mailToSend.id))
    .limit(10_000)
    .for("update", { skipLocked: true })
  if (due.length === 0) return
  const places = JSON.stringify(due.map((one, place) => ({ id: one.id, ms: Math.round((place + 1) * wait.apart) })))
  await tx.execute(sql`
    update mail_to_send m set due_at = ${ts(wait.until)} + p.ms * interval '1 millisecond', last_answer = ${wait.words}
      from jsonb_to_recordset(${places}::jsonb) as p(id bigint, ms float8) where m.id = p.id`)
}

const isOpen = and(
  isNull(mailToSend.sentAt),
  isNull(mailToSend.keptAt),
  isNull(mailToSend.failedAt),
  isNull(mailToSend.unconfirmedAt),
)
