import { setImmediate } from "node:timers/promises"
import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { deskCalendar } from "../people/calendar.server.ts"
import { type ForecastRow, forecastFor } from "./forecast.ts"
import type { Asked } from "./forecast-asked.ts"
import { deskHandling } from "./handling.server.ts"
import type { Handling } from "./handling.ts"
import { mailByHour } from "./mail-hours.server.ts"

/** Fewer emails in eight weeks than this say more about chance than about the desk. */
const fewest = 100
const usualMinutes = 10
const seed = 2011

export type Forecast = {
  emails: number
  days: number
  /** What the desk's own replies say an email takes. */
  measured: Handling | null
  people: number
  minutes: number
  /** Empty where there is too little mail to say anything. */
  rows: ForecastRow[]
}

/** What one person fewer, so many, and one more would make of the desk's own mail. */
export async function deskForecast(asked: Asked, now: Date): Promise<Forecast> {
  const [past, measured, staff, calendar] = await Promise.all([
    mailByHour(now),
    deskHandling(now),
    answering(),
    deskCalendar(),
  ])
  const emails = past.hours.reduce((sum, hour) => sum + hour.emails, 0)
  const people = asked.people ?? Math.max(1, staff.people)
  const minutes = asked.minutes ?? measured?.minutes ?? usualMinutes
  const counts = [people - 1, people, people + 1].filter((count) => count > 0)
  const rows: ForecastRow[] = []
  const { week, timeZone } = calendar
  const question = { past, minutes, week, timeZone, people: counts, limit: staff.limit, seed }
  for (const count of emails < fewest ? [] : counts) {
    rows.push(forecastFor(question, count))
    // Others' requests go between two of them.
    await setImmediate()
  }
  const days = Math.round((Date.parse(past.to) - Date.parse(past.from)) / 86_400_000)
  return { emails, days, measured, people, minutes, rows }
}

/** How many answer a mailbox, and how much they take in the mean. */
async function answering() {
  const [row] = await db.execute<{ people: number; limit: number }>(sql`
    select count(*)::int as people, coalesce(round(avg(load_limit)), 20)::int as limit from agents
     where deactivated_at is null and id in (select agent_id from mailbox_agents)`)
  return row ?? { people: 1, limit: 20 }
}
