import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { ref } from "../columns.ts"
import { messages } from "./cases.ts"

/**
 * Ids that messages answer and nothing here bears: by them a mail that comes later, or another answer to the same one,
 * finds its thread.
 */
export const missingParents = pgTable(
  "missing_parents",
  {
    rfcMessageId: text("rfc_message_id").notNull(),
    messageId: ref("message_id")
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.rfcMessageId, t.messageId] }), index("missing_parents_message").on(t.messageId)],
)
