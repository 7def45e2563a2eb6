import { and, eq, type SQL, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { causes, frowns } from "#db/tables/frowns.ts"
import { ratingTallies } from "#db/tables/ratings.ts"
import { inMailboxesOf } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import type { Behind } from "./behind.ts"
import { isAboutFrowns } from "./behind.ts"
import { frownsCounted } from "./behind-rows.server.ts"
import { figures, ratedIn } from "./days.server.ts"
import { totalOf } from "./percent.ts"
import { nothing } from "./report.ts"

type Moments = { start: Date; end: Date }

/** How many there are in all: from the same tallies as the number that led here. */
export const countBehind = (asked: Behind, moments: Moments, now: Date): Promise<number> =>
  isAboutFrowns(asked) ? frownCount(asked, moments, now) : replyCount(asked)

/** How many of those lie in mailboxes the viewer does not answer. */
export const countElsewhere = (viewer: Viewer, asked: Behind, moments: Moments, now: Date): Promise<number> =>
  isAboutFrowns(asked)
    ? frownCount(asked, moments, now, sql`not ${inMailboxesOf(viewer, frowns.mailboxId)}`)
    : replyCount(asked, sql`not ${inMailboxesOf(viewer, ratingTallies.mailboxId)}`)

async function replyCount(asked: Behind, where?: SQL) {
  const [row] = await db
    .select(figures)
    .from(ratingTallies)
    .where(and(ratedIn("sent", asked), where))
  // Without a row the sums are null.
  const tally = row?.asked == null ? nothing : row
  if (asked.show === "asked") return tally.asked
  if (asked.show === "left-off") return tally.leftOff
  if (asked.show === "unanswered") return tally.asked - totalOf(tally)
  return asked.face ? tally[asked.face] : totalOf(tally)
}

async function frownCount(asked: Behind, moments: Moments, now: Date, where?: SQL) {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(frowns)
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(and(frownsCounted(asked, moments, now), where))
  return row?.count ?? 0
}
