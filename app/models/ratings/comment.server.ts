import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { ratingComments, ratingRequests, ratings, ratingVotes } from "#db/tables/ratings.ts"
import type { Face } from "./face.ts"

export const longestComment = 2000

/** Keeps the customer's words about a reply. The same words again (a second press, a page sent twice) are not kept twice. */
export async function keepComment(tx: Tx, requestId: number, text: string, now: Date) {
  const body = [...text.replace(/\r\n?/g, "\n").replaceAll("\0", "").trim()].slice(0, longestComment).join("").trim()
  const isSame = and(eq(ratingComments.requestId, requestId), eq(ratingComments.body, body))
  if (body === "" || (await tx.select().from(ratingComments).where(isSame).limit(1)).length > 0) return
  await tx.insert(ratingComments).values({ requestId, body, at: now })
}

/** What was said about each of these requests; several comments as paragraphs, in order. */
export async function commentsOn(requestIds: readonly number[]): Promise<Map<number, string>> {
  if (requestIds.length === 0) return new Map()
  const rows = await db
    .select()
    .from(ratingComments)
    .where(inArray(ratingComments.requestId, [...requestIds]))
    .orderBy(asc(ratingComments.id))
  const said = new Map<number, string>()
  for (const { requestId, body } of rows) {
    const before = said.get(requestId)
    said.set(requestId, before === undefined ? body : `${before}\n\n${body}`)
  }
  return said
}

export type Unspoken = {
  id: number
  requestId: number
  replyId: number
  /** Of the reply: what is said about it is said there, whatever that was merged with. */
  caseNumber: number
  customerId: number | null
  at: Date
  body: string
  face: Exclude<Face, "happy">
}

/**
 * Words that came with an OK or a frown, settled, which nobody has put before the team yet: the customer is speaking
 * again. Words of a month ago are history.
 */
export async function unspokenComments(now: Date): Promise<Unspoken[]> {
  const given = sql<Face | null>`(select ${ratingVotes.face} from ${ratingVotes}
    where ${ratingVotes.requestId} = ${ratingComments.requestId} and ${ratingVotes.at} <= ${ratingComments.at}
      and ${ratingVotes.status} = 'accepted' and ${ratingVotes.settledAt} is not null
    order by ${ratingVotes.at} desc, ${ratingVotes.id} desc limit 1)`
  const rows = await db
    .select({
      id: ratingComments.id,
      requestId: ratingRequests.id,
      replyId: ratingRequests.replyId,
      caseNumber: ratingRequests.caseNumber,
      customerId: ratingRequests.customerId,
      at: ratingComments.at,
      body: ratingComments.body,
      face: given,
    })
    .from(ratingComments)
    .innerJoin(ratings, eq(ratings.requestId, ratingComments.requestId))
    .innerJoin(ratingRequests, eq(ratingRequests.id, ratings.requestId))
    .where(
      and(
        isNull(ratingComments.spokenAt),
        gt(ratingComments.at, new Date(now.getTime() - 30 * 86_400_000)),
        inArray(ratings.standing, ["ok", "frown"]),
        isNull(ratings.voidedAt),
      ),
    )
    .orderBy(asc(ratingComments.id))
  return rows.flatMap(({ face, ...row }) => (face === "ok" || face === "frown" ? [{ ...row, face }] : []))
}

/** Once: the caller appends the words in the same transaction, and not at all when this says false. */
export async function markSpoken(tx: Tx, commentId: number, now: Date): Promise<boolean> {
  const marked = await tx
    .update(ratingComments)
    .set({ spokenAt: now })
    .where(and(eq(ratingComments.id, commentId), isNull(ratingComments.spokenAt)))
    .returning({ id: ratingComments.id })
  return marked.length > 0
}
