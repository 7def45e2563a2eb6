import { and, asc, eq, isNull } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { agents } from "#db/tables/people.ts"
import { inFamily } from "../cases/family.server.ts"
import type { Viewer } from "../people/agent.ts"
import { livingCase } from "./family.server.ts"
import { visibleTo } from "./visible.server.ts"

/** The open frown of a case and those merged into it, for its page: the oldest, until the desk joins them. */
export async function openFrownFor(viewer: Viewer, caseNumber: number) {
  const [row] = await db
    .select({
      id: frowns.id,
      dueAt: frowns.dueAt,
      firstContactAt: frowns.firstContactAt,
      outcome: frowns.outcome,
      owner: agents.name,
    })
    .from(frowns)
    .innerJoin(cases, eq(cases.number, livingCase))
    .leftJoin(agents, eq(agents.id, frowns.ownerId))
    .where(and(inFamily(frowns.caseNumber, caseNumber), isNull(frowns.closedAt), visibleTo(viewer)))
    .orderBy(asc(frowns.id))
    .limit(1)
  return row ?? null
}
