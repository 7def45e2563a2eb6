import { and, desc, eq, isNotNull, lt, sql } from "drizzle-orm"
import { isbot } from "isbot"
import { db, type Tx } from "#db/connection.server.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { ratingComments, ratingLandings, ratingRequests, ratingVotes } from "#db/tables/ratings.ts"
import type { Face } from "./face.ts"
import { linkState } from "./link.ts"
import type { LinkState } from "./press.ts"
import { linkDays } from "./tally.server.ts"
import { hashToken } from "./token.server.ts"
import { clientKeyOf, type Visitor } from "./visitor.server.ts"

export type OpenedLink = { requestId: number; link: LinkState }

/** The request a link belongs to and whether it still rates; null for a token that never was. Writes nothing. */
export async function openLink(token: string, now: Date): Promise<OpenedLink | null> {
  return db.transaction(async (tx) => {
    const [request] = await tx
      .select()
      .from(ratingRequests)
      .where(eq(ratingRequests.tokenHash, hashToken(token)))
    return request ? { requestId: request.id, link: await linkOf(tx, request, now) } : null
  })
}

/** Notes that a link was opened. Nothing is ever counted from it; it only helps to recognise a scanner. */
export async function noteLanding(requestId: number, face: Face | null, visitor: Visitor, now: Date) {
  const isMachine = visitor.userAgent === "" || isbot(visitor.userAgent)
  await db.insert(ratingLandings).values({ requestId, face, at: now, clientKey: clientKeyOf(visitor, now), isMachine })
}

export async function linkOf(tx: Tx, request: typeof ratingRequests.$inferSelect, now: Date): Promise<LinkState> {
  const belongs = sql`${frowns.id} in
    (select coalesce(f.joined_into, f.id) from frowns f where f.id = ${request.recoveryFrownId}) or ${frowns.id} in
    (select ${frownRatings.frownId} from ${frownRatings} where ${frownRatings.requestId} = ${request.id})`
  const [frown] = await tx
    .select({ closedAt: frowns.closedAt })
    .from(frowns)
    .where(belongs)
    .orderBy(sql`${frowns.closedAt} desc nulls first`)
    .limit(1)
  return linkState(request, frown ?? null, await linkDays(tx), now)
}

/** What whoever has the link may be told was recorded: the last word, just in or settled, and whether words came with it. */
export async function recordedFor(requestId: number): Promise<{ said: Face; withWords: boolean } | null> {
  const isAccepted = and(eq(ratingVotes.requestId, requestId), eq(ratingVotes.status, "accepted"))
  const [vote] = await db
    .select({ said: ratingVotes.face })
    .from(ratingVotes)
    .where(isAccepted)
    .orderBy(desc(ratingVotes.at), desc(ratingVotes.id))
    .limit(1)
  const words = await db.$count(ratingComments, eq(ratingComments.requestId, requestId))
  return vote ? { said: vote.said, withWords: words > 0 } : null
}

/**
 * After thirty days a vote is only a face, a time and what became of it, and that links were opened is forgotten.
 * Returns how many rows it touched.
 */
export async function forgetVisitors(now: Date): Promise<number> {
  const before = new Date(now.getTime() - 30 * 86_400_000)
  const landings = await db.delete(ratingLandings).where(lt(ratingLandings.at, before))
  const votes = await db
    .update(ratingVotes)
    .set({ clientKey: null, lineageHash: null, dwellMs: null })
    .where(and(lt(ratingVotes.at, before), isNotNull(ratingVotes.clientKey)))
  return landings.count + votes.count
}
