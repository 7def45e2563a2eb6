import { and, eq, type SQL, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"

/** The case a frown's case lives on in, when it was merged: every list and story shows that one. */
export const livingCase = sql<number>`(
  with recursive up(number, merged_into) as (
    select c.number, c.merged_into from cases c where c.number = ${frowns.caseNumber}
    union all select c.number, c.merged_into from up join cases c on c.number = up.merged_into)
  select number from up where merged_into is null)`

/** A `with recursive` list: `family(frown, number)` holds every case merged together with the case of each of these frowns. */
export const familyOf = (ids: readonly number[]): SQL => sql`
  up(frown, number, merged_into) as (
    select f.id, c.number, c.merged_into from frowns f join cases c on c.number = f.case_number
     where f.id = any(${sql.param(`{${ids.join(",")}}`)}::bigint[])
    union all select up.frown, c.number, c.merged_into from up join cases c on c.number = up.merged_into),
  family(frown, number) as (
    select frown, number from up where merged_into is null
    union all select family.frown, c.number from family join cases c on c.merged_into = family.number)`

/** The case this one lives on in, locked: what opens, joins or reopens frowns of one case happens one after the other. */
export async function lockLivingCase(tx: Tx, number: number): Promise<number> {
  const [row] = await tx
    .select({ number: cases.number, mergedInto: cases.mergedInto })
    .from(cases)
    .where(eq(cases.number, await livingNumber(tx, number)))
    .for("update")
  if (!row) throw new Error(`there is no case ${number}`)
  return row.mergedInto === null ? row.number : lockLivingCase(tx, row.mergedInto)
}

async function livingNumber(tx: Tx, number: number): Promise<number> {
  const [row] = await tx
    .select({ into: cases.mergedInto })
    .from(cases)
    .where(and(eq(cases.number, number)))
  return row?.into == null ? number : livingNumber(tx, row.into)
}

/** The numbers of all cases that now are this one. */
export async function numbersOf(tx: Tx, living: number): Promise<number[]> {
  const rows = await tx.execute<{ number: string }>(sql`
    with recursive family(number) as (
      select ${living}::bigint union all select c.number from family join cases c on c.merged_into = family.number)
    select number from family`)
  return rows.map((row) => Number(row.number))
}
