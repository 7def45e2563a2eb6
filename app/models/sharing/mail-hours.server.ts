import { sql } from "drizzle-orm"
import { db, ts } from "#db/connection.server.ts"
import { deskCalendar } from "../people/calendar.server.ts"
import { addDays, dayOf, startOf } from "../people/hours.ts"
import type { MailHour, MailHours } from "./mail-hours.ts"

const weeks = 8

/**
 * Emails customers wrote by day and hour on the desk's wall clock, the last eight whole weeks or since the desk's first
 * mail. There is no index on a message's moment: what is young lies in cases whose last message is (`cases_last`).
 */
export async function mailByHour(now: Date): Promise<MailHours> {
  const { timeZone, holidays } = await deskCalendar()
  const to = dayOf(now, timeZone)
  const earliest = addDays(to, -weeks * 7)
  const [start, end] = [startOf(earliest, timeZone), startOf(to, timeZone)]
  const [hours, begun] = await Promise.all([
    db.execute<MailHour>(sql`
      select to_char(m.at at time zone ${timeZone}, 'YYYY-MM-DD') as day,
             extract(hour from m.at at time zone ${timeZone})::int as hour, count(*)::int as emails
        from cases c join messages m on m.case_number = c.number
       where c.last_message_at >= ${ts(start)} and c.spam_at is null
         and m.kind = 'email' and m.at >= ${ts(start)} and m.at < ${ts(end)}
         and (m.machine is null or m.machine = 'list') and (not m.unverified or m.accepted_by is not null)
       group by 1, 2`),
    db.execute<{ at: string | null }>(sql`select opened_at as at from cases order by number limit 1`),
  ])
  const first = begun[0]?.at ? dayOf(new Date(begun[0].at), timeZone) : to
  return { from: first > earliest ? first : earliest, to, holidays, hours: [...hours] }
}
