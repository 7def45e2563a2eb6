import { and, asc, eq, gt, inArray, isNull, type SQL, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { ratingRequests, ratings } from "#db/tables/ratings.ts"
import { addBusinessDays } from "../people/hours.ts"
import { keepAlone } from "./alone.server.ts"
import { type FrownRow, ownFacts } from "./alone.ts"
import { apartIn, takeFrownsApart } from "./apart.server.ts"
import { lockLivingCase, numbersOf } from "./family.server.ts"
import { rereadFirstWords } from "./first-words.server.ts"
import type { FrownEvent, Rules } from "./follow.ts"
import { followOne, frownRules, writeEvents } from "./follow-up.server.ts"
import { comesBackTo, hoursAfter } from "./frown.ts"
import { joinMerged } from "./join.server.ts"
import { followRecoveries } from "./recovery.server.ts"

/**
 * Every settled, standing frown gets its place in the queue: a frown of its own, or the open one of its case. Also
 * joins the open frowns of cases that were merged. How many ratings were placed; run twice at once it places each once.
 */
export async function openFromSettled(now: Date): Promise<number> {
  const rules = await frownRules()
  await takeFrownsApart(rules, now)
  await followRecoveries(now)
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
  const numbers = await numbersOf(tx, await lockLivingCase(tx, caseNumber))
  const [rating] = await frownedRatings(tx, and(eq(ratings.requestId, requestId), frowned))
  if (!rating) return
  await apartIn(tx, numbers, rules, now)
  const earlier = await frownsOf(tx, numbers)
  const its = earlier.find(({ closedAt }) => !closedAt) ?? earlier.findLast((frown) => comesBackTo(frown, rating))
  if (!its) await open(tx, rating, rules, now)
  else if (its.caseNumber === caseNumber) await attach(tx, its, rating, null, rules, now)
  else await attachAcross(tx, its, rating, numbers, rules, now)
}

/** Oldest first. One that was joined into another is no frown of its own any more. */
const frownsOf = (tx: Tx, numbers: number[]) =>
  tx
    .select()
    .from(frowns)
    .where(and(inArray(frowns.caseNumber, numbers), isNull(frowns.joinedInto)))
    .orderBy(asc(frowns.id))

type Own = FrownRow | null

async function attach(tx: Tx, frown: FrownRow, { requestId, at }: Rating, own: Own, rules: Rules, now: Date) {
  await tx.insert(frownRatings).values({ frownId: frown.id, requestId, ownFrownId: own?.id ?? null })
  await writeEvents(tx, frown, [desk("another frown", at)], now)
  await followOne(tx, frown.id, rules, now)
  await rereadFirstWords(tx, [frown.id])
}

/**
 * Into the frown of a case that its own was merged with. What it would be by itself is kept beside: a frown of its own
 * case, which is part of that one for as long as they are merged.
 */
async function attachAcross(tx: Tx, its: FrownRow, rating: Rating, numbers: number[], rules: Rules, now: Date) {
  const here = await tx.select().from(frowns).where(eq(frowns.caseNumber, rating.caseNumber)).orderBy(asc(frowns.id))
  const joined = here.find((frown) => frown.joinedInto === its.id && ownFacts(frown).closedAt === null)
  const back = here.findLast((frown) => frown.joinedInto === null && comesBackTo(frown, rating))
  const own = joined ?? back ?? (await openJoined(tx, its, rating, rules, now))
  await keepAlone(tx, its, numbers)
  await keepAlone(tx, own, numbers)
  await attach(tx, its, rating, own, rules, now)
}

async function openJoined(tx: Tx, its: FrownRow, rating: Rating, rules: Rules, now: Date): Promise<FrownRow> {
  const frown = await open(tx, rating, rules, now, its)
  const part = { joinedInto: its.id, outcome: "void", outcomeAt: now, closedAt: now } as const
  await tx.update(frowns).set(part).where(eq(frowns.id, frown.id))
  return frown
}

/** Due from the moment the rating settled, so that a worker that was down buys nobody time. */
async function open(tx: Tx, rating: Rating, rules: Rules, now: Date, into: Own = null) {
  const { caseNumber, customerId, authorId, mailboxId, settledAt } = rating
  const dueAt = addBusinessDays(settledAt, rules.dueBusinessDays, rules.calendar)
  const [frown] = await tx
    .insert(frowns)
    .values({ caseNumber, customerId, authorId, mailboxId, openedAt: settledAt, dueAt })
    .returning()
  if (!frown) throw new Error("the new frown came back without a row")
  if (!into) await tx.insert(frownRatings).values({ frownId: frown.id, requestId: rating.requestId })
  await writeEvents(tx, frown, [desk("opened", settledAt)], now)
  return frown
}

const desk = (kind: FrownEvent["kind"], at: Date): FrownEvent => ({ kind, at, agentId: null, detail: "" })
