import { and, asc, eq, gt, gte, inArray, lt, min, sql } from "drizzle-orm"
import type { PgColumn } from "drizzle-orm/pg-core"
import { db } from "#db/connection.server.ts"
import { ratingTallies } from "#db/tables/ratings.ts"
import { replyTallies } from "#db/tables/sharing.ts"
import type { Basis } from "../ratings/tally.ts"
import type { DayLoad } from "./load.ts"
import type { DayRow } from "./report.ts"

/** Days "YYYY-MM-DD" in the desk's zone, half-open; null for no narrowing. */
export type Stretch = { from: string; to: string; mailboxId: number | null; agentId: number | null } & Within

/** The mailboxes whoever asks may hear of; left out where the whole desk's figures are for them. */
export type Within = { within?: readonly number[] | undefined }

const inThose = ({ within }: Within, column: PgColumn) => (within ? inArray(column, [...within]) : undefined)

/** As an integer: the driver gives a sum as text. */
const sum = (column: PgColumn) => sql<number>`sum(${column})::int`

export const figures = {
  asked: sum(ratingTallies.asked),
  leftOff: sum(ratingTallies.leftOff),
  happy: sum(ratingTallies.happy),
  ok: sum(ratingTallies.ok),
  frown: sum(ratingTallies.frown),
}

/** The tallies of a basis within a stretch. */
export const ratedIn = (basis: Basis, { from, to, mailboxId, agentId, within }: Stretch) =>
  and(
    eq(ratingTallies.basis, basis),
    gte(ratingTallies.day, from),
    lt(ratingTallies.day, to),
    inThose({ within }, ratingTallies.mailboxId),
    mailboxId === null ? undefined : eq(ratingTallies.mailboxId, mailboxId),
    agentId === null ? undefined : eq(ratingTallies.agentId, agentId),
  )

/** Day by day, days without a row left out: every ratio of a report comes from this one grouped query. */
export function dayTallies(basis: Basis, stretch: Stretch): Promise<DayRow[]> {
  return db
    .select({ day: ratingTallies.day, ...figures })
    .from(ratingTallies)
    .where(ratedIn(basis, stretch))
    .groupBy(ratingTallies.day)
    .orderBy(asc(ratingTallies.day))
}

export const repliedIn = ({ from, to, mailboxId, agentId, within }: Stretch) =>
  and(
    gte(replyTallies.day, from),
    lt(replyTallies.day, to),
    gt(replyTallies.replies, 0),
    inThose({ within }, replyTallies.mailboxId),
    mailboxId === null ? undefined : eq(replyTallies.mailboxId, mailboxId),
    agentId === null ? undefined : eq(replyTallies.agentId, agentId),
  )

export function dayLoads(stretch: Stretch): Promise<DayLoad[]> {
  return db
    .select({
      day: replyTallies.day,
      replies: sql<number>`sum(${replyTallies.replies})::int`,
      agents: sql<number>`count(distinct ${replyTallies.agentId})::int`,
    })
    .from(replyTallies)
    .where(repliedIn(stretch))
    .groupBy(replyTallies.day)
    .orderBy(asc(replyTallies.day))
}

/** The first and last days on which a rated reply was sent (or rated); nulls on a desk without ratings. */
export async function ratedDays(basis: Basis, asked: Within = {}) {
  const rated = sql`${ratingTallies.happy} + ${ratingTallies.ok} + ${ratingTallies.frown} > 0`
  const [row] = await db
    .select({ first: min(ratingTallies.day), last: sql<string | null>`max(${ratingTallies.day})` })
    .from(ratingTallies)
    .where(and(eq(ratingTallies.basis, basis), rated, inThose(asked, ratingTallies.mailboxId)))
  return row ?? { first: null, last: null }
}

export async function firstReplyDay(asked: Within = {}): Promise<string | null> {
  const [row] = await db
    .select({ day: min(replyTallies.day) })
    .from(replyTallies)
    .where(inThose(asked, replyTallies.mailboxId))
  return row?.day ?? null
}
