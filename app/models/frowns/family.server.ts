import { eq, type SQL, sql } from "drizzle-orm"
import type { db, Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { familyOf as casesOf, livingNumber } from "../cases/family.server.ts"

export type Source = Tx | typeof db

/** The case a frown's case lives on in, when it was merged: every list and story shows that one. */
export const livingCase = sql<number>`(
  select case when own.merged_into is null then own.number else (
    with recursive up(number, merged_into) as (
      select own.number, own.merged_into
      union all select c.number, c.merged_into from up join cases c on c.number = up.merged_into)
    select number from up where merged_into is null) end
  from cases own where own.number = ${frowns.caseNumber})`

/** Every case that was merged together with a frown's, to be used as `any(array(…))`. */
export const familyOfFrown = casesOf(sql`${livingCase}`)

export type Family = { frown: number; number: number }[]

/**
 * Every case that was merged together with the case of each of these frowns. Lateral steps, because a planner that
 * guesses a recursion's size reads all cases instead.
 */
export async function familyOf(from: Source, ids: readonly number[]): Promise<Family> {
  const rows = await from.execute<{ frown: string; number: string }>(sql`
    with recursive up(frown, number, merged_into) as (
      select f.id, c.number, c.merged_into from frowns f join cases c on c.number = f.case_number
       where f.id = any(${list(ids)})
      union all
      select up.frown, c.number, c.merged_into
        from up, lateral (select * from cases where number = up.merged_into offset 0) c),
    down(frown, number) as (
      select frown, number from up where merged_into is null
      union all
      select down.frown, c.number
        from down, lateral (select number from cases where merged_into = down.number offset 0) c)
    select frown, number from down`)
  return rows.map((row) => ({ frown: Number(row.frown), number: Number(row.number) }))
}

/** A family as rows to join: `family(frown, number)`. */
export const asRows = (family: Family): SQL =>
  sql`unnest(${list(family.map(({ frown }) => frown))}, ${list(family.map(({ number }) => number))}) as family(frown, number)`

export const list = (numbers: readonly number[]): SQL => sql`${`{${numbers.join(",")}}`}::bigint[]`

/** The case this one lives on in, locked: what opens, joins or reopens frowns of one case happens one after the other. */
export async function lockLivingCase(tx: Tx, number: number): Promise<number> {
  const [row] = await tx
    .select({ number: cases.number, mergedInto: cases.mergedInto })
    .from(cases)
    .where(eq(cases.number, (await livingNumber(tx, number)) ?? 0))
    .for("update")
  if (!row) throw new Error(`there is no case ${number}`)
  return row.mergedInto === null ? row.number : lockLivingCase(tx, row.mergedInto)
}

/** The numbers of all cases that now are this one. */
export async function numbersOf(from: Source, living: number): Promise<number[]> {
  const rows = await from.execute<{ number: string }>(sql`
    with recursive down(number) as (
      select ${living}::bigint
      union all
      select c.number from down, lateral (select number from cases where merged_into = down.number offset 0) c)
    select number from down`)
  return rows.map((row) => Number(row.number))
}
