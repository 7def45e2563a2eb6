import { sql } from "drizzle-orm"
import { index, integer, jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core"
import { id, moment } from "../columns.ts"

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

/** A part of the worker that failed several times running, until it works again. */
export const roundFaults = pgTable("round_faults", {
  name: text().primaryKey(),
  since: moment("since").notNull(),
  times: integer().notNull(),
  words: text().notNull(),
})
