import { type Calendar, openOn, type Stretch } from "../people/hours.ts"
import { sayClock } from "../people/when.ts"
import type { ExpectedDay } from "./expected.ts"
import { type OnDuty, type Shift, type StaffedHour, shiftsOn, staffedHours } from "./on-duty.ts"

export type AheadHour = {
  hour: number
  emails: number
  people: number
  /** Somebody is there for this many minutes only; null: for all of it, or nobody is. */
  onlyMinutes: number | null
  /** Within the desk's business hours. */
  isOpen: boolean
}
/** Hours in a row in which mail is expected and nobody is on: from the first to the end of the last. */
export type Gap = { from: number; to: number; emails: number; isOpen: boolean }
export type AheadDay = Pick<ExpectedDay, "day" | "isHoliday" | "counted"> & {
  /** "Tuesday 10 March" */
  label: string
  emails: number
  /** How many are on at any time of it. */
  people: number
  /** Who has the same hours is named together; whoever has none of their own is on always, and not named. */
  shifts: { hours: string; names: string[] }[]
  hours: AheadHour[]
  gaps: Gap[]
}

/** Less than this in an hour is shown as none. */
const some = 0.05

/** Who is on in each hour to come against the mail expected in it; of today what is left. */
export function weekAhead(
  expected: readonly ExpectedDay[],
  people: readonly OnDuty[],
  desk: Calendar,
  now: Date,
): AheadDay[] {
  return expected.map(({ day, isHoliday, counted, hours: mail }) => {
    const isToCome = ({ stretches }: Shift) => stretches.some(({ to }) => to > now)
    const shifts = shiftsOn(day, desk.timeZone, people).filter(isToCome)
    const open = openOn(day, desk)
    const hours = staffedHours(day, desk.timeZone, shifts)
      .filter(({ to }) => to > now)
      .map((one) => hourAhead(one, mail.find(({ hour }) => hour === one.hour)?.emails ?? 0, open))
    const emails = hours.reduce((sum, hour) => sum + hour.emails, 0)
    const named = shifts.filter(({ hasHours }) => hasHours)
    const on = { people: shifts.length, shifts: together(named, desk.timeZone) }
    return { day, label: labelOf(day), isHoliday, counted, emails, ...on, hours, gaps: gapsIn(hours) }
  })
}

function hourAhead(one: StaffedHour, emails: number, open: readonly Stretch[]): AheadHour {
  const { hour, from, to, people, minutes } = one
  const isWhole = minutes === 0 || minutes * 60_000 === to.getTime() - from.getTime()
  const isOpen = open.some((stretch) => stretch.from < to && stretch.to > from)
  return { hour, emails, people, onlyMinutes: isWhole ? null : minutes, isOpen }
}

export const isGap = ({ people, emails }: Pick<AheadHour, "people" | "emails">) => people === 0 && emails >= some

function gapsIn(hours: readonly AheadHour[]): Gap[] {
  const gaps: Gap[] = []
  for (const { hour, emails, isOpen } of hours.filter(isGap)) {
    const last = gaps.at(-1)
    if (last?.to === hour && last.isOpen === isOpen)
      gaps.splice(-1, 1, { ...last, to: hour + 1, emails: last.emails + emails })
    else gaps.push({ from: hour, to: hour + 1, emails, isOpen })
  }
  return gaps
}

const labelOf = (day: string) => dayFormat.format(new Date(day)).replace(",", "")
const dayFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" })

function together(shifts: readonly Shift[], zone: string) {
  const named = new Map<string, string[]>()
  for (const { name, stretches } of shifts) {
    const hours = stretches.map((one) => stretchWords(one, zone)).join(", ")
    named.set(hours, [...(named.get(hours) ?? []), name])
  }
  return [...named].map(([hours, names]) => ({ hours, names })).toSorted((a, b) => a.hours.localeCompare(b.hours))
}

/** On the desk's wall clock: "09:00–17:00"; what ends with the day ends at 24:00. */
function stretchWords({ from, to }: Stretch, zone: string) {
  const [begin, end] = [sayClock(from, zone), sayClock(to, zone).replace("00:00", "24:00")]
  return begin === "00:00" && end === "24:00" ? "All day" : `${begin}–${end}`
}
