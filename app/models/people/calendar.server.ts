import { db } from "#db/connection.server.ts"
import { holidays } from "#db/tables/people.ts"
import type { Calendar } from "./hours.ts"
import { setting } from "./settings.server.ts"

/** The desk's zone, business hours and closed days: what every "business" time is counted in. */
export async function deskCalendar(): Promise<Calendar> {
  const [timeZone, week, closed] = await Promise.all([
    setting("desk.timeZone"),
    setting("desk.businessWeek"),
    db.select({ day: holidays.day }).from(holidays),
  ])
  return { timeZone, week, holidays: closed.map(({ day }) => day) }
}
