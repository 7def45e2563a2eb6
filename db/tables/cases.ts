import { sql } from "drizzle-orm"
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core"
import { id, jiraIssueIn, moment, ref } from "../columns.ts"
import type { KeptFacts, Mark } from "./case-facts.ts"
import { agents, customers, mailboxes } from "./people.ts"

export type Address = { name: string; address: string }

/**
 * One matter with one customer. There is no status: what a case is follows from these facts (models/cases/case.ts).
 * `waitingSince` is set when the customer speaks, cleared when we answer; machine mail does not move it.
 */
export const cases = pgTable(
  "cases",
  {
    number: bigint({ mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    mailboxId: ref("mailbox_id")
      .notNull()
      .references(() => mailboxes.id),
    customerId: ref("customer_id").references(() => customers.id),
    agentId: ref("agent_id").references(() => agents.id),
    subject: text().notNull(),
    openedAt: moment("opened_at").notNull(),
    waitingSince: moment("waiting_since"),
    snoozedUntil: moment("snoozed_until"),
    closedAt: moment("closed_at"),
    spamAt: moment("spam_at"),
    mergedInto: ref("merged_into"),
    /**
     * Of merged cases, by number: under its own what this one would be with nothing merged into it, under that of each
     * case it went into what it adds there. The row itself shows what follows from all that is merged into it.
     */
    factsIn: jsonb("facts_in").$type<Record<string, KeptFacts>>(),
    /** A case its opening mail may belong to instead, and why we think so; a person decides. */
    nearCase: ref("near_case"),
    nearBecause: text("near_because"),
    /** Set when it goes to a person, so that "given but unanswered" and "idle" can be told. */
    agentSince: moment("agent_since"),
    /** Skills asked for beyond its mailbox's. */
    asksFor: jsonb("asks_for").$type<string[]>().notNull().default([]),
    /** A lead was told that it stays unanswered; until somebody answers. */
    leadToldAt: moment("lead_told_at"),
    lastAnsweredBy: ref("last_answered_by").references(() => agents.id),
    firstAnsweredAt: moment("first_answered_at"),
    /** Projections of the messages, kept by the verb that appends. */
    lastMessageAt: moment("last_message_at").notNull(),
    lastMessageId: ref("last_message_id"),
    messageCount: integer("message_count").notNull().default(0),
    preview: text().notNull().default(""),
  },
  (t) => [
    // Each list of the frame is one of these, read from one end.
    index("cases_waiting")
      .on(t.waitingSince, t.number)
      .where(sql`waiting_since is not null and closed_at is null and spam_at is null and merged_into is null`),
    index("cases_held")
      .on(t.agentId, t.waitingSince, t.number)
      .where(sql`closed_at is null and spam_at is null and merged_into is null`),
    index("cases_open_last")
      .on(t.lastMessageAt, t.number)
      .where(sql`closed_at is null and spam_at is null and merged_into is null`),
    index("cases_snoozed")
      .on(t.snoozedUntil, t.number)
      .where(sql`snoozed_until is not null and closed_at is null and spam_at is null and merged_into is null`),
    index("cases_closed").on(t.closedAt, t.number).where(sql`closed_at is not null and merged_into is null`),
    index("cases_spam").on(t.lastMessageAt, t.number).where(sql`spam_at is not null`),
    index("cases_last").on(t.lastMessageAt, t.number),
    index("cases_customer").on(t.customerId, t.lastMessageAt),
    index("cases_agent_last").on(t.agentId, t.lastMessageAt, t.number),
    index("cases_mailbox_last").on(t.mailboxId, t.lastMessageAt, t.number),
    index("cases_merged").on(t.mergedInto).where(sql`merged_into is not null`),
  ],
)

/** Everything the customer can read. Notes are not here, so no path that mails can reach one. */
export const messages = pgTable(
  "messages",
  {
    id: id(),
    caseNumber: ref("case_number")
      .notNull()
      .references(() => cases.number),
    kind: text().$type<"email" | "reply">().notNull(),
    at: moment("at").notNull(),
    /** The sender as written in the mail; for a reply the mailbox it left from. */
    from: jsonb().$type<Address>().notNull(),
    to: jsonb().$type<Address[]>().notNull().default([]),
    cc: jsonb().$type<Address[]>().notNull().default([]),
    agentId: ref("agent_id").references(() => agents.id),
    customerId: ref("customer_id").references(() => customers.id),
    subject: text().notNull().default(""),
    /** The whole plain text; `newText` is what this message adds, quotes and signature folded away. */
    text: text().notNull().default(""),
    newText: text("new_text").notNull().default(""),
    /** As it came, so that a better cleaner reaches old mail too. Never shown: its clean form is (message_pages). */
    html: text(),
    rfcMessageId: text("rfc_message_id"),
    inReplyTo: text("in_reply_to"),
    references: jsonb().$type<string[]>().notNull().default([]),
    mailId: ref("mail_id"),
    /** Set for mail a machine sent: shown quietly, never answered by us automatically. */
    machine: text().$type<"auto" | "bounce" | "complaint" | "list">(),
    /** Why it stands in this case, one sentence; null for the message that opened it. */
    joinedBecause: text("joined_because"),
    /** Agents see it, nobody else is told of it, until an agent accepts the sender. */
    unverified: boolean().notNull().default(false),
    /** Why it is unverified. */
    heldFor: text("held_for").$type<"new sender" | "disowned" | "volume">(),
    acceptedBy: ref("accepted_by").references(() => agents.id),
    /** How sure it is who sent it; null for our own words and for mail from before this was looked at. */
    authenticity: text().$type<"pass" | "none" | "fail" | "temperror">(),
    /** Set when Reply-To names another domain than From: answered only after a person has agreed. */
    replyTo: jsonb("reply_to").$type<Address>(),
    /** The agent who handed this mail on in the customer's name. */
    forwardedBy: ref("forwarded_by").references(() => agents.id),
    /** What else it is: signed, encrypted, an invitation … */
    marks: jsonb().$type<Mark[]>().notNull().default([]),
  },
  (t) => [
    index("messages_case").on(t.caseNumber, t.id),
    index("messages_agent").on(t.agentId, t.at).where(sql`kind = 'reply'`),
    index("messages_rfc_id").on(t.rfcMessageId).where(sql`rfc_message_id is not null`),
    index("messages_jira_issue").on(jiraIssueIn(t.rfcMessageId)).where(sql`rfc_message_id like '<JIRA.%'`),
    // The tray of mail whose sender nobody has spoken for.
    index("messages_held").on(t.id).where(sql`unverified and accepted_by is null and machine is null`),
    index("messages_html").on(t.id).where(sql`html is not null`),
  ],
)

/** Private to the team. A table of its own: what is mailed is never read from here. */
export const notes = pgTable(
  "notes",
  {
    id: id(),
    caseNumber: ref("case_number")
      .notNull()
      .references(() => cases.number),
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id),
    at: moment("at").notNull(),
    body: text().notNull(),
  },
  (t) => [index("notes_case").on(t.caseNumber, t.id)],
)

/** Who takes part in a case. `pending` were named by somebody else's mail and get nothing until an agent says so. */
export const participants = pgTable(
  "participants",
  {
    caseNumber: ref("case_number")
      .notNull()
      .references(() => cases.number),
    address: text().notNull(),
    name: text().notNull().default(""),
    standing: text().$type<"requester" | "accepted" | "pending">().notNull(),
    addedAt: moment("added_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseNumber, t.address] }), index("participants_address").on(t.address)],
)

/** Bytes live in the file store under their sha256; a row per place they are used. */
export const attachments = pgTable(
  "attachments",
  {
    id: id(),
    messageId: ref("message_id").references(() => messages.id, { onDelete: "cascade" }),
    caseNumber: ref("case_number").references(() => cases.number),
    sha256: text().notNull(),
    filename: text().notNull(),
    contentType: text("content_type").notNull(),
    size: integer().notNull(),
    inline: boolean().notNull().default(false),
    contentId: text("content_id"),
    uploadedBy: ref("uploaded_by").references(() => agents.id),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [index("attachments_message").on(t.messageId), index("attachments_sha256").on(t.sha256)],
)

export const drafts = pgTable(
  "drafts",
  {
    id: id(),
    caseNumber: ref("case_number")
      .notNull()
      .references(() => cases.number),
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    body: text().notNull(),
    cc: jsonb().$type<Address[]>().notNull().default([]),
    savedAt: moment("saved_at").notNull(),
  },
  (t) => [unique("drafts_case_agent").on(t.caseNumber, t.agentId), index("drafts_agent").on(t.agentId)],
)
