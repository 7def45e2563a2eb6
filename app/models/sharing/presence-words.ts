import type { Presence } from "../people/agent.ts"
import { dayOf } from "../people/hours.ts"

/** "off till Mon 09:00", in the desk's zone. */
export const presenceWords = ({ state, until }: Presence, timeZone: string, now: Date) =>
  `${state}${untilWords(until, timeZone, now)}`

/** " till 14:05" today, " till Mon 09:00" within six days, else " till 3 May 09:00". */
function untilWords(until: string | null, timeZone: string, now: Date) {
  if (!until) return ""
  const at = new Date(until)
  const told = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const clock = `${told.hour}:${told.minute}`
  if (dayOf(at, timeZone) === dayOf(now, timeZone)) return ` till ${clock}`
  const isNear = at.getTime() - now.getTime() < 6 * 24 * 3_600_000
  return ` till ${isNear ? told.weekday : `${told.day} ${told.month}`} ${clock}`
}

/** Made once for each zone: everybody off duty is put into words whenever a case is given. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(timeZone: string) {
  const known = formats.get(timeZone)
  if (known) return known
  const day = { weekday: "short", day: "numeric", month: "short" } as const
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const
  const made = new Intl.DateTimeFormat("en-GB", { timeZone, ...day, ...clock })
  formats.set(timeZone, made)
  return made
}
