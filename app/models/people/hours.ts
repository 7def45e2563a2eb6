import { Temporal } from "temporal-polyfill"

/**
 * One stretch of a working week: ISO weekday (1 Monday to 7 Sunday), minutes after midnight. `endsAt` past 1440 goes on
 * into the next day, at most until the hour it began.
 */
export type WeekRow = { weekday: number; startsAt: number; endsAt: number }

/** A week without rows is always open. Holidays are days as "YYYY-MM-DD" in the zone, closed from midnight to midnight. */
export type Calendar = { timeZone: string; week: readonly WeekRow[]; holidays: readonly string[] }

export type Stretch = { from: Date; to: Date }

const minute = 60_000
const wholeDay = 1440 * minute
const dayFormats = new Map<string, Intl.DateTimeFormat>()
const midnights = new Map<string, Date>()

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

/** Days of the calendar, without a zone: UTC has no clock changes, and its arithmetic is a tenth of Temporal's. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * wholeDay).toISOString().slice(0, 10)

/** Midnight, or the first moment there is where the clocks skip it. */
export function startOf(day: string, zone: string): Date {
  const key = `${day} ${zone}`
  const known = midnights.get(key)
  if (known) return new Date(known)
  const midnight = new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)
  // Asked for the same few days over and over, at 50 µs each.
  if (midnights.size > 20_000) midnights.clear()
  midnights.set(key, midnight)
  return new Date(midnight)
}

export const startOfDay = (at: Date, zone: string): Date => startOf(dayOf(at, zone), zone)

/**
 * The wall clock's `minutes` after midnight on that day: 9:00 stays 9:00 on the days the clocks change. An hour the
 * clocks skip is the moment they are put forward, one they repeat is its first time: later on the wall is never earlier.
 */
export function momentOn(day: string, minutes: number, zone: string): Date {
  if (minutes >= 1440) return momentOn(addDays(day, 1), minutes - 1440, zone)
  const [from, to] = [startOf(day, zone), startOf(addDays(day, 1), zone)]
  if (to.getTime() - from.getTime() === wholeDay) return new Date(from.getTime() + minutes * minute)
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
  const wall = Temporal.PlainDate.from(day).toPlainDateTime(plainTime)
  const zoned = wall.toZonedDateTime(zone, { disambiguation: "earlier" })
  if (zoned.toPlainDateTime().equals(wall)) return new Date(zoned.epochMilliseconds)
  return new Date(zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? zoned.epochMilliseconds)
}

/** The open stretches within one day, in order and apart: those that begin on it, and the night before's rest. */
export function openOn(day: string, { timeZone, week, holidays }: Calendar): Stretch[] {
  if (holidays.includes(day)) return []
  const [from, to] = [startOf(day, timeZone), startOf(addDays(day, 1), timeZone)]
  if (week.length === 0) return from < to ? [{ from, to }] : []
  const before = addDays(day, -1)
  const rows = [...beginningOn(before, week), ...beginningOn(day, week)]
  const found = rows.map(([on, row]) => ({
    from: latest(from, momentOn(on, row.startsAt, timeZone)),
    to: earliest(to, momentOn(on, row.endsAt, timeZone)),
  }))
  return joined(found.filter((one) => one.from < one.to))
}

/** The stretch that is open at `at`, else the next one that will be, within its day. Null: not in a year. */
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
  if (!open) return new Date(from.getTime() + days * wholeDay)
  const start = latest(open.from, from)
  const wall = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(calendar.timeZone)
  let day = wall.toPlainDate().toString()
  for (let left = days; left > 0; ) {
    day = addDays(day, 1)
    if (isBusinessDay(day, calendar)) left--
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

/** Stretches that touch or overlap are one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const apart: Stretch[] = []
  for (const one of stretches.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = apart.at(-1)
    if (last && one.from <= last.to) last.to = latest(last.to, one.to)
    else apart.push({ ...one })
  }
  return apart
}

export const latest = (a: Date, b: Date) => (a > b ? a : b)
export const earliest = (a: Date, b: Date) => (a < b ? a : b)

/** The rest of a night shift makes no business day of the Saturday it ends on. */
const isBusinessDay = (day: string, { week, holidays }: Calendar) =>
  !holidays.includes(day) && (week.length === 0 || beginningOn(day, week).length > 0)

function beginningOn(day: string, week: readonly WeekRow[]) {
  const dayOfWeek = new Date(day).getUTCDay() || 7
  return week.filter(({ weekday }) => weekday === dayOfWeek).map((row) => [day, row] as const)
}
