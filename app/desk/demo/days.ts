import { addDays, dayOf, momentOn } from "#app/models/people/hours.ts"

/** The wall clock of the desk's zone, quick enough to be asked a million times. */
export type Wall = {
  zone: string
  /** `minutes` after midnight of that day. */
  at(day: string, minutes: number): Date
  dayOf(at: Date): string
}

export function wallOf(zone: string): Wall {
  const noons = new Map<string, number>()
  // From noon, because the clocks change at night: nine o'clock is nine o'clock on those days too.
  const noonOf = (day: string) => {
    const noon = noons.get(day) ?? momentOn(day, 720, zone).getTime()
    noons.set(day, noon)
    return noon
  }
  return {
    zone,
    dayOf: (at) => dayOf(at, zone),
    at: (day, minutes) => new Date(noonOf(day) + (minutes - 720) * 60_000),
  }
}

export const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000)
export const earliest = (a: Date, b: Date) => (a < b ? a : b)

export const weekdayOf = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay()
/** Weeks since the epoch, from Monday to Sunday. */
export const weekOf = (day: string) => Math.floor((Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 3) / 7)

const closedOn = new Set(["01-01", "12-24", "12-25", "12-26", "12-31"])

const isWorkingDay = (day: string) => ![0, 6].includes(weekdayOf(day)) && !closedOn.has(day.slice(5))

/** Monday to Friday without the year's few closed days, both ends included. */
export function workingDays(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) days.push(day)
  return days
}

/** `count` working days after that day; 0 is the day itself if it is one, else the next. */
export function workingDayAfter(day: string, count: number): string {
  let found = isWorkingDay(day) ? day : nextWorkingDay(day)
  for (let left = count; left > 0; left--) found = nextWorkingDay(found)
  return found
}

export function workingDayBefore(day: string): string {
  const before = addDays(day, -1)
  return isWorkingDay(before) ? before : workingDayBefore(before)
}

function nextWorkingDay(day: string): string {
  const next = addDays(day, 1)
  return isWorkingDay(next) ? next : nextWorkingDay(next)
}
