import { sql } from "drizzle-orm"
import { ts } from "#db/connection.server.ts"
import type { Hours } from "./duty.ts"
import type { WeekRow } from "./hours.ts"

export type HoursRow = {
  timeZone: string | null
  week: WeekRow[]
  absences: { startsAt: string; endsAt: string }[]
  holidays: string[]
}

/**
 * What presence needs of people besides their switch, as columns of any select from `agents`, so that it is read in the
 * statement that reads them: their week, the absences that still count today, the desk's closed days. `hoursFrom` makes
 * hours of them. A page that changes one person's own has their ids and notes from agent-hours.server.ts.
 */
export function hoursColumns(now: Date) {
  const yesterday = ts(new Date(now.getTime() - 24 * 3_600_000))
  return {
    week: sql<HoursRow["week"]>`coalesce((
      select json_agg(json_build_object('weekday', weekday, 'startsAt', starts_at, 'endsAt', ends_at))
        from agent_weeks where agent_id = agents.id), '[]')`,
    absences: sql<HoursRow["absences"]>`coalesce((
      select json_agg(json_build_object('startsAt', starts_at, 'endsAt', ends_at))
        from absences where agent_id = agents.id and ends_at > ${yesterday}), '[]')`,
    holidays: sql<HoursRow["holidays"]>`coalesce((
      select json_agg(day) from holidays where day > ${yesterday}::date - 2), '[]')`,
  }
}

/** When they work, in their own zone or the desk's. */
export function hoursFrom({ timeZone, week, absences, holidays }: HoursRow, deskZone: string): Hours {
  const away = absences.map(({ startsAt, endsAt }) => ({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }))
  return { timeZone: timeZone ?? deskZone, week, absences: away, holidays }
}
