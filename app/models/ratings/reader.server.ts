import { and, desc, eq, lt, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { ratingRequests } from "#db/tables/ratings.ts"
import { type Language, languageOf } from "#emails/language.ts"

/** From which side the customer reads, by what they wrote last before the reply they are asked about. */
export async function readerOf(requestId: number): Promise<Language["dir"]> {
  const [written] = await db
    .select({ text: sql<string>`left(${messages.newText}, 4000)` })
    .from(ratingRequests)
    .innerJoin(messages, and(eq(messages.caseNumber, ratingRequests.caseNumber), eq(messages.kind, "email")))
    .where(and(eq(ratingRequests.id, requestId), lt(messages.id, ratingRequests.replyId)))
    .orderBy(desc(messages.id))
    .limit(1)
  return languageOf(written?.text ?? "").dir
}
