import { addDays, dayOf, momentOn } from "../people/hours.ts"

export type SnoozeTime = { words: string; at: Date }

const hour = 3_600_000
const longest = 10 * 366 * 24 * hour
const morning = 9 * 60
const monday = 1

/** The moment a form or a caller names; null for what is none, and for one nobody will see. */
export function snoozeFrom(text: string, now: Date): Date | null {
  const at = new Date(text)
  return at > now && at.getTime() - now.getTime() < longest ? at : null
}

/** Times a case may come back at: later today, and the mornings at which people look. Each moment once. */
export function snoozeTimes(now: Date, zone: string): SnoozeTime[] {
  const today = dayOf(now, zone)
  const at = (days: number) => momentOn(addDays(today, days), morning, zone)
  const weekday = new Date(`${today}T12:00:00Z`).getUTCDay()
  const toMonday = (monday - weekday + 7) % 7 || 7
  return [
    { words: "In three hours", at: new Date(now.getTime() + 3 * hour) },
    { words: "Tomorrow morning", at: at(1) },
    ...(toMonday > 1 ? [{ words: "Monday morning", at: at(toMonday) }] : []),
    ...(toMonday === 7 ? [] : [{ words: "In a week", at: at(7) }]),
    { words: "In a month", at: at(30) },
  ]
}
