import { addDays } from "../people/hours.ts"

/** Emails of customers in one hour of one day on the desk's wall clock. Hours without mail are left out. */
export type MailHour = { day: string; hour: number; emails: number }

/** What was counted: the days from `from` to before `to`, so that a day without mail counts too. */
export type MailHours = { from: string; to: string; holidays: readonly string[]; hours: readonly MailHour[] }

/** One day's emails by the hour. */
export type MailDay = { day: string; weekday: number; emails: number[] }

/** Every counted day but the holidays, whose mail says nothing of a working day's. */
export function mailDays({ from, to, holidays, hours }: MailHours): MailDay[] {
  const days: MailDay[] = []
  for (let day = from; day < to; day = addDays(day, 1)) {
    if (holidays.includes(day)) continue
    const emails = Array.from({ length: 24 }, () => 0)
    for (const one of hours.filter((hour) => hour.day === day)) emails[one.hour] = (emails[one.hour] ?? 0) + one.emails
    days.push({ day, weekday: weekdayOf(day), emails })
  }
  return days
}

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
