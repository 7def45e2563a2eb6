import { sql } from "drizzle-orm"
import { boolean, check, date, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { id, moment, ref } from "../columns.ts"
import { cases, messages } from "./cases.ts"
import { agents, customers, mailboxes } from "./people.ts"

type Face = "happy" | "ok" | "frown"

/**
 * The ask that went with one reply. Agent and mailbox are copied when it is made and never change: the rating belongs
 * to the author of the rated reply, for ever. A reply sent with the line left off has a row without a token.
 */
export const ratingRequests = pgTable(
  "rating_requests",
  {
    id: id(),
    tokenHash: text("token_hash").unique(),
    replyId: ref("reply_id")
      .notNull()
      .unique()
      .references(() => messages.id, { onDelete: "cascade" }),
    caseNumber: ref("case_number")
      .notNull()
      .references(() => cases.number),
    originCaseNumber: ref("origin_case_number").notNull(),
    customerId: ref("customer_id").references(() => customers.id),
    agentId: ref("agent_id")
      .notNull()
      .references(() => agents.id),
    mailboxId: ref("mailbox_id")
      .notNull()
      .references(() => mailboxes.id),
    /** The open frown this reply follows up; such a request never counts in the headline. */
    recoveryFrownId: ref("recovery_frown_id"),
    leftOffBy: ref("left_off_by").references(() => agents.id),
    recipients: integer().notNull().default(1),
    madeAt: moment("made_at").notNull(),
    sentAt: moment("sent_at"),
    bouncedAt: moment("bounced_at"),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
    revokedBecause: text("revoked_because"),
  },
  (t) => [
    index("rating_requests_case").on(t.caseNumber),
    index("rating_requests_sent").on(t.sentAt).where(sql`sent_at is not null`),
    index("rating_requests_agent").on(t.agentId, t.sentAt),
    index("rating_requests_customer").on(t.customerId),
  ],
)

/** Every press, whatever became of it; append-only but for what was found out later about the same press. */
export const ratingVotes = pgTable(
  "rating_votes",
  {
    id: id(),
    requestId: ref("request_id")
      .notNull()
      .references(() => ratingRequests.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
    face: text().$type<Face>().notNull(),
    status: text().$type<"accepted" | "held" | "contested" | "rejected">().notNull(),
    because: text().notNull().default(""),
    mode: text().$type<"tap" | "tap_nojs" | "phone" | "import">().notNull(),
    dwellMs: integer("dwell_ms"),
    gesture: boolean().notNull().default(false),
    lineageHash: text("lineage_hash"),
    clientKey: text("client_key"),
    settledAt: moment("settled_at"),
  },
  (t) => [
    index("rating_votes_request").on(t.requestId, t.id),
    index("rating_votes_unsettled").on(t.at).where(sql`status = 'accepted' and settled_at is null`),
    index("rating_votes_client").on(t.at).where(sql`client_key is not null`),
    check("rating_votes_face", sql`${t.face} in ('happy', 'ok', 'frown')`),
  ],
)

/** Links that were opened. The one thing a GET may write, and nothing is ever counted from it. */
export const ratingLandings = pgTable(
  "rating_landings",
  {
    id: id(),
    requestId: ref("request_id")
      .notNull()
      .references(() => ratingRequests.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
    face: text().$type<Face>(),
    clientKey: text("client_key").notNull(),
    isMachine: boolean("is_machine").notNull(),
  },
  (t) => [index("rating_landings_client").on(t.requestId, t.clientKey, t.at), index("rating_landings_at").on(t.at)],
)

/** What stands: first word and last word of one request, from settled votes. A projection; `desk rebuild` remakes it. */
export const ratings = pgTable(
  "ratings",
  {
    requestId: ref("request_id")
      .primaryKey()
      .references(() => ratingRequests.id, { onDelete: "cascade" }),
    first: text().$type<Face>().notNull(),
    standing: text().$type<Face>().notNull(),
    firstAt: moment("first_at").notNull(),
    lastAt: moment("last_at").notNull(),
    settledAt: moment("settled_at").notNull(),
    voidedAt: moment("voided_at"),
    voidedBy: ref("voided_by").references(() => agents.id),
    voidedBecause: text("voided_because"),
  },
  (t) => [
    index("ratings_settled").on(t.settledAt),
    index("ratings_frowned").on(t.settledAt).where(sql`first = 'frown' or standing = 'frown'`),
    check("ratings_first", sql`${t.first} in ('happy', 'ok', 'frown')`),
    check("ratings_standing", sql`${t.standing} in ('happy', 'ok', 'frown')`),
  ],
)

export const ratingComments = pgTable(
  "rating_comments",
  {
    id: id(),
    requestId: ref("request_id")
      .notNull()
      .references(() => ratingRequests.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
    body: text().notNull(),
    /** When these words were put before the team as the customer speaking. */
    spokenAt: moment("spoken_at"),
  },
  (t) => [
    index("rating_comments_request").on(t.requestId, t.id),
    index("rating_comments_unspoken").on(t.at).where(sql`spoken_at is null`),
  ],
)

/**
 * Daily rollup behind every ratio, kept in the transaction that settles or sends. `basis` is the day counted by:
 * when the reply was sent, or when it was rated. Recovery replies are in the recovery columns only.
 */
export const ratingTallies = pgTable(
  "rating_tallies",
  {
    basis: text().$type<"sent" | "rated">().notNull(),
    day: date().notNull(),
    mailboxId: ref("mailbox_id").notNull(),
    agentId: ref("agent_id").notNull(),
    asked: integer().notNull().default(0),
    leftOff: integer("left_off").notNull().default(0),
    happy: integer().notNull().default(0),
    ok: integer().notNull().default(0),
    frown: integer().notNull().default(0),
    /** The same requests by their last word: "after follow-up", never on the headline. */
    lastHappy: integer("last_happy").notNull().default(0),
    lastOk: integer("last_ok").notNull().default(0),
    lastFrown: integer("last_frown").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.basis, t.day, t.mailboxId, t.agentId] })],
)

/**
 * The zone whose days the daily rollups hold, in one row from the first line that was counted. It follows the desk's
 * when they have been counted anew, in the same transaction.
 */
export const tallyZones = pgTable("tally_zones", { one: boolean().primaryKey().default(true), zone: text().notNull() })
