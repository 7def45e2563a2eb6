import { and, eq, isNotNull, isNull, or } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { ratingRequests, ratings } from "#db/tables/ratings.ts"
import { keepingTally } from "./tally.server.ts"

const bySpam = "the case is spam"

/**
 * A rating in a case that is spam is nobody's opinion of us: void while it is, and back when it turns out not to be.
 * What a lead voided stays as they left it. Returns how many changed.
 */
export async function followSpam(now: Date): Promise<number> {
  const isToVoid = and(isNotNull(cases.spamAt), isNull(ratings.voidedAt))
  const isToReturn = and(isNull(cases.spamAt), isNull(ratings.voidedBy), eq(ratings.voidedBecause, bySpam))
  const found = await db
    .select({ requestId: ratings.requestId, spamAt: cases.spamAt })
    .from(cases)
    .innerJoin(ratingRequests, eq(ratingRequests.caseNumber, cases.number))
    .innerJoin(ratings, eq(ratings.requestId, ratingRequests.id))
    .where(or(isToVoid, isToReturn))
  for (const { requestId, spamAt } of found) await set(requestId, spamAt === null ? null : now)
  return found.length
}

async function set(requestId: number, voidedAt: Date | null) {
  await db.transaction(async (tx) => {
    await tx.select().from(ratingRequests).where(eq(ratingRequests.id, requestId)).for("update")
    const change = { voidedAt, voidedBecause: voidedAt && bySpam }
    // A lead may have voided it for a reason of their own since we looked.
    const isOurs = and(eq(ratings.requestId, requestId), isNull(ratings.voidedBy))
    await keepingTally(tx, [requestId], () => tx.update(ratings).set(change).where(isOurs))
  })
}
