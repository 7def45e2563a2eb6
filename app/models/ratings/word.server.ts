import { and, asc, eq, inArray, isNotNull } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { ratingRequests, ratings, ratingVotes } from "#db/tables/ratings.ts"
import { type Standing, standingOf } from "./standing.ts"
import { keepingTally } from "./tally.server.ts"

/** First and last word of one reply from its settled votes. */
export async function wordOf(tx: Tx, requestId: number): Promise<Standing | null> {
  const votes = await tx
    .select()
    .from(ratingVotes)
    .where(and(eq(ratingVotes.requestId, requestId), isNotNull(ratingVotes.settledAt)))
    .orderBy(asc(ratingVotes.id))
  const [frown] = await tx
    .select({ firstContactAt: frowns.firstContactAt })
    .from(frownRatings)
    .innerJoin(frowns, eq(frowns.id, frownRatings.frownId))
    .where(eq(frownRatings.requestId, requestId))
  return standingOf(votes, frown?.firstContactAt ?? null)
}

/**
 * Reads the first words again once it is known when somebody got in touch, or which frown a rating belongs to: what
 * the customer pressed until then is their first word, however late that came to light.
 */
export async function rereadWords(tx: Tx, requestIds: readonly number[]) {
  if (requestIds.length === 0) return
  const ids = await lockRequests(tx, requestIds)
  const kept = await tx.select().from(ratings).where(inArray(ratings.requestId, ids)).orderBy(asc(ratings.requestId))
  for (const { requestId, first } of kept) {
    const word = await wordOf(tx, requestId)
    if (!word || word.first === first) continue
    const change = { first: word.first }
    await keepingTally(tx, [requestId], () => tx.update(ratings).set(change).where(eq(ratings.requestId, requestId)))
  }
}

async function lockRequests(tx: Tx, requestIds: readonly number[]) {
  const rows = await tx
    .select({ id: ratingRequests.id })
    .from(ratingRequests)
    .where(inArray(ratingRequests.id, [...requestIds]))
    .orderBy(asc(ratingRequests.id))
    .for("update")
  return rows.map(({ id }) => id)
}
