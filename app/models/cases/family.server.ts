import { type AnyColumn, type SQL, sql } from "drizzle-orm"

/**
 * Whether a row belongs to a case or to one that was merged into it, at whatever remove. An array, so that the planner
 * goes through the index by case whatever the size of the desk.
 */
export const inFamily = (column: AnyColumn, caseNumber: number): SQL => sql`${column} = any(array(
  with recursive down(number) as (
    select ${caseNumber}::bigint
    union all
    select c.number from down, lateral (select number from cases where merged_into = down.number offset 0) c)
  select number from down))`
