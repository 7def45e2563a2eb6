import { and, eq, gte, isNotNull, lt, type SQL, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { causes, frowns } from "#db/tables/frowns.ts"
import { pareto } from "../frowns/cause.ts"
import { counted, overdue } from "./behind-rows.server.ts"
import { wilson } from "./interval.ts"
import type { Narrow } from "./narrow.server.ts"

type Moments = { start: Date; end: Date }

/** Frowns by the day they were opened; who wrote the rated reply and where it was answered are as frozen then. */
const opened = ({ start, end }: Moments, { mailboxId, agentId }: Narrow) =>
  and(
    gte(frowns.openedAt, start),
    lt(frowns.openedAt, end),
    counted,
    mailboxId === null ? undefined : eq(frowns.mailboxId, mailboxId),
    agentId === null ? undefined : eq(frowns.authorId, agentId),
  )

const count = (where: SQL | undefined) => sql<number>`(count(*) filter (where ${where}))::int`
const contact = sql`extract(epoch from ${frowns.firstContactAt} - ${frowns.openedAt}) * 1000`

/** What was done about the frowns of a stretch: flip rate = flipped of those contacted; times in milliseconds. */
export async function flipsIn(moments: Moments, narrow: Narrow, now: Date) {
  const [row] = await db
    .select({
      opened: sql<number>`count(*)::int`,
      contacted: count(isNotNull(frowns.firstContactAt)),
      flipped: count(eq(frowns.outcome, "flipped")),
      improved: count(eq(frowns.outcome, "improved")),
      toldImproved: count(isNotNull(frowns.toldImprovedAt)),
      overdue: count(overdue(now)),
      untilContact: sql<number | null>`percentile_cont(0.5) within group (order by ${contact})`,
      untilContactMostly: sql<number | null>`percentile_cont(0.9) within group (order by ${contact})`,
    })
    .from(frowns)
    .where(opened(moments, narrow))
  const found = row ?? nothing
  return { ...found, interval: wilson({ count: found.flipped, of: found.contacted }) }
}

const nothing = {
  ...{ opened: 0, contacted: 0, flipped: 0, improved: 0, toldImproved: 0, overdue: 0 },
  ...{ untilContact: null, untilContactMostly: null },
}

/** Why customers frowned, most frequent first, with the running total. */
export async function causesIn(moments: Moments, narrow: Narrow) {
  const found = await db
    .select({
      key: causes.key,
      name: sql<string>`coalesce(${causes.name}, 'Not known yet')`,
      group: sql<string>`coalesce(${causes.group}, 'other')`,
      ours: causes.ours,
      count: sql<number>`count(*)::int`,
    })
    .from(frowns)
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(opened(moments, narrow))
    .groupBy(causes.key, causes.name, causes.group, causes.ours)
  return pareto(found)
}

/** By author: frowns whose cause support does not control. Shown beside a person's figure, never taken out of it. */
export async function notOursIn(moments: Moments, narrow: Narrow) {
  const rows = await db
    .select({ agentId: frowns.authorId, count: sql<number>`count(*)::int` })
    .from(frowns)
    .innerJoin(causes, eq(causes.id, frowns.causeId))
    .where(and(opened(moments, narrow), eq(causes.ours, false)))
    .groupBy(frowns.authorId)
  return new Map(rows.map(({ agentId, count }) => [agentId, count]))
}

export type Flips = Awaited<ReturnType<typeof flipsIn>>
export type CauseRow = Awaited<ReturnType<typeof causesIn>>[number]
