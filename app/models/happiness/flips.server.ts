import { eq, isNotNull, type SQL, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { pareto } from "../frowns/cause.ts"
import { countedFrowns } from "../frowns/counted-frowns.server.ts"
import { isOverdue } from "./behind-rows.server.ts"
import { wilson } from "./interval.ts"
import type { Narrow } from "./narrow.server.ts"

type Moments = { start: Date; end: Date }

const count = (where: SQL | undefined) => sql<number>`(count(*) filter (where ${where}))::int`

/** What was done about the frowns of a stretch: flip rate = flipped of those contacted; times in milliseconds. */
export async function flipsIn(moments: Moments, narrow: Narrow, now: Date) {
  const frown = countedFrowns({ ...moments, ...narrow })
  const contact = sql`extract(epoch from ${frown.firstContactAt} - ${frown.openedAt}) * 1000`
  const [row] = await db
    .select({
      frowns: sql<number>`count(*)::int`,
      contacted: count(isNotNull(frown.firstContactAt)),
      flipped: count(eq(frown.outcome, "flipped")),
      improved: count(eq(frown.outcome, "improved")),
      toldImproved: count(isNotNull(frown.toldImprovedAt)),
      overdue: count(isOverdue(frown, now)),
      untilContact: sql<number | null>`percentile_cont(0.5) within group (order by ${contact})`,
      untilContactMostly: sql<number | null>`percentile_cont(0.9) within group (order by ${contact})`,
    })
    .from(frown)
  const found = row ?? nothing
  return { ...found, interval: wilson({ count: found.flipped, of: found.contacted }) }
}

const nothing = {
  ...{ frowns: 0, contacted: 0, flipped: 0, improved: 0, toldImproved: 0, overdue: 0 },
  ...{ untilContact: null, untilContactMostly: null },
}

/** Why customers frowned, most frequent first, with the running total. */
export async function causesIn(moments: Moments, narrow: Narrow) {
  const frown = countedFrowns({ ...moments, ...narrow })
  const found = await db
    .select({
      key: frown.cause,
      name: sql<string>`coalesce(${frown.causeName}, 'Not known yet')`,
      group: sql<string>`coalesce(${frown.causeGroup}, 'other')`,
      ours: frown.causeIsOurs,
      count: sql<number>`count(*)::int`,
    })
    .from(frown)
    .groupBy(frown.cause, frown.causeName, frown.causeGroup, frown.causeIsOurs)
  return pareto(found)
}

/** By author: frowns whose cause support does not control. Shown beside a person's figure, never taken out of it. */
export async function notOursIn(moments: Moments, narrow: Narrow) {
  const frown = countedFrowns({ ...moments, ...narrow })
  const rows = await db
    .select({ agentId: frown.authorId, count: sql<number>`count(*)::int` })
    .from(frown)
    .where(eq(frown.causeIsOurs, false))
    .groupBy(frown.authorId)
  return new Map(rows.map(({ agentId, count }) => [agentId, count]))
}

export type Flips = Awaited<ReturnType<typeof flipsIn>>
export type CauseRow = Awaited<ReturnType<typeof causesIn>>[number]
