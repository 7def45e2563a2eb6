import { sql } from "drizzle-orm"
import { boolean, index, integer, jsonb, pgTable, smallint, text, unique } from "drizzle-orm/pg-core"
import { bytes, id, moment, ref } from "../columns.ts"
import type { KeptFacts } from "./case-facts.ts"
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

/** How sure it is that a mail comes from the domain it names, with what was found on the way. */
export type Authenticity = {
  level: "pass" | "none" | "fail" | "temperror"
  /** One sentence for the badge. */
  because: string
  domain: string
  /** What the domain asks for when its mail fails. */
  policy: "none" | "quarantine" | "reject" | null
  spf: string | null
  dkim: string | null
  dmarc: string | null
  arc: string | null
}

/** What a person decided about a mail in a tray: it is then read again, and this is followed. */
export type Decision = {
  by: number
  at: string
  /** `accepted`: into the case it named; `own case`: a new one; `not spam`: as if no rule had called it that. */
  kind: "accepted" | "own case" | "not spam"
}

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
    /** The name the sending server gave itself; what SPF looks at when the sender is empty. */
    helo: text().notNull().default(""),
    /** sha256 of envelope and bytes: the same mail delivered twice is one row. */
    digest: text().notNull().unique(),
    size: integer().notNull(),
    /** History: becomes closed cases that nobody is given and nothing is answered to. */
    asClosed: boolean("as_closed").notNull().default(false),
    // What the parser read, for the ledger and for duplicates.
    from: text().notNull().default(""),
    to: text().notNull().default(""),
    subject: text().notNull().default(""),
    rfcMessageId: text("rfc_message_id"),
    /** The ids it says it answers, known before it is read: it waits for those of them that are still to be handled. */
    answers: text().array().notNull().default([]),
    /** The first of its References, else what it answers, else itself: mails of one thread take turns. */
    threadRoot: text("thread_root"),
    fingerprint: text(),
    /** The mailbox it came to, which decides who sees it in a tray. */
    mailboxId: ref("mailbox_id").references(() => mailboxes.id),
    /** What could be proven about its sender; null: not looked at yet. */
    authenticity: jsonb().$type<Authenticity>(),
    /** What a person said about it, followed when it is read again. */
    decision: jsonb().$type<Decision>(),
    /** Which reader tried it last: mail that could not be read is tried again after an upgrade. */
    readBy: smallint("read_by").notNull().default(0),
    fate: text().$type<Fate>(),
    because: text().notNull().default(""),
    caseNumber: ref("case_number").references(() => cases.number),
    /** The email that came first, of one that came twice. */
    copyOf: ref("copy_of"),
    handledAt: moment("handled_at"),
    attempts: smallint().notNull().default(0),
    /** How often its reader, or the desk itself, ended or hung while it was worked on. */
    readersEnded: smallint("readers_ended").notNull().default(0),
    dueAt: moment("due_at").notNull(),
    leasedUntil: moment("leased_until"),
    leasedBy: text("leased_by"),
    lastError: text("last_error"),
  },
  (t) => [
    index("mail_received_due").on(t.dueAt, t.id).where(sql`fate is null`),
    index("mail_received_to_come").on(t.rfcMessageId).where(sql`fate is null`),
    index("mail_received_turns").on(t.threadRoot).where(sql`fate is null and leased_until is not null`),
    index("mail_received_at").on(t.receivedAt, t.id),
    index("mail_received_fate").on(t.fate, t.id),
    index("mail_received_message").on(t.rfcMessageId, t.fingerprint).where(sql`rfc_message_id is not null`),
    index("mail_received_case").on(t.caseNumber),
    // The trays: held, spam, and bounces that name none of our mail.
    index("mail_received_tray")
      .on(t.mailboxId, t.fate, t.id)
      .where(sql`fate in ('held', 'spam', 'bounce', 'complaint')`),
    index("mail_received_sender").on(t.from, t.receivedAt),
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
  /** The same of every case merged together with it, by number. */
  family?: Record<string, Record<string, KeptFacts>>
}

/**
 * Mail written and not yet everywhere. One Message-ID and one rendering for its whole life; the state is read from the
 * facts (models/mail/delivery.ts). `dotAt` is committed just before the final dot: from there on only a person may send again.
 */
export const mailToSend = pgTable(
  "mail_to_send",
  {
    id: id(),
    /** All but replies are automatic: they say so, and nothing answers to them. */
    kind: text().$type<"reply" | "password" | "acknowledgement" | "notice">().notNull(),
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
    /** Where the rating links in it begin; null when it has none. */
    linkOrigin: text("link_origin"),
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
    /** Links of the stored copy made unreadable once every recipient is final. */
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
    // Counted before anything automatic is written.
    index("mail_to_send_automatic").on(t.mailboxId, t.writtenAt).where(sql`kind = 'acknowledgement'`),
    // Counted for the rate limits of a mailbox.
    index("mail_to_send_left").on(t.mailboxId, t.dotAt).where(sql`dot_at is not null`),
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
  (t) => [
    unique("mail_recipients_once").on(t.mailId, t.address),
    index("mail_recipients_address").on(t.address, t.mailId),
  ],
)
