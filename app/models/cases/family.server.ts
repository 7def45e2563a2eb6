import { type AnyColumn, type SQL, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"

/** Whether a row belongs to a case or to one that was merged into it, at whatever remove. */
export const inFamily = (column: AnyColumn, caseNumber: number): SQL =>
  sql`${column} = any(array(${familyOf(caseNumber)}))`

/**
 * A case and those merged into it, to be used as `any(array(…))`, so that the planner goes through the index by case
 * whatever the size of the desk. The number may be a column of the query around it, of `cases` too.
 */
export const familyOf = (caseNumber: number | SQL): SQL => sql`
  with recursive down(number, mailbox_id) as (
    select root.number, root.mailbox_id from cases root where root.number = ${caseNumber}::bigint
    union all
    select c.number, c.mailbox_id
      from down, lateral (select number, mailbox_id from cases where merged_into = down.number offset 0) c)
  select number from down`

/** A case, and those it was merged into one after the other, the one it lives on in last; empty when there is none. */
export async function pathOf(tx: Pick<Tx, "execute">, number: number): Promise<number[]> {
  const rows = await tx.execute<{ number: number }>(sql`
    with recursive up(number, merged_into, depth) as (
      select number, merged_into, 0 from cases where number = ${number}
      union all
      select c.number, c.merged_into, depth + 1 from up join cases c on c.number = up.merged_into
    )
    select number::float8 as number from up order by depth`)
  return rows.map((row) => row.number)
}

/** The case that a case was merged into, at whatever remove, or itself; null when there is none of that number. */
export const livingNumber = async (tx: Pick<Tx, "execute">, number: number): Promise<number | null> =>
  (await pathOf(tx, number)).at(-1) ?? null
