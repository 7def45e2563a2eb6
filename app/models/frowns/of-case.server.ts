import { and, eq, isNull } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { agents } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { visibleTo } from "./visible.server.ts"

/** The open frown of a case, for its page; there is at most one. */
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
    .innerJoin(cases, eq(cases.number, frowns.caseNumber))
    .leftJoin(agents, eq(agents.id, frowns.ownerId))
    .where(and(eq(frowns.caseNumber, caseNumber), isNull(frowns.closedAt), visibleTo(viewer)))
  return row ?? null
}
