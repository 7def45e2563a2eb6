import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { keepAlone } from "./alone.server.ts"
import { together } from "./alone.ts"
import { livingCase, lockLivingCase, numbersOf } from "./family.server.ts"
import { rereadFirstWords } from "./first-words.server.ts"
import { writeEvents } from "./follow-up.server.ts"
import type { FrownRow } from "./seen.server.ts"

/** Cases that were merged are one customer's one matter: their open frowns become one, the oldest. */
export async function joinMerged(now: Date): Promise<number> {
  const doubled = await db
    .select({ number: sql<number>`living`.mapWith(Number) })
    .from(
      db
        .select({ living: livingCase.as("living") })
        .from(frowns)
        .where(isNull(frowns.closedAt))
        .as("open_frowns"),
    )
    .groupBy(sql`living`)
    .having(sql`count(*) > 1`)
  for (const { number } of doubled) await db.transaction((tx) => joinIn(tx, number, now))
  return doubled.length
}

async function joinIn(tx: Tx, number: number, now: Date) {
  const living = await lockLivingCase(tx, number)
  const numbers = await numbersOf(tx, living)
  const open = await tx
    .select()
    .from(frowns)
    .where(and(inArray(frowns.caseNumber, numbers), isNull(frowns.closedAt)))
    .orderBy(asc(frowns.id))
    .for("update")
  const [kept, ...others] = open.toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime() || a.id - b.id)
  if (!kept || others.length === 0) return
  for (const frown of open) await keepAlone(tx, frown, numbers)
  for (const other of others) await join(tx, kept, other, now)
  await tx.update(frowns).set(together(open)).where(eq(frowns.id, kept.id))
  await rereadFirstWords(tx, [kept.id])
}

/** Its ratings remember where they were, and so do those that were joined into it before. */
async function join(tx: Tx, kept: FrownRow, other: FrownRow, now: Date) {
  const own = sql`coalesce(${frownRatings.ownFrownId}, ${frownRatings.frownId})`
  await tx.update(frownRatings).set({ frownId: kept.id, ownFrownId: own }).where(eq(frownRatings.frownId, other.id))
  await tx.update(frowns).set({ joinedInto: kept.id }).where(eq(frowns.joinedInto, other.id))
  await tx
    .update(frowns)
    .set({ joinedInto: kept.id, outcome: "void", outcomeAt: now, closedAt: now })
    .where(eq(frowns.id, other.id))
  const joined = { kind: "joined", at: now, agentId: null } as const
  await writeEvents(tx, other, [{ ...joined, detail: `into frown ${kept.id}` }], now)
  await writeEvents(tx, kept, [{ ...joined, detail: `with frown ${other.id}` }], now)
}
