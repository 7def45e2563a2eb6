import { type Db, db, type Tx } from "#db/connection.server.ts"
import { holidays } from "#db/tables/people.ts"
import type { Calendar } from "./hours.ts"
import { settingsIn } from "./settings.server.ts"

/** The desk's zone, business hours and closed days: what every "business" time is counted in. */
export const deskCalendar = (): Promise<Calendar> => deskCalendarIn(db)

/** The same on a transaction's own connection. */
export async function deskCalendarIn(tx: Tx | Db): Promise<Calendar> {
  const told = await settingsIn(tx)
  const closed = await tx.select({ day: holidays.day }).from(holidays)
  return { timeZone: told["desk.timeZone"], week: told["desk.businessWeek"], holidays: closed.map(({ day }) => day) }
}
