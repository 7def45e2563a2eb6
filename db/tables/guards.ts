import { bigint, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { moment, ref } from "../columns.ts"
import { agents } from "./people.ts"

/** Leaky buckets: each is full up to a moment that every try moves on. One that emptied means nothing any more. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text().primaryKey(),
    /** Milliseconds, as counted by the desk's clock. */
    emptiesAt: bigint("expire", { mode: "number" }).notNull(),
  },
  (t) => [index("rate_limits_empties").on(t.emptiesAt)],
)

/** What a form press did, so that the same press twice does it once. */
export const operations = pgTable(
  "operations",
  {
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    opId: text("op_id").notNull(),
    at: moment("at").notNull(),
    result: jsonb().$type<unknown>(),
  },
  (t) => [primaryKey({ columns: [t.agentId, t.opId] }), index("operations_at").on(t.at)],
)
