import { dutyWithin, type Hours } from "../people/duty.ts"
import { earliest, joined, latest, momentOn, type Stretch } from "../people/hours.ts"

export type OnDuty = { name: string; hours: Hours }
export type StaffedHour = Stretch & {
  hour: number
  /** How many are there for any part of it. */
  people: number
  /** For how many minutes of it somebody is. */
  minutes: number
}

/** When each person is on within a day of the desk, by their own weeks in their own zones; who is not is left out. */
export function shiftsOn(day: string, zone: string, people: readonly OnDuty[]) {
  const whole = { from: momentOn(day, 0, zone), to: momentOn(day, 1440, zone) }
  return people
    .map(({ name, hours }) => ({ name, hasHours: hours.week.length > 0, stretches: dutyWithin(whole, hours) }))
    .filter(({ stretches }) => stretches.length > 0)
}

export type Shift = ReturnType<typeof shiftsOn>[number]

/** The hours of a day on the desk's wall clock. One the clocks skip is left out, one they repeat is twice as long. */
export function staffedHours(day: string, zone: string, shifts: readonly Shift[]): StaffedHour[] {
  return Array.from({ length: 24 }, (_, hour) => hour).flatMap((hour) => {
    const span = { from: momentOn(day, hour * 60, zone), to: momentOn(day, hour * 60 + 60, zone) }
    if (span.from >= span.to) return []
    const there = shifts.map(({ stretches }) => stretches.flatMap((one) => shared(one, span)))
    const people = there.filter((parts) => parts.length > 0).length
    return [{ hour, ...span, people, minutes: minutesOf(joined(there.flat())) }]
  })
}

function shared(one: Stretch, other: Stretch): Stretch[] {
  const both = { from: latest(one.from, other.from), to: earliest(one.to, other.to) }
  return both.from < both.to ? [both] : []
}

const minutesOf = (parts: readonly Stretch[]) =>
  parts.reduce((sum, { from, to }) => sum + (to.getTime() - from.getTime()) / 60_000, 0)
