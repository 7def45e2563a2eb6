import type { WeekRow } from "#app/models/people/hours.ts"
import type { Person } from "./cast.ts"
import { type Wall, weekdayOf } from "./days.ts"

/** So much before and after the moment at which the demo is filled. */
const around = 4 * 60

/**
 * Somebody's week. Whenever the demo is filled the desk is at work, at night and on a Sunday too: their hours of that
 * weekday are made to hold the moment.
 */
export function demoWeek({ shift: [startsAt, endsAt] }: Pick<Person, "shift">, wall: Wall, now: Date): WeekRow[] {
  const today = wall.dayOf(now)
  const minutes = Math.floor((now.getTime() - wall.at(today, 0).getTime()) / 60_000)
  const usual = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt, endsAt }))
  const weekday = weekdayOf(today) || 7
  const its = usual.find((row) => row.weekday === weekday)
  if (its && startsAt <= minutes && minutes + around <= endsAt) return usual
  const held = {
    weekday,
    startsAt: Math.min(its ? startsAt : 1440, Math.max(0, hourOf(minutes - around))),
    endsAt: Math.max(its ? endsAt : 0, hourOf(minutes + around)),
  }
  return [...usual.filter((row) => row !== its), held].toSorted((a, b) => a.weekday - b.weekday)
}

const hourOf = (minutes: number) => Math.floor(minutes / 60) * 60
