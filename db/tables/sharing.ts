import { date, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { id, moment, ref } from "../columns.ts"
import { cases } from "./cases.ts"
import { agents } from "./people.ts"

/** Why somebody could not be given a case. `until` (ISO): when they will be present, where that is known. */
export type Hindrance =
  | { kind: "not here" }
  | { kind: "invited" }
  | { kind: "away" | "off"; until: string | null }
  | { kind: "lacks"; skills: string[] }
  | { kind: "gave it back" }
  | { kind: "left it unanswered" }
  | { kind: "full" | "full here"; load: number; limit: number }
  | { kind: "ramp"; given: number }

/** One row per person looked at, as they were at that moment: enough to come to the same choice again. */
export type CandidateRow = {
  agentId: number
  name: string
  load: number
  limit: number
  /** Cases given today per hour on shift today. */
  share: number
  idleMinutes: number | null
  /** Why not them, in the words of then; null for whoever could have taken it. */
  skipped: string | null
  /** The same as a fact. Rows written before the desk kept it have only the words, which are shown and not read. */
  hindrance?: Hindrance | null
  /** What `share` and `idleMinutes` were reckoned from. Rows written before the desk kept them have none. */
  givenToday?: number
  hoursToday?: number
  lastGivenAt?: string | null
  /** What the desk had given them since they came, in their first quarter of an hour; null later. Older rows have none. */
  givenSinceCame?: number | null
}

/** What a choice was made under, besides the people. */
export type Asked = {
  knowsIt: number | null
  usual: number | null
  rampCases: number
  timeZone: string
  mailbox: string
  /** Skills. */
  asksFor: string[]
}

/** Why a case is with whom it is with. */
export const assignments = pgTable(
  "assignments",
  {
    id: id(),
    caseNumber: ref("case_number")
      .notNull()
      .references(() => cases.number),
    at: moment("at").notNull(),
    fromAgentId: ref("from_agent_id").references(() => agents.id),
    toAgentId: ref("to_agent_id").references(() => agents.id),
    /** Null: the desk's own rules, or a program over the API; `rule` tells which. */
    byAgentId: ref("by_agent_id").references(() => agents.id),
    rule: text()
      .$type<
        "knows it" | "spare room" | "taken" | "handed over" | "released" | "unanswered" | "pool" | "answered" | "import"
      >()
      .notNull(),
    reason: text().notNull(),
    candidates: jsonb().$type<CandidateRow[]>().notNull().default([]),
    /** Null where a person decided, and in rows older than the column. */
    asked: jsonb().$type<Asked>(),
  },
  (t) => [index("assignments_case").on(t.caseNumber, t.id), index("assignments_to").on(t.toAgentId, t.at)],
)

/** Replies that left, by day, mailbox and author: emails per agent per day is read from here. */
export const replyTallies = pgTable(
  "reply_tallies",
  {
    day: date().notNull(),
    mailboxId: ref("mailbox_id").notNull(),
    agentId: ref("agent_id").notNull(),
    replies: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.day, t.mailboxId, t.agentId] })],
)
