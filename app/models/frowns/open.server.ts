import { and, asc, eq, gt, inArray, isNull, type SQL, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { ratingRequests, ratings } from "#db/tables/ratings.ts"
import { addBusinessDays } from "../people/hours.ts"
import { lockLivingCase, numbersOf } from "./family.server.ts"
import type { FrownEvent, Rules } from "./follow.ts"
import { followOne, frownRules, writeEvents } from "./follow-up.server.ts"
import { comesBackTo, hoursAfter } from "./frown.ts"
import { joinMerged } from "./join.server.ts"
import type { FrownRow } from "./seen.server.ts"

/**
 * Every settled, standing frown gets its place in the queue: a frown of its own, or the open one of its case. Also
 * joins the open frowns of cases that were merged. How many ratings were placed; run twice at once it places each once.
 */
export async function openFromSettled(now: Date): Promise<number> {
  const rules = await frownRules()
  const waiting = await unplaced(now)
  for (const rating of waiting) await db.transaction((tx) => place(tx, rating, rules, now))
  await joinMerged(now)
  return waiting.length
}

const frowned = and(
  eq(ratings.standing, "frown"),
  isNull(ratings.voidedAt),
  sql`not exists (select 1 from frown_ratings fr where fr.request_id = ${ratings.requestId})`,
)

type Rating = Awaited<ReturnType<typeof unplaced>>[number]

/** A frown of two months ago that never had a place is history: imported, or from before this desk. */
function unplaced(now: Date) {
  const since = hoursAfter(now, -60 * 24)
  return frownedRatings(db, and(frowned, gt(ratings.settledAt, since)))
    .orderBy(asc(ratings.settledAt), asc(ratings.requestId))
    .limit(200)
}

const frownedRatings = (from: Tx | typeof db, where: SQL | undefined) =>
  from
    .select({
      requestId: ratings.requestId,
      settledAt: sql`greatest(${ratings.settledAt}, ${ratings.lastAt})`.mapWith(ratings.settledAt),
      at: ratings.lastAt,
      caseNumber: ratingRequests.caseNumber,
      customerId: ratingRequests.customerId,
      authorId: ratingRequests.agentId,
      mailboxId: ratingRequests.mailboxId,
      recoveryFrownId: ratingRequests.recoveryFrownId,
    })
    .from(ratings)
    .innerJoin(ratingRequests, eq(ratingRequests.id, ratings.requestId))
    .where(where)

async function place(tx: Tx, { requestId, caseNumber }: Rating, rules: Rules, now: Date) {
  const living = await lockLivingCase(tx, caseNumber)
  const [rating] = await frownedRatings(tx, and(eq(ratings.requestId, requestId), frowned))
  if (!rating) return
  const earlier = await frownsOf(tx, await numbersOf(tx, living))
  const its = earlier.find(({ closedAt }) => !closedAt) ?? earlier.findLast((frown) => comesBackTo(frown, rating))
  if (its) await attach(tx, its, rating, rules, now)
  else await open(tx, living, rating, rules, now)
}

/** Oldest first. One that was joined into another is no frown of its own any more. */
const frownsOf = (tx: Tx, numbers: number[]) =>
  tx
    .select()
    .from(frowns)
    .where(and(inArray(frowns.caseNumber, numbers), isNull(frowns.joinedInto)))
    .orderBy(asc(frowns.id))

async function attach(tx: Tx, frown: FrownRow, { requestId, at }: Rating, rules: Rules, now: Date) {
  await tx.insert(frownRatings).values({ frownId: frown.id, requestId })
  await writeEvents(tx, frown, [desk("another frown", at)], now)
  await followOne(tx, frown.id, rules, now)
}

/** Due from the moment the rating settled, so that a worker that was down buys nobody time. */
async function open(tx: Tx, caseNumber: number, rating: Rating, rules: Rules, now: Date) {
  const { customerId, authorId, mailboxId, settledAt } = rating
  const dueAt = addBusinessDays(settledAt, rules.dueBusinessDays, rules.calendar)
  const [frown] = await tx
    .insert(frowns)
    .values({ caseNumber, customerId, authorId, mailboxId, openedAt: settledAt, dueAt })
    .returning()
  if (!frown) throw new Error("the new frown came back without a row")
  await tx.insert(frownRatings).values({ frownId: frown.id, requestId: rating.requestId })
  await writeEvents(tx, frown, [desk("opened", settledAt)], now)
}

const desk = (kind: FrownEvent["kind"], at: Date): FrownEvent => ({ kind, at, agentId: null, detail: "" })
