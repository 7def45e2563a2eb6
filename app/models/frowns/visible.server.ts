import { eq, inArray, type SQL, sql } from "drizzle-orm"
import type { db, Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { livingCase } from "./family.server.ts"
import type { FrownRow } from "./seen.server.ts"

/** Leads see every frown; an agent those of cases they could open. To be used where `cases` is the living case. */
export const visibleTo = (viewer: Viewer): SQL | undefined =>
  isAtLeast(viewer, "lead") ? undefined : inArray(cases.mailboxId, viewer.mailboxIds)

/** A frown this viewer may see, locked until the transaction ends. A foreign one and a missing one look the same. */
export async function lockVisible(tx: Tx, viewer: Viewer, id: number): Promise<FrownRow | null> {
  const [frown] = await tx.select().from(frowns).where(eq(frowns.id, id)).for("update")
  if (!frown) return null
  const [row] = await visibleFrown(tx, viewer, id)
  return row ? frown : null
}

export const visibleFrown = (from: Tx | typeof db, viewer: Viewer, id: number) =>
  from
    .select({ number: cases.number })
    .from(frowns)
    .innerJoin(cases, eq(cases.number, livingCase))
    .where(sql`${frowns.id} = ${id} and ${visibleTo(viewer) ?? sql`true`}`)
