import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { moment, ref } from "../columns.ts"
import { agents } from "./people.ts"

/** Counters of rate-limiter-flexible; the columns and their order are the library's, `expire` is in milliseconds. */
export const rateLimits = pgTable("rate_limits", {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: bigint({ mode: "number" }),
})

/** What a form press did, so that the same press twice does it once (reliability 3). */
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
