import { sql } from "drizzle-orm"
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core"
import { id, moment, ref } from "../columns.ts"
import { cases } from "./cases.ts"
import { agents, customers, mailboxes } from "./people.ts"
import { ratingRequests } from "./ratings.ts"

type KeptFacts = Record<string, string | number | null>

/**
 * A frown's facts by column, the cases that were merged when they were read, the last line of its story by then, and
 * what people did to it since.
 */
export type AloneFrown = {
  facts: KeptFacts
  family: number[]
  lastEvent: number
  acts: { at: string; by: number | null; set: KeptFacts }[]
}

/** Why a customer was unhappy. The key is fixed, the words may be edited; `ours` when support controls it. */
export const causes = pgTable("causes", {
  id: id(),
  key: text().notNull().unique(),
  name: text().notNull(),
  group: text().$type<"people" | "process" | "product" | "policy" | "other">().notNull(),
  ours: boolean().notNull(),
  position: integer().notNull(),
  retiredAt: moment("retired_at"),
})

/**
 * A frowned rating in the follow-up queue. Outcome is what the customer's own later rating (or the clock) says;
 * closing is a person's act. One open frown per case; further frowned ratings attach to it.
 */
export const frowns = pgTable(
  "frowns",
  {
    id: id(),
    caseNumber: ref("case_number")
      .notNull()
      .references(() => cases.number),
    customerId: ref("customer_id").references(() => customers.id),
    /** Who wrote the rated reply, frozen. */
    authorId: ref("author_id")
      .notNull()
      .references(() => agents.id),
    mailboxId: ref("mailbox_id")
      .notNull()
      .references(() => mailboxes.id),
    openedAt: moment("opened_at").notNull(),
    dueAt: moment("due_at").notNull(),
    ownerId: ref("owner_id").references(() => agents.id),
    claimedAt: moment("claimed_at"),
    firstContactAt: moment("first_contact_at"),
    contactedBy: text("contacted_by").$type<"reply" | "call">(),
    /** The latest contact: silence counts from here. */
    lastContactAt: moment("last_contact_at"),
    outcome: text().$type<"flipped" | "improved" | "unmoved" | "no answer" | "unreachable" | "withdrawn" | "void">(),
    outcomeAt: moment("outcome_at"),
    /** A confirmation by telephone: shown apart, never as flipped. */
    toldImprovedAt: moment("told_improved_at"),
    causeId: ref("cause_id").references(() => causes.id),
    closedAt: moment("closed_at"),
    closedBy: ref("closed_by").references(() => agents.id),
    whatWeDid: text("what_we_did").notNull().default(""),
    /** When the customer frowned again after a flip or after closing: from here a new contact is due. */
    reopenedAt: moment("reopened_at"),
    reopenedCount: integer("reopened_count").notNull().default(0),
    /** What it would be had its case never been merged with those of `family`; null while it is not. */
    alone: jsonb().$type<AloneFrown>(),
    /** The older open frown of the case this one became part of by a merge; it is void then and in no figure. */
    joinedInto: ref("joined_into"),
  },
  (t) => [
    uniqueIndex("frowns_one_open_per_case").on(t.caseNumber).where(sql`closed_at is null`),
    index("frowns_open").on(t.dueAt, t.id).where(sql`closed_at is null`),
    index("frowns_opened").on(t.openedAt, t.id),
    index("frowns_case").on(t.caseNumber),
    index("frowns_owner").on(t.ownerId).where(sql`closed_at is null`),
    index("frowns_closed").on(t.closedAt, t.id).where(sql`closed_at is not null`),
    index("frowns_merged").on(t.id).where(sql`alone is not null`),
    index("frowns_flipped").on(t.outcomeAt, t.id).where(sql`outcome = 'flipped'`),
  ],
)

export const frownRatings = pgTable(
  "frown_ratings",
  {
    frownId: ref("frown_id")
      .notNull()
      .references(() => frowns.id, { onDelete: "cascade" }),
    requestId: ref("request_id")
      .notNull()
      .unique()
      .references(() => ratingRequests.id, { onDelete: "cascade" }),
    /** The frown of its own case, where it goes back to when cases that were merged are taken apart. */
    ownFrownId: ref("own_frown_id"),
  },
  (t) => [
    primaryKey({ columns: [t.frownId, t.requestId] }),
    index("frown_ratings_own").on(t.ownFrownId).where(sql`own_frown_id is not null`),
  ],
)

export const frownEvents = pgTable(
  "frown_events",
  {
    id: id(),
    frownId: ref("frown_id")
      .notNull()
      .references(() => frowns.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
    agentId: ref("agent_id").references(() => agents.id),
    kind: text()
      .$type<
        | "opened"
        | "another frown"
        | "claimed"
        | "unclaimed"
        | "contacted"
        | "called"
        | "outcome"
        | "cause"
        | "closed"
        | "reopened"
        | "joined"
        | "unmerged"
      >()
      .notNull(),
    detail: text().notNull().default(""),
  },
  (t) => [index("frown_events_frown").on(t.frownId, t.id)],
)
