import { and, asc, eq, inArray, or, sql } from "drizzle-orm"
import { alias } from "drizzle-orm/pg-core"
import { db } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import { causes, frownEvents, frownRatings, frowns } from "#db/tables/frowns.ts"
import { agents, customers } from "#db/tables/people.ts"
import { ratingComments, ratingRequests, ratings } from "#db/tables/ratings.ts"
import { filedVisiblyTo } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { voidingOf } from "../ratings/rating.server.ts"
import { livingCase, numbersOf } from "./family.server.ts"
import { isLate, mayDo, nextAt, nextStep, stateOf } from "./frown.ts"
import { emailOf } from "./queue.server.ts"
import { visibleTo } from "./visible.server.ts"

const authors = alias(agents, "authors")
const owners = alias(agents, "owners")
const closers = alias(agents, "closers")
const voiders = alias(agents, "voiders")

/** One frown with its whole story: who, what they said, about which reply, what was done. Null when not theirs to see. */
export async function frownFor(viewer: Viewer, id: number, now: Date) {
  const [row] = await db
    .select({
      frown: frowns,
      kase: { number: cases.number, subject: cases.subject },
      customer: { id: customers.id, name: customers.name, email: emailOf },
      author: { name: authors.name },
      owner: { id: owners.id, name: owners.name },
      closer: { name: closers.name },
      cause: { key: causes.key, name: causes.name, group: causes.group },
    })
    .from(frowns)
    .innerJoin(cases, eq(cases.number, livingCase))
    .innerJoin(authors, eq(authors.id, frowns.authorId))
    .leftJoin(owners, eq(owners.id, frowns.ownerId))
    .leftJoin(closers, eq(closers.id, frowns.closedBy))
    .leftJoin(customers, eq(customers.id, frowns.customerId))
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(and(eq(frowns.id, id), visibleTo(viewer)))
  if (!row) return null
  const { frown } = row
  const standing = { state: stateOf(frown), step: nextStep(frown), nextAt: nextAt(frown), late: isLate(frown, now) }
  const [rated, events] = await Promise.all([ratedRepliesOf(viewer, id, row.kase.number), eventsOf(id)])
  return { ...row, ...standing, may: mayDo(viewer, frown), rated, events: withVoids(events, rated) }
}

/** The replies the frown is about, and those of ours that were rated while following it up, with the customer's words. */
async function ratedRepliesOf(viewer: Viewer, id: number, living: number) {
  const isIts = sql`exists (select 1 from ${frownRatings} where ${frownRatings.frownId} = ${id}
    and ${frownRatings.requestId} = ${ratingRequests.id})`
  const rows = await db
    .select({
      requestId: ratingRequests.id,
      frowned: sql<boolean>`${isIts}`,
      first: ratings.first,
      standing: ratings.standing,
      at: ratings.firstAt,
      lastAt: ratings.lastAt,
      voidedAt: ratings.voidedAt,
      voidedBy: voiders.name,
      voidedBecause: ratings.voidedBecause,
      author: agents.name,
      reply: { id: messages.id, at: messages.at, text: messages.newText },
    })
    .from(ratingRequests)
    .innerJoin(ratings, eq(ratings.requestId, ratingRequests.id))
    .innerJoin(messages, eq(messages.id, ratingRequests.replyId))
    .innerJoin(agents, eq(agents.id, ratingRequests.agentId))
    .leftJoin(voiders, eq(voiders.id, ratings.voidedBy))
    .where(
      and(
        inArray(ratingRequests.caseNumber, await numbersOf(db, living)),
        filedVisiblyTo(viewer, messages.caseNumber),
        or(isIts, sql`${ratingRequests.recoveryFrownId} in (select id from frowns where ${id} in (id, joined_into))`),
      ),
    )
    .orderBy(asc(ratings.firstAt), asc(ratingRequests.id))
  const words = await wordsOn(rows.map(({ requestId }) => requestId))
  return rows.map(({ voidedAt, voidedBy, voidedBecause, ...row }) => ({
    ...row,
    voiding: voidingOf({ voidedAt, voidedBy, voidedBecause }),
    words: words.filter(({ requestId }) => requestId === row.requestId),
  }))
}

async function wordsOn(requestIds: number[]) {
  if (requestIds.length === 0) return []
  return db
    .select({ requestId: ratingComments.requestId, at: ratingComments.at, body: ratingComments.body })
    .from(ratingComments)
    .where(inArray(ratingComments.requestId, requestIds))
    .orderBy(asc(ratingComments.id))
}

type Events = Awaited<ReturnType<typeof eventsOf>>
type Rated = Awaited<ReturnType<typeof ratedRepliesOf>>

/** A rating that was taken out is part of the story for as long as it is: who did it, and why. */
function withVoids(events: Events, rated: Rated) {
  const voids = rated.flatMap(({ requestId, voiding }) =>
    voiding
      ? [{ id: -requestId, at: voiding.at, kind: "voided" as const, detail: voiding.because, who: voiding.by }]
      : [],
  )
  return [...events, ...voids].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

const eventsOf = (id: number) =>
  db
    .select({
      id: frownEvents.id,
      at: frownEvents.at,
      kind: frownEvents.kind,
      detail: frownEvents.detail,
      who: agents.name,
    })
    .from(frownEvents)
    .leftJoin(agents, eq(agents.id, frownEvents.agentId))
    .where(eq(frownEvents.frownId, id))
    .orderBy(asc(frownEvents.id))
