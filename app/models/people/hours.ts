import { Temporal } from "temporal-polyfill"

/** One stretch of a working week: ISO weekday (1 Monday to 7 Sunday), minutes after midnight, `endsAt` at most 1440. */
export type WeekRow = { weekday: number; startsAt: number; endsAt: number }

/** A week without rows is always open. Holidays are days as "YYYY-MM-DD" in the zone. */
export type Calendar = { timeZone: string; week: readonly WeekRow[]; holidays: readonly string[] }

export type Stretch = { from: Date; to: Date }

const minute = 60_000
const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** The day a moment falls on in a zone, as "YYYY-MM-DD". */
export function dayOf(at: Date, zone: string): string {
  let format = dayFormats.get(zone)
  if (!format) {
    // Making a formatter costs forty times as much as using one.
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" })
    dayFormats.set(zone, format)
  }
  return format.format(at)
}

export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

/** Midnight, or the first moment there is where the clocks skip it. */
export function startOf(day: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)
}

export const startOfDay = (at: Date, zone: string): Date => startOf(dayOf(at, zone), zone)

/** The wall clock's `minutes` after midnight on that day: 9:00 stays 9:00 on the days the clocks change. */
export function momentOn(day: string, minutes: number, zone: string): Date {
  if (minutes >= 1440) return momentOn(addDays(day, 1), minutes - 1440, zone)
  const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time })
  return new Date(zoned.epochMilliseconds)
}

/** The open stretches of one day, in order. */
export function openOn(day: string, { timeZone, week, holidays }: Calendar): Stretch[] {
  if (holidays.includes(day)) return []
  if (week.length === 0) return [{ from: startOf(day, timeZone), to: startOf(addDays(day, 1), timeZone) }]
  const { dayOfWeek } = Temporal.PlainDate.from(day)
  return week
    .filter(({ weekday }) => weekday === dayOfWeek)
    .toSorted((a, b) => a.startsAt - b.startsAt)
    .map((row) => ({ from: momentOn(day, row.startsAt, timeZone), to: momentOn(day, row.endsAt, timeZone) }))
}

/** The stretch that is open at `at`, else the next one that will be. Null when the desk never opens again in a year. */
export function openAtOrAfter(at: Date, calendar: Calendar): Stretch | null {
  let day = dayOf(at, calendar.timeZone)
  for (let looked = 0; looked < 370; looked++) {
    const found = openOn(day, calendar).find(({ to }) => to > at)
    if (found) return found
    day = addDays(day, 1)
  }
  return null
}

/** When that much business time has passed since `from`. The end of a stretch counts as reached on that evening. */
export function addBusinessMinutes(from: Date, minutes: number, calendar: Calendar): Date {
  let at = from
  let left = minutes * minute
  for (;;) {
    const open = openAtOrAfter(at, calendar)
    if (!open) return new Date(from.getTime() + minutes * minute)
    const start = Math.max(at.getTime(), open.from.getTime())
    const room = open.to.getTime() - start
    if (left <= room) return new Date(start + left)
    left -= room
    at = open.to
  }
}

/** The same hour, that many business days later; from outside business hours it counts from the next opening. */
export function addBusinessDays(from: Date, days: number, calendar: Calendar): Date {
  const open = openAtOrAfter(from, calendar)
  if (!open) return new Date(from.getTime() + days * 1440 * minute)
  const start = open.from > from ? open.from : from
  const wall = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(calendar.timeZone)
  let day = wall.toPlainDate().toString()
  for (let left = days; left > 0; ) {
    day = addDays(day, 1)
    if (openOn(day, calendar).length > 0) left--
  }
  return momentOn(day, wall.hour * 60 + wall.minute, calendar.timeZone)
}

/** Whole and part minutes of business time from `a` to `b`; 0 when `b` is not after `a`. */
export function businessMinutesBetween(a: Date, b: Date, calendar: Calendar): number {
  let total = 0
  for (let day = dayOf(a, calendar.timeZone); ; day = addDays(day, 1)) {
    if (startOf(day, calendar.timeZone) >= b) return total / minute
    for (const { from, to } of openOn(day, calendar)) {
      total += Math.max(0, Math.min(to.getTime(), b.getTime()) - Math.max(from.getTime(), a.getTime()))
    }
  }
}
