import { sql } from "drizzle-orm"
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from "drizzle-orm/pg-core"
import { bytes, id, moment, ref } from "../columns.ts"
import { agents, mailboxes } from "./people.ts"

/** What a mailbox signs in with elsewhere; secrets are encrypted with a key of SECRET (people/sealed.server.ts). */
const signIn = {
  host: text().notNull(),
  port: integer().notNull(),
  /** `tls` from the first byte, `starttls` before anything is said, `none` on this machine only. */
  security: text().$type<"tls" | "starttls" | "none">().notNull(),
  username: text().notNull().default(""),
  method: text().$type<"password" | "oauth2">().notNull().default("password"),
  /** The password, or for OAuth 2 the tokens and where they are renewed. */
  sealed: bytes("sealed"),
}

/** A mailbox that lies on a server of somebody else's and is fetched by IMAP. */
export const imapAccounts = pgTable("imap_accounts", {
  mailboxId: ref("mailbox_id")
    .primaryKey()
    .references(() => mailboxes.id, { onDelete: "cascade" }),
  ...signIn,
  folder: text().notNull().default("INBOX"),
  /** What becomes of a mail on the server once it is committed here. */
  afterwards: text().$type<"leave" | "flag" | "move">().notNull().default("leave"),
  moveTo: text("move_to"),
  /** Everything in the folder, or only what comes from the moment it was set up. */
  fromStart: boolean("from_start").notNull().default(false),
  /** When it was set up, on this server and folder: what came before is not fetched unless `fromStart`. */
  setUpAt: moment("set_up_at").notNull(),
  pausedAt: moment("paused_at"),
  /** How the last visit went, in the server's words. */
  seenAt: moment("seen_at"),
  problem: text(),
  problemAt: moment("problem_at"),
  leasedUntil: moment("leased_until"),
  leasedBy: text("leased_by"),
})

/** How far a folder has been read. Advanced only when the mail is committed; a new UIDVALIDITY begins again. */
export const imapCursors = pgTable(
  "imap_cursors",
  {
    mailboxId: ref("mailbox_id")
      .notNull()
      .references(() => mailboxes.id, { onDelete: "cascade" }),
    folder: text().notNull(),
    uidValidity: bigint("uid_validity", { mode: "number" }).notNull(),
    lastUid: bigint("last_uid", { mode: "number" }).notNull(),
    movedOn: moment("moved_on").notNull(),
  },
  (t) => [primaryKey({ columns: [t.mailboxId, t.folder] })],
)

/** Emails their server would not hand over: passed over, so that the next ones come, and asked for again later. */
export const imapSetAside = pgTable(
  "imap_set_aside",
  {
    mailboxId: ref("mailbox_id")
      .notNull()
      .references(() => mailboxes.id, { onDelete: "cascade" }),
    folder: text().notNull(),
    uidValidity: bigint("uid_validity", { mode: "number" }).notNull(),
    uid: bigint({ mode: "number" }).notNull(),
    /** What the server tells of it all the same: subject, sender and day. */
    about: text().notNull().default(""),
    /** Why it did not come, in the server's words. */
    words: text().notNull(),
    tries: integer().notNull().default(1),
    since: moment("since").notNull(),
    dueAt: moment("due_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.mailboxId, t.folder, t.uidValidity, t.uid] })],
)

/** A mail server of a mailbox's own; without one its mail leaves by SMTP_URL. */
export const smtpAccounts = pgTable("smtp_accounts", {
  mailboxId: ref("mailbox_id")
    .primaryKey()
    .references(() => mailboxes.id, { onDelete: "cascade" }),
  ...signIn,
  /** Most mails a minute and a day; null: as many as the server takes. */
  perMinute: integer("per_minute"),
  perDay: integer("per_day"),
})

/** A server that asked us to come back later: nothing goes there before then, whichever mailbox it is from. */
export const smtpHosts = pgTable("smtp_hosts", {
  host: text().primaryKey(),
  restUntil: moment("rest_until").notNull(),
  /** How many times running, which makes the next rest longer. */
  refusals: smallint().notNull().default(1),
  words: text().notNull(),
})

/** The key a domain's mail is signed with, made here; `publishedAt` once its DNS record has been seen. */
export const dkimKeys = pgTable(
  "dkim_keys",
  {
    id: id(),
    domain: text().notNull(),
    selector: text().notNull(),
    algorithm: text().$type<"rsa" | "ed25519">().notNull(),
    sealedKey: bytes("sealed_key").notNull(),
    publicKey: text("public_key").notNull(),
    createdAt: moment("created_at").notNull(),
    publishedAt: moment("published_at"),
    checkedAt: moment("checked_at"),
    checkWords: text("check_words").notNull().default(""),
  },
  (t) => [unique("dkim_keys_selector").on(t.domain, t.selector)],
)

/** Senders a person has spoken about: an address, or `@domain` for all of one. */
export const senderRules = pgTable("sender_rules", {
  sender: text().primaryKey(),
  rule: text().$type<"block" | "welcome">().notNull(),
  agentId: ref("agent_id").references(() => agents.id),
  at: moment("at").notNull(),
})

/** Bounces that count towards an address being given up: three soft ones in seven days. */
export const bounces = pgTable(
  "bounces",
  {
    id: id(),
    address: text().notNull(),
    mailId: ref("mail_id").notNull(),
    hard: boolean().notNull(),
    reason: text().notNull(),
    status: text().notNull().default(""),
    at: moment("at").notNull(),
  },
  (t) => [index("bounces_address").on(t.address, t.at), unique("bounces_once").on(t.address, t.mailId)],
)

/** How far `desk mail import` has come in a file, so that an import cut short goes on where it was. */
export const imports = pgTable(
  "imports",
  {
    /** sha256 of the file's path, size and time of change. */
    file: text().primaryKey(),
    path: text().notNull(),
    offset: bigint({ mode: "number" }).notNull(),
    taken: integer().notNull().default(0),
    attempts: smallint().notNull().default(0),
    finishedAt: moment("finished_at"),
    problems: jsonb().$type<string[]>().notNull().default([]),
  },
  (t) => [index("imports_unfinished").on(t.path).where(sql`finished_at is null`)],
)
