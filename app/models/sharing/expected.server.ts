import { deskCalendar } from "../people/calendar.server.ts"
import { dayOf } from "../people/hours.ts"
import { type ExpectedDay, expectedMail } from "./expected.ts"
import { mailByHour } from "./mail-hours.server.ts"

/** The mail to expect in each hour of the next seven days, today first, on the desk's wall clock. */
export async function expectedWeek(now: Date): Promise<ExpectedDay[]> {
  const { timeZone, holidays } = await deskCalendar()
  return expectedMail(await mailByHour(now), dayOf(now, timeZone), 7, holidays)
}
