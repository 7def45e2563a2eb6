import { and, eq, gte, isNotNull, isNull, lt, ne, type SQL, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { ratingRequests, ratings, ratingVotes } from "#db/tables/ratings.ts"
import type { Narrow } from "./narrow.server.ts"
import type { Raters } from "./spread.ts"

type Moments = { start: Date; end: Date }

const narrowed = ({ mailboxId, agentId }: Narrow) =>
  and(
    mailboxId === null ? undefined : eq(ratingRequests.mailboxId, mailboxId),
    agentId === null ? undefined : eq(ratingRequests.agentId, agentId),
  )

/** Presses that did not count, by why: held for a second look, contested by another, rejected; and ratings voided. */
export async function setAside({ start, end }: Moments, narrow: Narrow) {
  const count = (where: SQL) => sql<number>`(count(*) filter (where ${where}))::int`
  const [[votes], [voids]] = await Promise.all([
    db
      .select({
        held: count(eq(ratingVotes.status, "held")),
        contested: count(eq(ratingVotes.status, "contested")),
        rejected: count(eq(ratingVotes.status, "rejected")),
      })
      .from(ratingVotes)
      .innerJoin(ratingRequests, eq(ratingRequests.id, ratingVotes.requestId))
      .where(
        and(ne(ratingVotes.status, "accepted"), gte(ratingVotes.at, start), lt(ratingVotes.at, end), narrowed(narrow)),
      ),
    db
      .select({ voided: sql<number>`count(*)::int` })
      .from(ratings)
      .innerJoin(ratingRequests, eq(ratingRequests.id, ratings.requestId))
      .where(
        and(
          isNotNull(ratings.voidedAt),
          isNull(ratingRequests.recoveryFrownId),
          gte(ratingRequests.sentAt, start),
          lt(ratingRequests.sentAt, end),
          narrowed(narrow),
        ),
      ),
  ])
  return { held: 0, contested: 0, rejected: 0, ...votes, voided: voids?.voided ?? 0 }
}

/** How many customers gave how many ratings, of them how many happy: what is known of people who rate often. */
export async function ratersIn({ start, end }: Moments, narrow: Narrow): Promise<Raters[]> {
  const each = db
    .select({
      count: sql<number>`(count(*) filter (where ${ratings.first} = 'happy'))::int`.as("happy_ratings"),
      of: sql<number>`count(*)::int`.as("all_ratings"),
    })
    .from(ratingRequests)
    .innerJoin(ratings, eq(ratings.requestId, ratingRequests.id))
    .where(
      and(
        ...[gte(ratingRequests.sentAt, start), lt(ratingRequests.sentAt, end), isNull(ratings.voidedAt)],
        ...[isNull(ratingRequests.recoveryFrownId), isNotNull(ratingRequests.customerId), narrowed(narrow)],
      ),
    )
    .groupBy(ratingRequests.customerId)
    .as("each_customer")
  return db
    .select({ count: each.count, of: each.of, times: sql<number>`count(*)::int` })
    .from(each)
    .groupBy(each.count, each.of)
}
