import { and, eq, type SQL } from "drizzle-orm"
import type { db, Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { visibleTo as caseVisibleTo, filedVisiblyTo, inMailboxesOf } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { livingCase } from "./family.server.ts"
import type { FrownRow } from "./seen.server.ts"

/**
 * Whoever follows a frown up does it in the case it lives on in, about words in the case it was opened in and a reply
 * from a mailbox: they answer all three. To be used where `cases` is the living case.
 */
export const visibleTo = (viewer: Viewer): SQL | undefined =>
  and(caseVisibleTo(viewer), filedVisiblyTo(viewer, frowns.caseNumber), inMailboxesOf(viewer, frowns.mailboxId))

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
    .where(and(eq(frowns.id, id), visibleTo(viewer)))
