import { and, desc, eq, gt, isNotNull, isNull, lt, lte, or, type SQL } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import { inMailboxesOf } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { mailFacts, recipientsOfMails } from "./delivery.server.ts"
import { type Delivery, deliveryOf, lateAfter } from "./delivery.ts"
import type { SentView } from "./sent-view.ts"
import { sentVisibleTo } from "./visible.server.ts"

export type SentRow = {
  id: number
  writtenAt: Date
  subject: string
  caseNumber: number | null
  mailbox: string
  author: string | null
  delivery: Delivery
}

const pageSize = 50

/** Mail that left, or tries to, from the viewer's mailboxes, newest first. `before` is the last id of the page before. */
export async function sentMail(viewer: Viewer, view: SentView, before: number | null, now: Date) {
  const page = before === null ? undefined : lt(mailToSend.id, before)
  const rows = await rowsWhere(viewer, and(conditions[view](now), page), pageSize + 1, now)
  const shown = rows.slice(0, pageSize)
  return { rows: shown, next: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null }
}

/** What only a person can bring to an end, newest first. */
export function problemMail(viewer: Viewer, now: Date): Promise<SentRow[]> {
  return rowsWhere(viewer, conditions.problems(now), pageSize, now)
}

/** Mailboxes of the viewer's whose mail waits because our sign-in was refused. */
export async function pausedMailboxes(viewer: Viewer) {
  const { id, name, pausedAt, pausedBecause } = mailboxes
  const rows = await db
    .select({ id, name, pausedAt, pausedBecause })
    .from(mailboxes)
    .where(and(isNotNull(pausedAt), inMailboxesOf(viewer, id)))
  return rows.map(({ pausedBecause: words, ...row }) => ({ ...row, words: words ?? "" }))
}

const { sentAt, keptAt, failedAt, unconfirmedAt, attempts, undoUntil } = mailToSend
const isOpen = and(isNull(sentAt), isNull(keptAt), isNull(failedAt), isNull(unconfirmedAt))
const isLate = (now: Date) => and(isOpen, gt(attempts, 0), lte(undoUntil, new Date(now.getTime() - lateAfter)))
const conditions: Record<SentView, (now: Date) => SQL | undefined> = {
  all: () => undefined,
  problems: (now) => or(isNotNull(failedAt), isNotNull(unconfirmedAt), isLate(now)),
  waiting: () => isOpen,
  sent: () => isNotNull(sentAt),
  kept: () => isNotNull(keptAt),
}

async function rowsWhere(viewer: Viewer, condition: SQL | undefined, limit: number, now: Date): Promise<SentRow[]> {
  const { subject, caseNumber } = mailToSend
  const found = await db
    .select({ ...mailFacts, subject, caseNumber, mailbox: mailboxes.name, author: agents.name })
    .from(mailToSend)
    .innerJoin(mailboxes, eq(mailboxes.id, mailToSend.mailboxId))
    .leftJoin(messages, eq(messages.id, mailToSend.messageId))
    .leftJoin(agents, eq(agents.id, messages.agentId))
    .where(and(sentVisibleTo(viewer), condition))
    .orderBy(desc(mailToSend.id))
    .limit(limit)
  const recipients = await recipientsOfMails(found.map(({ id }) => id))
  return found.map((row) => ({
    id: row.id,
    writtenAt: row.writtenAt,
    subject: row.subject,
    caseNumber: row.caseNumber,
    mailbox: row.mailbox,
    author: row.author,
    delivery: deliveryOf(row, recipients.get(row.id) ?? [], now),
  }))
}
