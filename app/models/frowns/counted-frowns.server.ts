import { and, eq, gte, isNull, lt } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { causes, frownRatings, frowns } from "#db/tables/frowns.ts"
import { ratingRequests, ratings } from "#db/tables/ratings.ts"

export type Counting = { start: Date; end: Date; mailboxId: number | null; agentId: number | null }

/**
 * What is counted as a frown, wherever frowns are counted: a reply sent in this time whose first word was a frown,
 * with the follow-up it came to. One the customer withdrew has another first word; a voided one and one given to a
 * follow-up are in no figure. One of long ago may have no follow-up.
 */
export function countedFrowns({ start, end, mailboxId, agentId }: Counting) {
  const { sentAt } = ratingRequests
  return db
    .select({
      requestId: ratingRequests.id,
      caseNumber: ratingRequests.caseNumber,
      mailboxId: ratingRequests.mailboxId,
      authorId: ratingRequests.agentId,
      openedAt: frowns.openedAt,
      dueAt: frowns.dueAt,
      firstContactAt: frowns.firstContactAt,
      outcome: frowns.outcome,
      toldImprovedAt: frowns.toldImprovedAt,
      closedAt: frowns.closedAt,
      cause: causes.key,
      causeName: causes.name,
      causeGroup: causes.group,
      causeIsOurs: causes.ours,
    })
    .from(ratingRequests)
    .innerJoin(ratings, eq(ratings.requestId, ratingRequests.id))
    .leftJoin(frownRatings, eq(frownRatings.requestId, ratingRequests.id))
    .leftJoin(frowns, eq(frowns.id, frownRatings.frownId))
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(
      and(
        ...[gte(sentAt, start), lt(sentAt, end), eq(ratings.first, "frown"), isNull(ratings.voidedAt)],
        ...[isNull(ratingRequests.recoveryFrownId), isNull(ratingRequests.leftOffBy)],
        mailboxId === null ? undefined : eq(ratingRequests.mailboxId, mailboxId),
        agentId === null ? undefined : eq(ratingRequests.agentId, agentId),
      ),
    )
    .as("counted_frown")
}
