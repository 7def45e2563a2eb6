import { and, eq, gt, inArray, isNotNull, isNull, or, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { frownEvents, frowns } from "#db/tables/frowns.ts"
import { rereadWords } from "../ratings/word.server.ts"
import { actsOn, type FrownRow, ownFacts, together } from "./alone.ts"
import { familyOf, list, lockLivingCase, numbersOf } from "./family.server.ts"
import { rereadFirstWords } from "./first-words.server.ts"
import type { Rules } from "./follow.ts"
import { followOne, writeEvents } from "./follow-up.server.ts"

/** Frowns of cases that were merged and taken apart again: each is what it would be had they never been. */
export async function takeFrownsApart(rules: Rules, now: Date) {
  const merged = await db.select().from(frowns).where(isNotNull(frowns.alone)).orderBy(frowns.id)
  const family = await familyOf(
    db,
    merged.map(({ id }) => id),
  )
  for (const frown of merged) {
    const numbers = family.filter((one) => one.frown === frown.id).map(({ number }) => number)
    if (hasLeft(frown, numbers)) await db.transaction((tx) => apartAlone(tx, frown, rules, now))
  }
}

async function apartAlone(tx: Tx, { caseNumber }: FrownRow, rules: Rules, now: Date) {
  await apartIn(tx, await numbersOf(tx, await lockLivingCase(tx, caseNumber)), rules, now)
}

/** The same within cases whose lock is held. */
export async function apartIn(tx: Tx, numbers: readonly number[], rules: Rules, now: Date) {
  const merged = await tx
    .select()
    .from(frowns)
    .where(and(inArray(frowns.caseNumber, [...numbers]), isNotNull(frowns.alone)))
    .orderBy(frowns.id)
    .for("update")
  const left = merged.filter((frown) => hasLeft(frown, numbers))
  const moved: number[] = []
  for (const frown of left) moved.push(...(await ratingsBack(tx, frown, numbers)))
  for (const frown of left) await asAlone(tx, frown, numbers, now)
  for (const frown of left) {
    const { id, alone } = frown
    if (!alone || !(await isItsOwn(tx, id))) continue
    const since = (await momentOf(tx, alone.lastEvent)) ?? frown.openedAt
    await followOne(tx, id, rules, now, { since, acts: actsOn(frown) })
  }
  await rereadWords(tx, moved)
  await rereadFirstWords(
    tx,
    left.map(({ id }) => id),
  )
}

async function isItsOwn(tx: Tx, id: number) {
  const own = and(eq(frowns.id, id), isNull(frowns.joinedInto))
  return (await tx.select({ id: frowns.id }).from(frowns).where(own)).length > 0
}

async function momentOf(tx: Tx, eventId: number): Promise<Date | null> {
  const [row] = await tx.select({ at: frownEvents.at }).from(frownEvents).where(eq(frownEvents.id, eventId))
  return row?.at ?? null
}

const hasLeft = ({ alone }: FrownRow, numbers: readonly number[]) =>
  alone?.family.some((number) => !numbers.includes(number)) ?? false

/** Each to the frown of its own case, when only one of the two is still here. */
async function ratingsBack(tx: Tx, { id }: FrownRow, numbers: readonly number[]) {
  const rows = await tx.execute<{ request: number }>(sql`
    update frown_ratings fr set frown_id = own.id, own_frown_id = null
      from frowns its, frowns own
     where its.id = fr.frown_id and own.id = fr.own_frown_id and ${id}::bigint in (its.id, own.id)
       and (its.case_number = any(${list(numbers)})) <> (own.case_number = any(${list(numbers)}))
    returning fr.request_id::float8 as request`)
  return rows.map(({ request }) => request)
}

/** Of its story goes what only the merge made of it; what people did to it stays. */
async function asAlone(tx: Tx, frown: FrownRow, numbers: readonly number[], now: Date) {
  const { id, alone } = frown
  if (!alone) return
  const madeOf = or(
    isNull(frownEvents.agentId),
    eq(frownEvents.kind, "contacted"),
    eq(frownEvents.detail, "by writing"),
  )
  const since = and(eq(frownEvents.frownId, id), gt(frownEvents.id, alone.lastEvent))
  await tx.delete(frownEvents).where(and(since, madeOf, sql`${frownEvents.kind} <> 'opened'`))
  const family = alone.family.filter((number) => numbers.includes(number))
  const still = await joinedStill(tx, frown, numbers)
  const own = ownFacts(frown)
  await tx
    .update(frowns)
    .set({
      ...(still.isJoined ? {} : { ...own, joinedInto: null }),
      ...(still.others.length > 0 ? together([own, ...still.others.map(ownFacts)]) : {}),
      alone: family.length > 1 ? { ...alone, family } : null,
    })
    .where(eq(frowns.id, id))
  await writeEvents(tx, frown, [{ kind: "unmerged", at: now, agentId: null, detail: "" }], now)
}

/** What it goes on being merged with: the frown it is part of, or those that are part of it. */
async function joinedStill(tx: Tx, { id, joinedInto }: FrownRow, numbers: readonly number[]) {
  const here = inArray(frowns.caseNumber, [...numbers])
  const [kept] = await tx
    .select({ id: frowns.id })
    .from(frowns)
    .where(and(eq(frowns.id, joinedInto ?? 0), here))
  const others = await tx
    .select()
    .from(frowns)
    .where(and(eq(frowns.joinedInto, id), here))
    .orderBy(frowns.id)
  return { isJoined: kept !== undefined, others }
}
