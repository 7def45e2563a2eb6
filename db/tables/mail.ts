import { sql } from "drizzle-orm"
import { boolean, index, integer, jsonb, pgTable, smallint, text, unique } from "drizzle-orm/pg-core"
import { bytes, id, moment, ref } from "../columns.ts"
import type { Address } from "./cases.ts"
import { cases, messages } from "./cases.ts"
import { mailboxes } from "./people.ts"

export type Fate =
  | "opened"
  | "joined"
  | "auto"
  | "bounce"
  | "complaint"
  | "duplicate"
  | "own"
  | "spam"
  | "held"
  | "failed"

/**
 * The mail ledger: every inbound email and what became of it. `fate` is null while it waits. The row is the job:
 * leases and due times are the database's clock, everything else is the desk's.
 */
export const mailReceived = pgTable(
  "mail_received",
  {
    id: id(),
    receivedAt: moment("received_at").notNull(),
    via: text().$type<"smtp" | "api" | "imap" | "import">().notNull(),
    envelopeFrom: text("envelope_from").notNull(),
    envelopeTo: jsonb("envelope_to").$type<string[]>().notNull(),
    remote: text().notNull().default(""),
    /** sha256 of envelope and bytes: the same mail delivered twice is one row (reliability 3, dedupe). */
    digest: text().notNull().unique(),
    size: integer().notNull(),
    /** History: becomes closed cases that nobody is given and nothing is answered to. */
    asClosed: boolean("as_closed").notNull().default(false),
    // What the parser read, for the ledger and for duplicates.
    from: text().notNull().default(""),
    to: text().notNull().default(""),
    subject: text().notNull().default(""),
    rfcMessageId: text("rfc_message_id"),
    fingerprint: text(),
    fate: text().$type<Fate>(),
    because: text().notNull().default(""),
    caseNumber: ref("case_number").references(() => cases.number),
    handledAt: moment("handled_at"),
    attempts: smallint().notNull().default(0),
    dueAt: moment("due_at").notNull(),
    leasedUntil: moment("leased_until"),
    leasedBy: text("leased_by"),
    lastError: text("last_error"),
  },
  (t) => [
    index("mail_received_due").on(t.dueAt, t.id).where(sql`fate is null`),
    index("mail_received_at").on(t.receivedAt, t.id),
    index("mail_received_fate").on(t.fate, t.id),
    index("mail_received_message").on(t.rfcMessageId, t.fingerprint).where(sql`rfc_message_id is not null`),
    index("mail_received_case").on(t.caseNumber),
  ],
)

export const mailBytes = pgTable("mail_bytes", {
  mailId: ref("mail_id")
    .primaryKey()
    .references(() => mailReceived.id, { onDelete: "cascade" }),
  raw: bytes("raw").notNull(),
})

/** What undoing a reply puts back, as it was before the press. */
export type BeforeReply = {
  waitingSince: string | null
  closedAt: string | null
  snoozedUntil: string | null
  agentId: number | null
  lastAnsweredBy: number | null
  firstAnsweredAt: string | null
}

/**
 * Mail written and not yet everywhere. One Message-ID and one rendering for its whole life; the state is read from the
 * facts (models/mail/delivery.ts). `dotAt` is committed just before the final dot: from there on only a person may send again.
 */
export const mailToSend = pgTable(
  "mail_to_send",
  {
    id: id(),
    kind: text().$type<"reply" | "password">().notNull(),
    messageId: ref("message_id")
      .unique()
      .references(() => messages.id),
    caseNumber: ref("case_number").references(() => cases.number),
    mailboxId: ref("mailbox_id").references(() => mailboxes.id),
    rfcMessageId: text("rfc_message_id").notNull().unique(),
    from: jsonb().$type<Address>().notNull(),
    envelopeFrom: text("envelope_from").notNull(),
    subject: text().notNull(),
    rendered: bytes("rendered").notNull(),
    writtenAt: moment("written_at").notNull(),
    /** End of the undo window, then of each wait between tries. */
    dueAt: moment("due_at").notNull(),
    undoUntil: moment("undo_until").notNull(),
    attempts: smallint().notNull().default(0),
    leasedUntil: moment("leased_until"),
    leasedBy: text("leased_by"),
    dotAt: moment("dot_at"),
    sentAt: moment("sent_at"),
    keptAt: moment("kept_at"),
    failedAt: moment("failed_at"),
    unconfirmedAt: moment("unconfirmed_at"),
    /** Links of the stored copy made unreadable once every recipient is final (decisions 25). */
    redactedAt: moment("redacted_at"),
    lastAnswer: text("last_answer").notNull().default(""),
    before: jsonb().$type<BeforeReply>(),
  },
  (t) => [
    index("mail_to_send_due")
      .on(t.dueAt, t.id)
      .where(sql`sent_at is null and kept_at is null and failed_at is null and unconfirmed_at is null`),
    index("mail_to_send_problem").on(t.id).where(sql`failed_at is not null or unconfirmed_at is not null`),
    index("mail_to_send_case").on(t.caseNumber),
  ],
)

export const mailRecipients = pgTable(
  "mail_recipients",
  {
    id: id(),
    mailId: ref("mail_id")
      .notNull()
      .references(() => mailToSend.id, { onDelete: "cascade" }),
    address: text().notNull(),
    as: text().$type<"to" | "cc" | "bcc">().notNull(),
    /** Waiting until one of the others is known for this address. */
    state: text().$type<"waiting" | "accepted" | "refused" | "bounced">().notNull().default("waiting"),
    answer: text().notNull().default(""),
    at: moment("at"),
  },
  (t) => [unique("mail_recipients_once").on(t.mailId, t.address)],
)

/** Work that is neither mail in nor mail out: sweeps, pruning. `dedupeKey` keeps one waiting row per purpose. */
export const jobs = pgTable(
  "jobs",
  {
    id: id(),
    kind: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    dedupeKey: text("dedupe_key").unique(),
    dueAt: moment("due_at").notNull(),
    attempts: smallint().notNull().default(0),
    leasedUntil: moment("leased_until"),
    leasedBy: text("leased_by"),
    lastError: text("last_error"),
    finishedAt: moment("finished_at"),
  },
  (t) => [index("jobs_due").on(t.dueAt, t.id).where(sql`finished_at is null`)],
)
