import { and, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { inMailboxesOf, visibleTo } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import type { HeldFor } from "./held-for.ts"
import type { Tray } from "./trays.ts"

export type HeldRow = {
  messageId: number
  mailId: number | null
  caseNumber: number
  caseSubject: string
  from: { name: string; address: string }
  at: Date
  subject: string
  words: string
  because: string
  heldFor: HeldFor
  mailbox: string
}

const pageSize = 30

/** Mail in the viewer's cases whose sender nobody has spoken for yet, newest first. */
export async function heldMail(
  viewer: Viewer,
  before: number | null,
): Promise<{ rows: HeldRow[]; next: number | null }> {
  const rows = await db
    .select({
      ...{ messageId: messages.id, mailId: messages.mailId, caseNumber: messages.caseNumber, at: messages.at },
      ...{ caseSubject: cases.subject, from: messages.from, subject: messages.subject, mailbox: mailboxes.name },
      words: sql<string>`left(${messages.newText}, 1200)`,
      because: sql<string>`coalesce(${messages.joinedBecause}, '')`,
      heldFor: sql<HeldFor>`coalesce(${messages.heldFor}, 'disowned')`,
    })
    .from(messages)
    .innerJoin(cases, eq(cases.number, messages.caseNumber))
    .innerJoin(mailboxes, eq(mailboxes.id, cases.mailboxId))
    .where(and(isHeld, visibleTo(viewer), before === null ? undefined : lt(messages.id, before)))
    .orderBy(desc(messages.id))
    .limit(pageSize + 1)
  return page(rows, ({ messageId }) => messageId)
}

/** In the words of their index. */
const isHeld = and(eq(messages.unverified, true), isNull(messages.acceptedBy), isNull(messages.machine))

/** Up to a hundred; more are counted as that. */
export async function heldCount(viewer: Viewer): Promise<number> {
  const some = db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(cases, eq(cases.number, messages.caseNumber))
    .where(and(isHeld, visibleTo(viewer)))
    .limit(100)
    .as("some")
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(some)
  return row?.count ?? 0
}

export type RestingRow = { id: number; from: string; subject: string; receivedAt: Date; because: string }

/** Mail that came to the viewer's mailboxes and became no case: spam, and reports about nothing of ours. */
export async function restingMail(
  viewer: Viewer,
  tray: Exclude<Tray, "held">,
  before: number | null,
): Promise<{ rows: RestingRow[]; next: number | null }> {
  const { id, from, subject, receivedAt, because, fate, caseNumber, mailboxId } = mailReceived
  const kinds = tray === "spam" ? (["spam"] as const) : (["bounce", "complaint"] as const)
  const rows = await db
    .select({ id, from, subject, receivedAt, because })
    .from(mailReceived)
    .where(
      and(
        inArray(fate, [...kinds]),
        isNull(caseNumber),
        inMailboxesOf(viewer, mailboxId),
        before === null ? undefined : lt(id, before),
      ),
    )
    .orderBy(desc(id))
    .limit(pageSize + 1)
  return page(rows, (row) => row.id)
}

function page<T>(rows: T[], keyOf: (row: T) => number) {
  const shown = rows.slice(0, pageSize)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > pageSize && last ? keyOf(last) : null }
}
