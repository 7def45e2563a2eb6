import { and, asc, eq, inArray, isNull } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { customers } from "#db/tables/people.ts"
import { ratingRequests, ratings } from "#db/tables/ratings.ts"
import { keepingTally, linkDays } from "./tally.server.ts"
import { hashToken, makeToken } from "./token.server.ts"

export type NewRequest = {
  replyId: number
  caseNumber: number
  customerId: number | null
  agentId: number
  mailboxId: number
  recoveryFrownId: number | null
  /** How many addresses the mail goes to; the rating is credited as one, whoever pressed. */
  recipients: number
  leftOffBy: number | null
}

/**
 * The ask that goes with one reply, with author and mailbox frozen. Returns the token, which exists nowhere else from
 * then on but in the rendered mail; null when the line is left off or the customer asked not to be asked.
 */
export async function makeRequest(tx: Tx, request: NewRequest, now: Date): Promise<string | null> {
  if (await optedOut(tx, request.customerId)) return null
  const token = request.leftOffBy === null ? makeToken() : null
  await tx.insert(ratingRequests).values({
    ...request,
    originCaseNumber: request.caseNumber,
    tokenHash: token && hashToken(token),
    madeAt: now,
  })
  return token
}

/** The replies left: from now on each was asked (or left off), and its links grow old. Again changes nothing. */
export async function requestsSent(tx: Tx, replyIds: readonly number[], now: Date) {
  const requests = await tx
    .select({ id: ratingRequests.id, sentAt: ratingRequests.sentAt })
    .from(ratingRequests)
    .where(inArray(ratingRequests.replyId, [...replyIds]))
    .orderBy(asc(ratingRequests.id))
    .for("update")
  const ids = requests.filter(({ sentAt }) => !sentAt).map(({ id }) => id)
  if (ids.length === 0) return
  const expiresAt = new Date(now.getTime() + (await linkDays(tx)) * 86_400_000)
  await keepingTally(tx, ids, () =>
    tx.update(ratingRequests).set({ sentAt: now, expiresAt }).where(inArray(ratingRequests.id, ids)),
  )
}

/** What was taken for sent has not left yet: its links grow old from when it does. One that was rated already stays as it is. */
export async function requestRecalled(tx: Tx, replyId: number) {
  const request = await lockRequest(tx, replyId)
  if (!request?.sentAt) return
  const [rated] = await tx.select({ id: ratings.requestId }).from(ratings).where(eq(ratings.requestId, request.id))
  if (rated) return
  await keepingTally(tx, [request.id], () =>
    tx.update(ratingRequests).set({ sentAt: null, expiresAt: null }).where(eq(ratingRequests.id, request.id)),
  )
}

/** It never arrived, so it was never asked. */
export async function requestBounced(tx: Tx, replyId: number, now: Date) {
  const request = await lockRequest(tx, replyId)
  if (!request || request.bouncedAt) return
  await keepingTally(tx, [request.id], () =>
    tx.update(ratingRequests).set({ bouncedAt: now }).where(eq(ratingRequests.id, request.id)),
  )
}

/** Which frown it follows up, found out anew: with one it counts as recovery, with none in the headline. */
export async function creditRecovery(tx: Tx, requestId: number, recoveryFrownId: number | null) {
  await tx.select({ id: ratingRequests.id }).from(ratingRequests).where(eq(ratingRequests.id, requestId)).for("update")
  await keepingTally(tx, [requestId], () =>
    tx.update(ratingRequests).set({ recoveryFrownId }).where(eq(ratingRequests.id, requestId)),
  )
}

/** Its links lead nowhere from now on. What was already rated stays; to take that out, void the rating. */
export async function revokeRequest(tx: Tx, replyId: number, because: string, now: Date) {
  await tx
    .update(ratingRequests)
    .set({ revokedAt: now, revokedBecause: because })
    .where(and(eq(ratingRequests.replyId, replyId), isNull(ratingRequests.revokedAt)))
}

async function lockRequest(tx: Tx, replyId: number) {
  const [row] = await tx.select().from(ratingRequests).where(eq(ratingRequests.replyId, replyId)).for("update")
  return row ?? null
}

async function optedOut(tx: Tx, customerId: number | null) {
  if (customerId === null) return false
  const [row] = await tx.select({ at: customers.optedOutAt }).from(customers).where(eq(customers.id, customerId))
  return row !== undefined && row.at !== null
}
