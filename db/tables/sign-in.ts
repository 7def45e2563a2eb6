import { boolean, index, jsonb, pgTable, text } from "drizzle-orm/pg-core"
import { bytes, id, moment, ref } from "../columns.ts"
import { agents } from "./people.ts"

/** A signed-in browser. The cookie holds the token, the table its sha256. */
export const sessions = pgTable(
  "sessions",
  {
    tokenHash: text("token_hash").primaryKey(),
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull(),
    seenAt: moment("seen_at").notNull(),
    /** When the password was last typed: what matters asks for it again after ten minutes. */
    provedAt: moment("proved_at").notNull(),
    browser: text().notNull().default(""),
  },
  (t) => [index("sessions_agent").on(t.agentId)],
)

/** What was sent while the password had to be typed once more, sealed, until that is done or the session ends. */
export const keptForms = pgTable(
  "kept_forms",
  {
    id: text().primaryKey(),
    sessionHash: text("session_hash")
      .notNull()
      .references(() => sessions.tokenHash, { onDelete: "cascade" }),
    path: text().notNull(),
    sealed: bytes("sealed").notNull(),
    keptAt: moment("kept_at").notNull(),
  },
  (t) => [index("kept_forms_session").on(t.sessionHash)],
)

export const apiTokens = pgTable("api_tokens", {
  id: id(),
  name: text().notNull(),
  tokenHash: text("token_hash").notNull().unique(),
  mayRead: boolean("may_read").notNull().default(true),
  mayWrite: boolean("may_write").notNull(),
  mayMeasure: boolean("may_measure").notNull().default(false),
  mayAdminister: boolean("may_administer").notNull().default(false),
  /** Whose it is; null: made on the command line. */
  ownerId: ref("owner_id").references(() => agents.id),
  /** Null: every mailbox, those to come too. */
  mailboxIds: jsonb("mailbox_ids").$type<number[]>(),
  /** Null: never. */
  expiresAt: moment("expires_at"),
  createdAt: moment("created_at").notNull(),
  lastUsedAt: moment("last_used_at"),
  revokedAt: moment("revoked_at"),
})

/** An invitation or a password reset; which one follows from whether the person has a password. */
export const passwordLinks = pgTable(
  "password_links",
  {
    tokenHash: text("token_hash").primaryKey(),
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [index("password_links_agent").on(t.agentId)],
)
