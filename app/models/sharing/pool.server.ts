import { and, asc, eq, gt, isNull, lt, or } from "drizzle-orm"
import { type Db, db, type Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import type { CaseRow } from "../cases/case.server.ts"
import { waitingOnUs } from "../cases/waiting.server.ts"

/** Cases that wait on us with nobody. */
export const inPool = (now: Date) => and(isNull(cases.agentId), waitingOnUs(now))

/** How many of the mailbox's pool have waited longer, counted to a hundred. */
export async function olderInPool(tx: Tx | Db, kase: CaseRow, now: Date) {
  if (!kase.waitingSince) return 0
  const older = and(inPool(now), eq(cases.mailboxId, kase.mailboxId), lt(cases.waitingSince, kase.waitingSince))
  const rows = await tx.select({ number: cases.number }).from(cases).where(older).limit(100)
  return rows.length
}

export async function mailboxesWithPool(now: Date): Promise<number[]> {
  const rows = await db.selectDistinct({ mailboxId: cases.mailboxId }).from(cases).where(inPool(now))
  return rows.map(({ mailboxId }) => mailboxId)
}

/** The oldest of a mailbox's pool, or the next after a given one; locked. What somebody else holds just now is passed over. */
export async function nextInPool(tx: Tx, mailboxId: number, after: CaseRow | null, now: Date): Promise<CaseRow | null> {
  const { waitingSince, number } = cases
  const later = after?.waitingSince
    ? or(gt(waitingSince, after.waitingSince), and(eq(waitingSince, after.waitingSince), gt(number, after.number)))
    : undefined
  const [kase] = await tx
    .select()
    .from(cases)
    .where(and(inPool(now), eq(cases.mailboxId, mailboxId), later))
    .orderBy(asc(waitingSince), asc(number))
    .limit(1)
    .for("update", { skipLocked: true })
  return kase ?? null
}
