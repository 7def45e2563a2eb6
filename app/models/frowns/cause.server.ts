import { asc, isNull, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { causes } from "#db/tables/frowns.ts"
import { filedVisiblyTo } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { causeBook, pareto } from "./cause.ts"
import { countedFrowns } from "./counted-frowns.server.ts"

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
  const frown = countedFrowns({ start: from, end: to, mailboxId: null, agentId: null })
  const counts = await db
    .select({
      key: frown.cause,
      name: sql<string>`coalesce(${frown.causeName}, 'Not known yet')`,
      group: sql<string>`coalesce(${frown.causeGroup}, 'other')`,
      ours: frown.causeIsOurs,
      count: sql<number>`count(*)::int`,
    })
    .from(frown)
    .where(filedVisiblyTo(viewer, sql`${frown.caseNumber}`))
    .groupBy(frown.cause, frown.causeName, frown.causeGroup, frown.causeIsOurs)
  return pareto(counts)
}
