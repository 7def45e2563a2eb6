import { not, notInArray } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailboxes } from "#db/tables/people.ts"
import { ratingTallies } from "#db/tables/ratings.ts"
import { visibleTo } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { type Behind, isAboutFrowns } from "./behind.ts"
import { countReplies, type Moments } from "./behind-rows.server.ts"
import { figures, ratedIn } from "./days.server.ts"
import { totalOf } from "./percent.ts"
import { nothing } from "./report.ts"

/** How many there are in all: from the same tallies as the number that led here. */
export const countBehind = (asked: Behind, moments: Moments, now: Date): Promise<number> =>
  isAboutFrowns(asked) || asked.show === "voided" ? countReplies(asked, moments, now) : countTallied(asked)

/** How many of those lie in cases the viewer may not read, wherever they were answered. */
export async function countElsewhere(viewer: Viewer, asked: Behind, moments: Moments, now: Date): Promise<number> {
  const others = notInArray(mailboxes.id, viewer.mailboxIds)
  const [other] = await db.select({ id: mailboxes.id }).from(mailboxes).where(others).limit(1)
  return other ? countReplies(asked, moments, now, not(visibleTo(viewer))) : 0
}

async function countTallied(asked: Behind) {
  const [row] = await db.select(figures).from(ratingTallies).where(ratedIn("sent", asked))
  // Without a row the sums are null.
  const tally = row?.asked == null ? nothing : row
  if (asked.show === "asked") return tally.asked
  if (asked.show === "left-off") return tally.leftOff
  if (asked.show === "unanswered") return tally.asked - totalOf(tally)
  return asked.face ? tally[asked.face] : totalOf(tally)
}
