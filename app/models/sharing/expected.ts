import { addDays } from "../people/hours.ts"
import { type MailHours, mailDays, weekdayOf } from "./mail-hours.ts"

export type ExpectedHour = { hour: number; emails: number }
export type ExpectedDay = {
  day: string
  weekday: number
  /** The desk is closed; the figures are those of the same weekday all the same. */
  isHoliday: boolean
  /** How many of the same weekday were counted; at 0 nothing is known and the hours are empty. */
  counted: number
  emails: number
  hours: ExpectedHour[]
}

/** The mail to expect on each of the next days: the mean of the same weekday and hour, holidays left out. */
export function expectedMail(past: MailHours, first: string, days: number, closed: readonly string[]): ExpectedDay[] {
  const known = mailDays(past)
  return Array.from({ length: days }, (_, ahead) => {
    const day = addDays(first, ahead)
    const same = known.filter(({ weekday }) => weekday === weekdayOf(day))
    const mean = (hour: number) => same.reduce((sum, { emails }) => sum + (emails[hour] ?? 0), 0) / same.length
    const hours = same.length === 0 ? [] : Array.from({ length: 24 }, (_, hour) => ({ hour, emails: mean(hour) }))
    const emails = hours.reduce((sum, one) => sum + one.emails, 0)
    const isHoliday = closed.includes(day)
    return { day, weekday: weekdayOf(day), isHoliday, counted: same.length, emails, hours }
  })
}
