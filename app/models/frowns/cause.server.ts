import { and, asc, eq, gte, isNull, lt, ne, or, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { causes, frowns } from "#db/tables/frowns.ts"
import type { Viewer } from "../people/agent.ts"
import { causeBook, pareto } from "./cause.ts"
import { livingCase } from "./family.server.ts"
import { visibleTo } from "./visible.server.ts"

/** Puts the book's causes where they are missing. A name somebody edited stays as they wrote it. */
export async function ensureCauses(tx: Tx | typeof db) {
  await tx.insert(causes).values(causeBook).onConflictDoNothing({ target: causes.key })
}

/** What a frown can be laid down to, in the book's order. */
export const listCauses = () =>
  db
    .select({ key: causes.key, name: causes.name, group: causes.group, ours: causes.ours })
    .from(causes)
    .where(isNull(causes.retiredAt))
    .orderBy(asc(causes.position))

/** Which causes the frowns of a stretch of time came down to, most frequent first; those without one as unknown. */
export async function causePareto(viewer: Viewer, { from, to }: { from: Date; to: Date }) {
  const counts = await db
    .select({
      key: causes.key,
      name: sql<string>`coalesce(${causes.name}, 'Unknown')`,
      group: sql<string>`coalesce(${causes.group}, 'other')`,
      ours: causes.ours,
      count: sql<number>`count(*)::int`,
    })
    .from(frowns)
    .innerJoin(cases, eq(cases.number, livingCase))
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(
      and(
        visibleTo(viewer),
        gte(frowns.openedAt, from),
        lt(frowns.openedAt, to),
        or(isNull(frowns.outcome), ne(frowns.outcome, "void")),
      ),
    )
    .groupBy(causes.key, causes.name, causes.group, causes.ours)
  return pareto(counts)
}
