import { and, desc, eq, gte, isNotNull, isNull, lt, or, type SQL, type SQLWrapper, sql } from "drizzle-orm"
import { alias } from "drizzle-orm/pg-core"
import { db, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { causes, frownRatings, frowns } from "#db/tables/frowns.ts"
import { agents, customers, mailboxes } from "#db/tables/people.ts"
import { ratingRequests, ratings } from "#db/tables/ratings.ts"
import { readCursor } from "../cases/cursor.ts"
import { visibleTo } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { type Behind, isAboutFrowns } from "./behind.ts"

export const pageSize = 50

export type Moments = { start: Date; end: Date }

const voiders = alias(agents, "voiders")

const comment = sql<string | null>`(select body from rating_comments c
  where c.request_id = ${ratingRequests.id} order by c.id desc limit 1)`

const customerName = sql<string>`coalesce(nullif(${customers.name}, ''),
  (select min(address) from customer_addresses a where a.customer_id = ${customers.id}), '')`

/** Replies in cases the viewer may read, by the day they were sent; one more than a page, to know whether there is a next. */
export function repliesBehind(viewer: Viewer, asked: Behind, moments: Moments, now: Date) {
  const { sentAt, id } = ratingRequests
  return db
    .select({
      ...{ id, at: sql<Date>`${sentAt}`.mapWith(sentAt), number: cases.number, subject: cases.subject },
      ...{ customer: customerName, agent: agents.name, mailbox: mailboxes.name, words: comment },
      ...{ first: ratings.first, standing: ratings.standing, outcome: frowns.outcome },
      ...{ voidedAt: ratings.voidedAt, voidedBy: voiders.name, voidedBecause: ratings.voidedBecause },
    })
    .from(ratingRequests)
    .leftJoin(ratings, ratedAs(asked))
    .innerJoin(cases, eq(cases.number, ratingRequests.caseNumber))
    .innerJoin(agents, eq(agents.id, ratingRequests.agentId))
    .innerJoin(mailboxes, eq(mailboxes.id, ratingRequests.mailboxId))
    .leftJoin(customers, eq(customers.id, ratingRequests.customerId))
    .leftJoin(voiders, eq(voiders.id, ratings.voidedBy))
    .leftJoin(frownRatings, eq(frownRatings.requestId, id))
    .leftJoin(frowns, eq(frowns.id, frownRatings.frownId))
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(and(behind(asked, moments, now), visibleTo(viewer), after(asked.cursor)))
    .orderBy(desc(sentAt), desc(id))
    .limit(pageSize + 1)
}

/** How many such replies there are, where `where` may look at their case. */
export async function countReplies(asked: Behind, moments: Moments, now: Date, where?: SQL): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(ratingRequests)
    .leftJoin(ratings, ratedAs(asked))
    .innerJoin(cases, eq(cases.number, ratingRequests.caseNumber))
    .leftJoin(frownRatings, eq(frownRatings.requestId, ratingRequests.id))
    .leftJoin(frowns, eq(frowns.id, frownRatings.frownId))
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(and(behind(asked, moments, now), where))
  return row?.count ?? 0
}

/** A voided rating is as if it had never been given, but to whoever asks for those. */
function ratedAs({ show }: Behind) {
  const isVoid = show === "voided" ? isNotNull(ratings.voidedAt) : isNull(ratings.voidedAt)
  return and(eq(ratings.requestId, ratingRequests.id), isVoid)
}

function behind(asked: Behind, { start, end }: Moments, now: Date) {
  const { sentAt, recoveryFrownId, mailboxId, agentId } = ratingRequests
  return and(
    ...[gte(sentAt, start), lt(sentAt, end), isNull(recoveryFrownId), becameOf(asked, now)],
    asked.mailboxId === null ? undefined : eq(mailboxId, asked.mailboxId),
    asked.agentId === null ? undefined : eq(agentId, asked.agentId),
  )
}

/** What the tallies count as asked, answered and left off (ratings/tally.ts), and what counts as a frown, as conditions. */
function becameOf(asked: Behind, now: Date) {
  const { leftOffBy, bouncedAt } = ratingRequests
  const { show, face } = asked
  if (isAboutFrowns(asked)) return and(eq(ratings.first, "frown"), followedAs(asked, now), because(asked))
  if (show === "left-off") return isNotNull(leftOffBy)
  if (show === "unanswered") return and(isNull(leftOffBy), isNull(bouncedAt), isNull(ratings.requestId))
  if (show === "asked") return and(isNull(leftOffBy), or(isNull(bouncedAt), isNotNull(ratings.requestId)))
  return face ? eq(ratings.first, face) : isNotNull(ratings.requestId)
}

function followedAs({ show }: Behind, now: Date) {
  if (show === "contacted") return isNotNull(frowns.firstContactAt)
  if (show === "flipped" || show === "improved") return eq(frowns.outcome, show)
  return show === "overdue" ? isOverdue(frowns, now) : undefined
}

type Due = { dueAt: SQLWrapper; closedAt: SQLWrapper; firstContactAt: SQLWrapper; outcome: SQLWrapper }

export const isOverdue = ({ dueAt, closedAt, firstContactAt, outcome }: Due, now: Date) =>
  sql`(${dueAt} < ${ts(now)} and ${closedAt} is null and ${firstContactAt} is null and ${outcome} is null)`

function because({ cause }: Behind) {
  if (cause === null) return undefined
  return cause === "unknown" ? isNull(frowns.causeId) : eq(causes.key, cause)
}

function after(cursor: string | null) {
  const place = readCursor(cursor)
  const { sentAt, id } = ratingRequests
  return place ? sql`(${sentAt}, ${id}) < (${ts(place.at)}, ${place.number}::bigint)` : undefined
}
