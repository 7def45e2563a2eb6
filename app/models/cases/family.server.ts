import { type AnyColumn, type SQL, sql } from "drizzle-orm"

/** Whether a row belongs to a case or to one that was merged into it, at whatever remove. */
export const inFamily = (column: AnyColumn, caseNumber: number): SQL =>
  sql`${column} = any(array(${familyOf(caseNumber)}))`

/**
 * A case and those merged into it, to be used as `any(array(…))`, so that the planner goes through the index by case
 * whatever the size of the desk.
 */
export const familyOf = (caseNumber: number | SQL): SQL => sql`
  with recursive down(number, mailbox_id) as (
    select number, mailbox_id from cases where number = ${caseNumber}::bigint
    union all
    select c.number, c.mailbox_id
      from down, lateral (select number, mailbox_id from cases where merged_into = down.number offset 0) c)
  select number from down`
