import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { livingCase, lockLivingCase, numbersOf } from "./family.server.ts"
import { writeEvents } from "./follow-up.server.ts"
import type { FrownRow } from "./seen.server.ts"

/** Cases that were merged are one customer's one matter: their open frowns become one, the oldest (decisions 23). */
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
  const open = await tx
    .select()
    .from(frowns)
    .where(and(inArray(frowns.caseNumber, await numbersOf(tx, living)), isNull(frowns.closedAt)))
    .orderBy(asc(frowns.id))
    .for("update")
  const [kept, ...others] = open.toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime() || a.id - b.id)
  for (const other of others) if (kept) await join(tx, kept, other, now)
  if (kept && others.length > 0) await tx.update(frowns).set(together(open)).where(eq(frowns.id, kept.id))
}

async function join(tx: Tx, kept: FrownRow, other: FrownRow, now: Date) {
  await tx.update(frownRatings).set({ frownId: kept.id }).where(eq(frownRatings.frownId, other.id))
  await tx
    .update(frowns)
    .set({ joinedInto: kept.id, outcome: "void", outcomeAt: now, closedAt: now })
    .where(eq(frowns.id, other.id))
  const joined = { kind: "joined", at: now, agentId: null } as const
  await writeEvents(tx, other, [{ ...joined, detail: `into frown ${kept.id}` }], now)
  await writeEvents(tx, kept, [{ ...joined, detail: `with frown ${other.id}` }], now)
}

/** What was done for any of them was done for the customer: the first owner, cause and contact stand. */
function together(open: readonly FrownRow[]) {
  const owned = open.find(({ ownerId }) => ownerId !== null)
  const contacted = open.filter(({ firstContactAt }) => firstContactAt !== null).toSorted(byFirstContact)[0]
  return {
    dueAt: new Date(Math.min(...open.map(({ dueAt }) => dueAt.getTime()))),
    ownerId: owned?.ownerId ?? null,
    claimedAt: owned?.claimedAt ?? null,
    causeId: open.find(({ causeId }) => causeId !== null)?.causeId ?? null,
    firstContactAt: contacted?.firstContactAt ?? null,
    contactedBy: contacted?.contactedBy ?? null,
    lastContactAt: latest(open.map(({ lastContactAt }) => lastContactAt)),
    toldImprovedAt: latest(open.map(({ toldImprovedAt }) => toldImprovedAt)),
  }
}

const byFirstContact = (a: FrownRow, b: FrownRow) => Number(a.firstContactAt) - Number(b.firstContactAt)

function latest(moments: readonly (Date | null)[]) {
  return moments.reduce((last, at) => (at && (!last || at > last) ? at : last), null)
}
