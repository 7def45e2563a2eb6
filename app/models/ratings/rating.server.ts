import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm"
import { isAtLeast, type Viewer } from "#app/models/people/agent.ts"
import { setting } from "#app/models/people/settings.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { agents } from "#db/tables/people.ts"
import { ratingRequests, ratings, ratingVotes } from "#db/tables/ratings.ts"
import { once } from "../people/idempotency.server.ts"
import { commentsOn } from "./comment.server.ts"
import { contests } from "./contest.ts"
import type { Face } from "./face.ts"
import { announceRating, contest, landingsSince } from "./press.server.ts"
import { standingOf } from "./standing.ts"
import { keepingTally } from "./tally.server.ts"
import { wordOf } from "./word.server.ts"

const isUnsettled = and(eq(ratingVotes.status, "accepted"), isNull(ratingVotes.settledAt))

/**
 * Makes final what was pressed long enough ago: from here on it counts. Returns how many replies got a
 * new or another rating. Doing it twice changes nothing.
 */
export async function settleDue(now: Date): Promise<number> {
  const before = new Date(now.getTime() - (await setting("ratings.settleSeconds")) * 1000)
  const due = await db
    .selectDistinct({ requestId: ratingVotes.requestId })
    .from(ratingVotes)
    .where(and(isUnsettled, lte(ratingVotes.at, before)))
    .orderBy(asc(ratingVotes.requestId))
    .limit(500)
  let settled = 0
  for (const { requestId } of due) if (await settle(requestId, before, now)) settled++
  return settled
}

async function settle(requestId: number, before: Date, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const request = await lockRequest(tx, requestId)
    if (!request) return false
    await contestLate(tx, requestId)
    const isDue = and(eq(ratingVotes.requestId, requestId), isUnsettled, lte(ratingVotes.at, before))
    const final = await tx.update(ratingVotes).set({ settledAt: now }).where(isDue).returning({ id: ratingVotes.id })
    await announceRating(tx, request, now)
    if (final.length === 0) return false
    await keepingTally(tx, [requestId], () => project(tx, requestId, now))
    return true
  })
}

/** A scanner may open the third link, or press another face, after the first was accepted. */
async function contestLate(tx: Tx, requestId: number) {
  const votes = await tx.select().from(ratingVotes).where(eq(ratingVotes.requestId, requestId))
  const open = votes.filter(({ status, settledAt }) => status === "accepted" && settledAt === null)
  const earliest = Math.min(...open.map(({ at }) => at.getTime()))
  if (open.length > 0) await contest(tx, contests(votes, await landingsSince(tx, requestId, new Date(earliest))))
}

async function project(tx: Tx, requestId: number, now: Date) {
  const word = await wordOf(tx, requestId)
  if (!word) return
  const row = { ...word, settledAt: now }
  await tx
    .insert(ratings)
    .values({ requestId, ...row })
    .onConflictDoUpdate({ target: ratings.requestId, set: row })
}

export type VoidRefusal = "not allowed" | "no reason" | "no rating" | "already void"

/** Takes a rating out of every figure: a lead's act, with a reason that stands beside it for good. */
export async function voidRating(
  viewer: Viewer,
  requestId: number,
  because: string,
  now: Date,
): Promise<"voided" | VoidRefusal> {
  if (!isAtLeast(viewer, "lead")) return "not allowed"
  if (because.trim() === "") return "no reason"
  return once(viewer, "void rating", async (tx) => {
    const request = await lockRequest(tx, requestId)
    const [rating] = await tx.select().from(ratings).where(eq(ratings.requestId, requestId))
    if (!request || !rating) return "no rating"
    if (rating.voidedAt) return "already void"
    const made = { voidedAt: now, voidedBy: viewer.id, voidedBecause: because.trim() }
    await keepingTally(tx, [requestId], () => tx.update(ratings).set(made).where(eq(ratings.requestId, requestId)))
    await announceRating(tx, request, now)
    return "voided"
  })
}

async function lockRequest(tx: Tx, requestId: number) {
  const [row] = await tx.select().from(ratingRequests).where(eq(ratingRequests.id, requestId)).for("update")
  return row ?? null
}

export type CaseRating = {
  requestId: number
  first: Face
  standing: Face
  at: Date
  /** False while it is "just in" and can still be changed or contested. */
  settled: boolean
  comment: string | null
  voided: boolean
  /** Who took it out of the figures, when and why; `by` is null where the desk did, as with spam. */
  voiding: Voiding | null
}

export type Voiding = { by: string | null; at: Date; because: string }

/** The ratings of these replies, those just in as well. */
export async function ratingsOf(replyIds: readonly number[]): Promise<Map<number, CaseRating>> {
  const { at, face, status, settledAt } = ratingVotes
  const vote = { at, face, status, settledAt }
  const rows = await db
    .select({
      ...vote,
      replyId: ratingRequests.replyId,
      requestId: ratingRequests.id,
      firstContactAt: frowns.firstContactAt,
      voidedAt: ratings.voidedAt,
      voidedBecause: ratings.voidedBecause,
      voidedBy: agents.name,
    })
    .from(ratingRequests)
    .innerJoin(ratingVotes, and(eq(ratingVotes.requestId, ratingRequests.id), eq(ratingVotes.status, "accepted")))
    .leftJoin(ratings, eq(ratings.requestId, ratingRequests.id))
    .leftJoin(agents, eq(agents.id, ratings.voidedBy))
    .leftJoin(frownRatings, eq(frownRatings.requestId, ratingRequests.id))
    .leftJoin(frowns, eq(frowns.id, frownRatings.frownId))
    .where(inArray(ratingRequests.replyId, [...replyIds]))
    .orderBy(asc(ratingVotes.id))
  const comments = await commentsOn([...new Set(rows.map(({ requestId }) => requestId))])
  const found = new Map<number, CaseRating>()
  for (const { replyId, requestId, firstContactAt, ...row } of rows) {
    const votes = rows.filter((row) => row.replyId === replyId)
    const word = standingOf(votes, firstContactAt)
    if (!word) throw new Error(`reply ${replyId} has accepted votes and no rating`)
    const settled = votes.every((row) => row.settledAt !== null)
    const comment = comments.get(requestId) ?? null
    const voiding = voidingOf(row)
    const { first, standing, lastAt: at } = word
    found.set(replyId, { requestId, first, standing, at, settled, comment, voided: voiding !== null, voiding })
  }
  return found
}

type Voided = { voidedAt: Date | null; voidedBy: string | null; voidedBecause: string | null }

export const voidingOf = ({ voidedAt: at, voidedBy: by, voidedBecause }: Voided): Voiding | null =>
  at && { at, by, because: voidedBecause ?? "" }
