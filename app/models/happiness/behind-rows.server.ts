import { and, desc, eq, gte, isNotNull, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm"
import type { PgColumn } from "drizzle-orm/pg-core"
import { db, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { causes, frowns } from "#db/tables/frowns.ts"
import { agents, customers, mailboxes } from "#db/tables/people.ts"
import { ratingRequests, ratings } from "#db/tables/ratings.ts"
import { readCursor } from "../cases/cursor.ts"
import { inMailboxesOf, visibleTo } from "../cases/visible.server.ts"
import { wordsOf } from "../frowns/queue.server.ts"
import type { Viewer } from "../people/agent.ts"
import type { Behind } from "./behind.ts"

export const pageSize = 50

type Moments = { start: Date; end: Date }

const kase = {
  number: cases.number,
  subject: cases.subject,
  customer: sql<string>`coalesce(nullif(${customers.name}, ''),
    (select min(address) from customer_addresses a where a.customer_id = ${customers.id}), '')`,
  agent: agents.name,
  mailbox: mailboxes.name,
}

const comment = (request: PgColumn | SQL) =>
  sql<string | null>`(select body from rating_comments c where c.request_id = ${request} order by c.id desc limit 1)`

/** Replies in cases the viewer may read by the day they were sent, with the first word they earned; one more than a page, to know whether there is a next. */
export function repliesBehind(viewer: Viewer, asked: Behind, { start, end }: Moments) {
  const { sentAt, id } = ratingRequests
  return db
    .select({
      ...{ id, at: sql<Date>`${sentAt}`.mapWith(sentAt), ...kase },
      ...{ first: ratings.first, standing: ratings.standing, outcome: sql<string | null>`null` },
      words: comment(id),
    })
    .from(ratingRequests)
    .leftJoin(ratings, and(eq(ratings.requestId, id), isNull(ratings.voidedAt)))
    .innerJoin(cases, eq(cases.number, ratingRequests.caseNumber))
    .innerJoin(agents, eq(agents.id, ratingRequests.agentId))
    .innerJoin(mailboxes, eq(mailboxes.id, ratingRequests.mailboxId))
    .leftJoin(customers, eq(customers.id, ratingRequests.customerId))
    .where(
      and(
        ...[gte(sentAt, start), lt(sentAt, end), isNull(ratingRequests.recoveryFrownId), becameOf(asked)],
        asked.mailboxId === null ? undefined : eq(ratingRequests.mailboxId, asked.mailboxId),
        asked.agentId === null ? undefined : eq(ratingRequests.agentId, asked.agentId),
        ...[visibleTo(viewer), after(asked.cursor, sentAt, id)],
      ),
    )
    .orderBy(desc(sentAt), desc(id))
    .limit(pageSize + 1)
}

/** What the tallies count as asked, answered and left off (ratings/tally.ts), as conditions. */
function becameOf({ show, face }: Behind) {
  const { leftOffBy, bouncedAt } = ratingRequests
  if (show === "left-off") return isNotNull(leftOffBy)
  if (show === "unanswered") return and(isNull(leftOffBy), isNull(bouncedAt), isNull(ratings.requestId))
  if (show === "asked") return and(isNull(leftOffBy), or(isNull(bouncedAt), isNotNull(ratings.requestId)))
  return face ? eq(ratings.first, face) : isNotNull(ratings.requestId)
}

/** Frowns of such cases by the day they were opened. */
export function frownsBehind(viewer: Viewer, asked: Behind, { start, end }: Moments, now: Date) {
  const { openedAt, id } = frowns
  return db
    .select({
      ...{ id, at: sql<Date>`${openedAt}`.mapWith(openedAt), ...kase },
      ...{ first: sql<"frown">`'frown'`, standing: sql<null>`null`, outcome: frowns.outcome },
      words: wordsOf(viewer),
    })
    .from(frowns)
    .innerJoin(cases, eq(cases.number, frowns.caseNumber))
    .innerJoin(agents, eq(agents.id, frowns.authorId))
    .innerJoin(mailboxes, eq(mailboxes.id, frowns.mailboxId))
    .leftJoin(customers, eq(customers.id, frowns.customerId))
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(
      and(
        frownsCounted(asked, { start, end }, now),
        visibleTo(viewer),
        inMailboxesOf(viewer, frowns.mailboxId),
        after(asked.cursor, openedAt, id),
      ),
    )
    .orderBy(desc(openedAt), desc(id))
    .limit(pageSize + 1)
}

/** To be used where `causes` is joined to the frown. */
export const frownsCounted = (asked: Behind, { start, end }: Moments, now: Date) =>
  and(
    ...[gte(frowns.openedAt, start), lt(frowns.openedAt, end), counted, standing(asked, now), because(asked)],
    asked.mailboxId === null ? undefined : eq(frowns.mailboxId, asked.mailboxId),
    asked.agentId === null ? undefined : eq(frowns.authorId, asked.agentId),
  )

/** A void frown is in no figure. */
export const counted = or(isNull(frowns.outcome), ne(frowns.outcome, "void"))

function standing({ show }: Behind, now: Date) {
  if (show === "contacted") return isNotNull(frowns.firstContactAt)
  if (show === "flipped") return eq(frowns.outcome, "flipped")
  return show === "overdue" ? overdue(now) : undefined
}

export const overdue = (now: Date) =>
  and(isNull(frowns.closedAt), isNull(frowns.firstContactAt), isNull(frowns.outcome), sql`${frowns.dueAt} < ${ts(now)}`)

function because({ cause }: Behind) {
  if (cause === null) return undefined
  return cause === "unknown" ? isNull(frowns.causeId) : eq(causes.key, cause)
}

function after(cursor: string | null, at: PgColumn, id: PgColumn) {
  const place = readCursor(cursor)
  return place ? sql`(${at}, ${id}) < (${ts(place.at)}, ${place.number}::bigint)` : undefined
}
