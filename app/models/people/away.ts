import { dayWords, minuteOf } from "./absence.ts"
import { dutyAtOrAfter, type Hours } from "./duty.ts"
import { addDays, dayOf, momentOn, startOf } from "./hours.ts"

/** Until when a switch holds, as a form says it. */
export const untils = ["", "30 min", "1 h", "2 h", "4 h", "shift", "tomorrow", "moment"] as const

/** The moment meant, null for "until I press again", or what is wrong. `moment` is "2026-03-10T14:30" on the person's wall. */
export function untilFrom(
  typed: { until: string; moment: string },
  hours: Hours,
  now: Date,
): { until: Date | null } | { words: string } {
  const { until, moment } = typed
  if (!untils.some((known) => known === until)) return { words: "Choose until when" }
  if (until === "") return { until: null }
  const [, long, unit] = /^(\d+) (min|h)$/.exec(until) ?? []
  if (long) return { until: new Date(now.getTime() + Number(long) * (unit === "h" ? 60 : 1) * 60_000) }
  if (until === "tomorrow") return { until: startOf(addDays(dayOf(now, hours.timeZone), 1), hours.timeZone) }
  if (until === "moment") return momentFrom(moment, hours.timeZone, now)
  const duty = dutyAtOrAfter(now, hours)
  return duty?.to && duty.from <= now ? { until: duty.to } : { words: "There is no shift now that could end" }
}

function momentFrom(text: string, zone: string, now: Date) {
  const [day = "", time = ""] = text.trim().split(/[T ]/)
  const minutes = minuteOf(time)
  const wrong = dayWords(day) ?? (minutes === null ? "Write the time as 14:00" : null)
  if (wrong || minutes === null) return { words: wrong ?? "Say until when" }
  const until = momentOn(day, minutes, zone)
  if (until <= now) return { words: "That is past already: give a later time" }
  return until.getTime() > now.getTime() + 366 * 86_400_000 ? { words: "That is more than a year from now" } : { until }
}

/** Somebody who says "I am here" outside their hours is believed until those begin, or for a shift's length. */
export function hereUntil(hours: Hours, now: Date): Date | null {
  const duty = dutyAtOrAfter(now, hours)
  if (duty && duty.from <= now) return null
  const longest = now.getTime() + 8 * 3_600_000
  return new Date(Math.min(longest, duty?.from.getTime() ?? longest))
}
