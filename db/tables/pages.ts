import { boolean, integer, pgTable, text } from "drizzle-orm/pg-core"
import { ref } from "../columns.ts"
import { messages } from "./cases.ts"

/**
 * The page of a message made harmless, as it is shown. A message that has HTML and no row here, or one of an older
 * cleaner, is cleaned again.
 */
export const messagePages = pgTable("message_pages", {
  messageId: ref("message_id")
    .primaryKey()
    .references(() => messages.id, { onDelete: "cascade" }),
  /** The version of the cleaner that made it. */
  cleaner: integer().notNull(),
  /** Null when it cannot be shown; then why. */
  html: text(),
  trouble: text(),
  remoteImages: integer("remote_images").notNull().default(0),
  hasColours: boolean("has_colours").notNull().default(false),
})
