/** Times as people say them: "Tue 14:05", "3 May 2011", "2 h 10 min". English until the catalogue has more. */
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Formatters cost 40 µs to make and 1 µs to use. */
const kept = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string, name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${zone} ${name}`
  const known = kept.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options })
  kept.set(key, made)
  return made
}

const clock = (zone: string) => formatter(zone, "clock", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
const weekday = (zone: string) => formatter(zone, "weekday", { weekday: "short" })
const date = (zone: string) => formatter(zone, "date", { day: "numeric", month: "short", year: "numeric" })
const dayAndMonth = (zone: string) => formatter(zone, "day and month", { day: "numeric", month: "short" })
const numbers = (zone: string) => formatter(zone, "numbers", { year: "numeric", month: "2-digit", day: "2-digit" })
const whole = (zone: string) =>
  formatter(zone, "whole", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  })

/** Today "14:05"; within six days either way "Tue 14:05"; this year "3 May 14:05"; else "3 May 2011". */
export function sayMoment(at: Date, now: Date, zone: string) {
  const time = clock(zone).format(at)
  if (isSameDay(at, now, zone)) return time
  if (Math.abs(now.getTime() - at.getTime()) < 6 * day) return `${weekday(zone).format(at)} ${time}`
  return isSameYear(at, now, zone) ? `${dayAndMonth(zone).format(at)} ${time}` : sayDate(at, zone)
}

/** "14:05" */
export const sayClock = (at: Date, zone: string) => clock(zone).format(at)

/** "3 May 2011" */
export const sayDate = (at: Date, zone: string) => date(zone).format(at)

/** "Tuesday 3 May 2011 at 14:05 CEST": what stands behind every shorter form. */
export const sayWhole = (at: Date, zone: string) => whole(zone).format(at)

/** How long: "under 1 min", "14 min", "2 h 10 min", "3 days". */
export function sayLength(milliseconds: number) {
  const spent = Math.max(0, milliseconds)
  if (spent < minute) return "under 1 min"
  if (spent < hour) return `${Math.floor(spent / minute)} min`
  if (spent < 4 * hour) return withMinutes(spent)
  if (spent < 2 * day) return `${Math.floor(spent / hour)} h`
  return `${Math.floor(spent / day)} days`
}

/** How long ago: "just now", "14 min ago". A clock a little ahead of ours is just now too. */
export const sayAgo = (milliseconds: number) => (milliseconds < minute ? "just now" : `${sayLength(milliseconds)} ago`)

/** 1 to 4: how warm a wait has become. An hour is nothing, a working day is late, two days are too long. */
export function warmth(milliseconds: number): 1 | 2 | 3 | 4 {
  if (milliseconds < 2 * hour) return 1
  if (milliseconds < 8 * hour) return 2
  return milliseconds < 48 * hour ? 3 : 4
}

function withMinutes(spent: number) {
  const minutes = Math.floor((spent % hour) / minute)
  return `${Math.floor(spent / hour)} h${minutes ? ` ${minutes} min` : ""}`
}

const isSameDay = (a: Date, b: Date, zone: string) => numbers(zone).format(a) === numbers(zone).format(b)
const isSameYear = (a: Date, b: Date, zone: string) =>
  numbers(zone).format(a).slice(-4) === numbers(zone).format(b).slice(-4)
