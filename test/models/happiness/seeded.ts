import { sql } from "drizzle-orm"
import type { Face } from "#app/models/ratings/face.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { ratingComments, ratingRequests, ratings, ratingVotes } from "#db/tables/ratings.ts"
import { bo, dana, help } from "#test/fixtures/desk.ts"

type About = Partial<typeof ratingRequests.$inferInsert> & {
  face?: Face
  standing?: Face
  voided?: boolean
  words?: string
}

/** A case with one reply sent then, and what became of its ask. Returns the request's id. */
export async function reply(sentAt: Date, { face, standing, voided, words, ...about }: About = {}) {
  return db.transaction(async (tx) => {
    // The reply's own message plays no part here.
    await tx.execute(sql`set local session_replication_role = replica`)
    const { mailboxId = help.id, customerId = dana.id } = about
    const opened = { mailboxId, customerId, subject: "A question", openedAt: sentAt, lastMessageAt: sentAt }
    const [kase] = await tx.insert(cases).values(opened).returning({ number: cases.number })
    const number = kase!.number
    const request = {
      replyId: number,
      caseNumber: number,
      originCaseNumber: number,
      mailboxId,
      customerId,
      agentId: bo.id,
    }
    const [row] = await tx
      .insert(ratingRequests)
      .values({ ...request, madeAt: sentAt, sentAt, ...about })
      .returning({ id: ratingRequests.id })
    const at = { firstAt: sentAt, lastAt: sentAt, settledAt: sentAt }
    const id = row!.id
    if (face)
      await tx
        .insert(ratings)
        .values({ requestId: id, first: face, standing: standing ?? face, ...at, voidedAt: voided ? sentAt : null })
    if (face)
      await tx
        .insert(ratingVotes)
        .values({ requestId: id, at: sentAt, face, status: "accepted", mode: "tap", settledAt: sentAt })
    if (words) await tx.insert(ratingComments).values({ requestId: id, at: sentAt, body: words })
    return { id, number }
  })
}

export async function frown(openedAt: Date, about: Partial<typeof frowns.$inferInsert> = {}) {
  const { id: requestId, number } = await reply(openedAt, { face: "frown", voided: about.outcome === "void" })
  const row = {
    caseNumber: number,
    customerId: dana.id,
    authorId: bo.id,
    mailboxId: help.id,
    openedAt,
    dueAt: openedAt,
  }
  const [opened] = await db
    .insert(frowns)
    .values({ ...row, ...about })
    .returning({ id: frowns.id })
  await db.insert(frownRatings).values({ frownId: opened!.id, requestId })
  return number
}

export async function vote(requestId: number, at: Date, status: "held" | "contested" | "rejected" | "accepted") {
  await db.insert(ratingVotes).values({ requestId, at, face: "happy", status, mode: "tap" })
}
