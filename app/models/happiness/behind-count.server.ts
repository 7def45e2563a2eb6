import { eq, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { causes, frowns } from "#db/tables/frowns.ts"
import { ratingTallies } from "#db/tables/ratings.ts"
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

async function replyCount(asked: Behind) {
  const [row] = await db.select(figures).from(ratingTallies).where(ratedIn("sent", asked))
  // Without a row the sums are null.
  const tally = row?.asked == null ? nothing : row
  if (asked.show === "asked") return tally.asked
  if (asked.show === "left-off") return tally.leftOff
  if (asked.show === "unanswered") return tally.asked - totalOf(tally)
  return asked.face ? tally[asked.face] : totalOf(tally)
}

async function frownCount(asked: Behind, moments: Moments, now: Date) {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(frowns)
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(frownsCounted(asked, moments, now))
  return row?.count ?? 0
}
