import { type AnyColumn, and, type SQL, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases, messages, notes } from "#db/tables/cases.ts"
import type { Viewer } from "../people/agent.ts"
import { familyOf } from "./family.server.ts"

/**
 * Who may read what: a case, and every message, note, file, face and event filed in it, is for those who answer its
 * mailbox. Cases that were merged stay several in this: each keeps what was filed in it to its own mailbox.
 */
type Reader = Pick<Viewer, "mailboxIds">

/** Of a case that was read already. */
export const isVisibleTo = ({ mailboxIds }: Reader, { mailboxId }: { mailboxId: number }) =>
  mailboxIds.includes(mailboxId)

/** Of something that happened, about a case or none; what names neither case nor mailbox is no secret. */
export const mayHear = ({ mailboxIds }: Reader, about: { caseNumber: number | null; mailboxId: number | null }) =>
  about.mailboxId === null ? about.caseNumber === null : mailboxIds.includes(about.mailboxId)

/** Where `cases` is read or joined. */
export const visibleTo = (viewer: Reader): SQL => inMailboxesOf(viewer, cases.mailboxId)

/** Where a row names its mailbox itself; one that names none is nobody's. */
export const inMailboxesOf = ({ mailboxIds }: Reader, column: AnyColumn | SQL): SQL =>
  sql`${column} = any(${`{${mailboxIds.join(",")}}`}::bigint[])`

/** Where a row names the case it was filed in. Each row looks that up by itself: as a join it would read every case. */
export const filedVisiblyTo = (viewer: Reader, column: AnyColumn | SQL): SQL =>
  inMailboxesOf(viewer, sql`(select filed.mailbox_id from cases filed where filed.number = ${column})`)

/** Whether a row belongs to a case or to one that was merged into it, as far as the viewer may read those. */
export const inVisibleFamily = (viewer: Reader, column: AnyColumn | SQL, caseNumber: number): SQL =>
  sql`${column} = any(array(${familyOf(caseNumber)} where ${inMailboxesOf(viewer, sql`mailbox_id`)}))`

/** And whether it belongs to one of them that the viewer may not read. */
export const inHiddenFamily = (viewer: Reader, column: AnyColumn | SQL, caseNumber: number): SQL =>
  sql`${column} = any(array(${familyOf(caseNumber)} where not ${inMailboxesOf(viewer, sql`mailbox_id`)}))`

/** Those of some cases that the viewer may read. */
export async function visibleAmong(viewer: Reader, numbers: readonly number[]): Promise<Set<number>> {
  if (numbers.length === 0) return new Set()
  const named = sql`${cases.number} = any(${`{${numbers.join(",")}}`}::bigint[])`
  const rows = await db
    .select({ number: cases.number })
    .from(cases)
    .where(and(named, visibleTo(viewer)))
  return new Set(rows.map(({ number }) => number))
}

export type Elsewhere = { messages: number; notes: number }

/** How much of a merged case lies in mailboxes the viewer does not answer: numbers only. */
export async function elsewhereIn(viewer: Reader, caseNumber: number): Promise<Elsewhere> {
  const [said, noted] = await Promise.all([
    db.$count(messages, inHiddenFamily(viewer, messages.caseNumber, caseNumber)),
    db.$count(notes, inHiddenFamily(viewer, notes.caseNumber, caseNumber)),
  ])
  return { messages: said, notes: noted }
}
