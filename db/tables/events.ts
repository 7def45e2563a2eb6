import { sql } from "drizzle-orm"
import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core"
import { id, moment, ref } from "../columns.ts"
import { cases } from "./cases.ts"
import { agents } from "./people.ts"

/** What happened to a case, apart from messages, notes and assignments: the quiet lines between them. */
export const caseEvents = pgTable(
  "case_events",
  {
    id: id(),
    caseNumber: ref("case_number")
      .notNull()
      .references(() => cases.number),
    at: moment("at").notNull(),
    agentId: ref("agent_id").references(() => agents.id),
    kind: text()
      .$type<
        | "opened"
        | "closed"
        | "reopened"
        | "snoozed"
        | "woken"
        | "moved"
        | "merged"
        | "unmerged"
        | "spam"
        | "not spam"
        | "also to"
        | "split off"
        | "taken over"
        | "accepted"
      >()
      .notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index("case_events_case").on(t.caseNumber, t.id),
    index("case_events_unmerged").on(t.at).where(sql`kind = 'unmerged'`),
  ],
)

/** What browsers are told has changed: id and kind only, never content. Old rows are pruned. */
export const events = pgTable(
  "events",
  {
    id: id(),
    at: moment("at").notNull(),
    kind: text().notNull(),
    caseNumber: ref("case_number"),
    mailboxId: ref("mailbox_id"),
    agentId: ref("agent_id"),
  },
  (t) => [index("events_at").on(t.at)],
)
