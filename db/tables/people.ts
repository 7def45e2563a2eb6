import { sql } from "drizzle-orm"
import { boolean, check, date, index, integer, jsonb, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core"
import { id, moment, ref } from "../columns.ts"

/** What the desk has been told about itself: one row per key, absent means the default of app/models/people/settings.ts. */
export const settings = pgTable("settings", {
  key: text().primaryKey(),
  value: jsonb().$type<unknown>().notNull(),
  changedAt: moment("changed_at").notNull(),
})

export const agents = pgTable(
  "agents",
  {
    id: id(),
    email: text().notNull().unique(),
    name: text().notNull(),
    role: text().$type<"agent" | "lead" | "admin">().notNull(),
    passwordHash: text("password_hash"),
    /** The demo's, known to all: it opens nothing once a real admin has a password of their own. */
    passwordIsPublic: boolean("password_is_public").notNull().default(false),
    loadLimit: integer("load_limit").notNull().default(20),
    timeZone: text("time_zone"),
    /** Languages and what else they can: words a case or a mailbox may ask for. */
    skills: jsonb().$type<string[]>().notNull().default([]),
    signature: text().notNull().default(""),
    /** What the person last set the switch to; whether they are present follows from this, their week and the clock. */
    switchedTo: text("switched_to").$type<"present" | "away" | "off">().notNull().default("present"),
    switchedAt: moment("switched_at"),
    switchedUntil: moment("switched_until"),
    lastGivenAt: moment("last_given_at"),
    createdAt: moment("created_at").notNull(),
    deactivatedAt: moment("deactivated_at"),
  },
  (t) => [
    check("agents_role", sql`${t.role} in ('agent', 'lead', 'admin')`),
    check("agents_email_lower", sql`${t.email} = lower(${t.email})`),
    check("agents_load_limit", sql`${t.loadLimit} between 1 and 100`),
  ],
)

/**
 * A person's hours: minutes after midnight in their own zone, the end past 1440 where a shift goes on into the next day.
 * No row at all means always on shift.
 */
export const agentWeeks = pgTable(
  "agent_weeks",
  {
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    weekday: smallint().notNull(),
    startsAt: smallint("starts_at").notNull(),
    endsAt: smallint("ends_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.agentId, t.weekday, t.startsAt] })],
)

export const absences = pgTable(
  "absences",
  {
    id: id(),
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at").notNull(),
    note: text().notNull().default(""),
  },
  (t) => [index("absences_agent").on(t.agentId, t.endsAt)],
)

/** Days the whole desk is closed. */
export const holidays = pgTable("holidays", {
  day: date().primaryKey(),
  name: text().notNull(),
})

export const mailboxes = pgTable(
  "mailboxes",
  {
    id: id(),
    address: text().notNull().unique(),
    name: text().notNull(),
    signature: text().notNull().default(""),
    /** Senders whose Reply-To is the customer, for contact forms. */
    trustedForms: jsonb("trusted_forms").$type<string[]>().notNull().default([]),
    /** Skills whoever answers its cases must have. */
    asksFor: jsonb("asks_for").$type<string[]>().notNull().default([]),
    pausedAt: moment("paused_at"),
    pausedBecause: text("paused_because"),
    createdAt: moment("created_at").notNull(),
    closedAt: moment("closed_at"),
  },
  (t) => [check("mailboxes_address_lower", sql`${t.address} = lower(${t.address})`)],
)

/** Who answers which mailbox. */
export const mailboxAgents = pgTable(
  "mailbox_agents",
  {
    mailboxId: ref("mailbox_id")
      .notNull()
      .references(() => mailboxes.id, { onDelete: "cascade" }),
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    loadLimit: integer("load_limit"),
  },
  (t) => [primaryKey({ columns: [t.mailboxId, t.agentId] }), index("mailbox_agents_agent").on(t.agentId)],
)

export const customers = pgTable(
  "customers",
  {
    id: id(),
    name: text().notNull().default(""),
    about: text().notNull().default(""),
    createdAt: moment("created_at").notNull(),
    /** Asked not to be asked: no rating line goes out to them. */
    optedOutAt: moment("opted_out_at"),
  },
  (t) => [index("customers_name").using("gin", sql`${t.name} gin_trgm_ops`)],
)

/** A customer has one or more addresses; an address belongs to one customer. Domain in A-label lower case. */
export const customerAddresses = pgTable(
  "customer_addresses",
  {
    address: text().primaryKey(),
    customerId: ref("customer_id")
      .notNull()
      .references(() => customers.id),
    undeliverableAt: moment("undeliverable_at"),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    index("customer_addresses_customer").on(t.customerId),
    index("customer_addresses_text").using("gin", sql`${t.address} gin_trgm_ops`),
  ],
)
