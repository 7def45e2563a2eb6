import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { moment, ref } from "../columns.ts"
import { agents } from "./people.ts"

/** What somebody typed into a form and has not sent: its named fields, by the page it stands on and where it is sent. */
export const formDrafts = pgTable(
  "form_drafts",
  {
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    page: text().notNull(),
    form: text().notNull(),
    fields: jsonb().$type<[name: string, value: string][]>().notNull(),
    savedAt: moment("saved_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.agentId, t.page, t.form] })],
)
