import { sql } from "drizzle-orm"
import { zoneToCountIn } from "#app/models/ratings/tally-zone.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { attachments, cases, drafts, messages, notes, participants } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import { frownEvents, frownRatings, frowns } from "#db/tables/frowns.ts"
import { mailBytes, mailReceived, mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { customerAddresses, customers } from "#db/tables/people.ts"
import { ratingComments, ratingRequests, ratings, ratingTallies, ratingVotes } from "#db/tables/ratings.ts"
import { assignments, replyTallies } from "#db/tables/sharing.ts"
import type { Ledger } from "./ledger.ts"
import { pour } from "./pour.server.ts"
import type { Sheets } from "./sheets.ts"

/**
 * Writes the sheets straight into the tables. Every other door calls the rooms' verbs; a hundred thousand cases of a
 * past are loaded in bulk, and `desk rebuild` afterwards must find nothing to correct.
 */
export async function store(tx: Tx, sheets: Sheets) {
  await pour(tx, customers, sheets.customers)
  await pour(tx, customerAddresses, sheets.customerAddresses)
  await pour(tx, cases, sheets.cases)
  await pour(tx, participants, sheets.participants)
  await pour(tx, messages, sheets.messages)
  await pour(tx, attachments, sheets.attachments)
  await pour(tx, notes, sheets.notes)
  await pour(tx, drafts, sheets.drafts)
  await pour(tx, assignments, sheets.assignments)
  await pour(tx, caseEvents, sheets.caseEvents)
  await pour(tx, ratingRequests, sheets.requests)
  await pour(tx, ratingVotes, sheets.votes)
  await pour(tx, ratingComments, sheets.comments)
  await pour(tx, ratings, sheets.ratings)
  await pour(tx, frowns, sheets.frowns)
  await pour(tx, frownRatings, sheets.frownRatings)
  await pour(tx, frownEvents, sheets.frownEvents)
  await pour(tx, mailReceived, sheets.mailReceived)
  await pour(tx, mailBytes, sheets.mailBytes)
  await pour(tx, mailToSend, sheets.mailToSend)
  await pour(tx, mailRecipients, sheets.mailRecipients)
}

export async function storeTallies(tx: Tx, ledger: Ledger) {
  await zoneToCountIn(tx)
  await pour(tx, ratingTallies, ledger.ratingLines())
  await pour(tx, replyTallies, ledger.replyLines())
}

/** So many new rows at once: without fresh statistics the first pages would be planned for an empty desk. */
export async function analyze(on: Pick<Tx, "execute">) {
  await on.execute(sql`analyze`)
}
