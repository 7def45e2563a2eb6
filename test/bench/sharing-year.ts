import { addDays, type Calendar, momentOn, startOf } from "#app/models/people/hours.ts"
import { weekFrom } from "#app/models/people/week.ts"
import { businessClock, openSpans, type Span } from "#app/models/sharing/business-clock.ts"
import { type Chance, chanceFrom } from "#app/models/sharing/chance.ts"
import type { Round, SimulatedCase, SimulatedDesk, SimulatedPerson } from "#app/models/sharing/simulated.ts"
import { midnights, shiftsOf } from "#app/models/sharing/simulated-shifts.ts"

const timeZone = "Europe/Berlin"
const [firstDay, lastDay] = ["2026-01-01", "2026-12-31"]
/** The desk plays on for two weeks, so that what came on the last day is answered too. */
const playedTo = "2027-01-14"
const holidays = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25", "2026-12-25"]
const hour = 3_600_000

/** Seven people: two early, two late, one part-time, one on Saturdays, one across the ocean whose clocks change on other days. */
const staff = [
  { name: "Ann Lee", week: "mon-fri 7:30-16:00", pace: 0.85, limit: 25 },
  { name: "Bo Diaz", week: "mon-fri 8:00-16:30", pace: 1, limit: 20 },
  { name: "Cy Novak", week: "mon-fri 9:00-17:30", pace: 1.1, limit: 20 },
  { name: "Joan Park", week: "mon-fri 9:00-17:30", pace: 0.75, limit: 25 },
  { name: "Chase Clay", week: "mon-thu 9:30-18:30", pace: 1, limit: 20 },
  { name: "Emily Fox", week: "tue-fri 10:00-18:30, sat 9:00-14:00", pace: 1.35, limit: 12 },
  { name: "Michael Berg", week: "mon-fri 7:00-15:30", pace: 0.95, limit: 20, zone: "America/New_York" },
]

/** One year of a desk, the same for one seed whatever the rules. */
export function seededYear(seed: number, size: number): SimulatedDesk {
  const calendar: Calendar = { timeZone, week: weekFrom("mon-fri 8:00-18:00") ?? [], holidays }
  const [first, last] = [startOf(firstDay, timeZone), startOf(playedTo, timeZone)]
  const clock = businessClock(openSpans(calendar, first, startOf(addDays(playedTo, 30), timeZone)))
  const people = staff.map((_, place) => person(chanceFrom(seed + 1 + place), place, first, last))
  const days = midnights(timeZone, first, last)
  return { cases: mailOf(chanceFrom(seed), size), people, clock, days, until: last.getTime() }
}

function person(chance: Chance, place: number, first: Date, last: Date): SimulatedPerson {
  const { name, week, pace, limit, zone = timeZone } = staff[place]!
  const shifts = shiftsOf({ timeZone: zone, week: weekFrom(week) ?? [], holidays }, daysOff(chance, zone), first, last)
  // Lunch is a switch to away, at about the middle; no two people go at quite the same minute.
  const breaks = shifts.filter(({ from, to }) => to - from > 6 * hour).map((shift) => lunch(chance, shift))
  return { agentId: place + 1, name, limit, pace, shifts, breaks }
}

function lunch(chance: Chance, { from, to }: Span): Span {
  const start = from + (to - from) * 0.45 + Math.floor(chance.next() * 60) * 60_000
  return { from: start, to: start + 40 * 60_000 }
}

/** Two or three holidays of a week or two, and five spells of illness of one to three days, known before the shift. */
function daysOff(chance: Chance, zone: string) {
  const away = (weeks: number, days: number) => {
    const day = addDays(firstDay, weeks * 7 + Math.floor(chance.next() * 5))
    return { startsAt: startOf(day, zone), endsAt: startOf(addDays(day, days), zone) }
  }
  const week = () => 2 + Math.floor(chance.next() * 48)
  const leave = [away(week(), 7), away(24 + Math.floor(chance.next() * 10), 14), away(week(), 5)]
  return [...leave, ...Array.from({ length: 5 }, () => away(week(), 1 + Math.floor(chance.next() * 3)))]
}

/** Mail by weekday (Monday heaviest) and by hour of the day: a hump before noon, a lower one after, some at night. */
const byWeekday = [1.3, 1.15, 1.1, 1.05, 0.95, 0.42, 0.4]
const byHour = [
  0.25, 0.2, 0.15, 0.15, 0.2, 0.35, 0.6, 1.0, 1.6, 2.1, 2.3, 2.1, 1.7, 1.8, 2.0, 1.9, 1.7, 1.5, 1.2, 1.05, 1.0, 0.9,
  0.65, 0.4,
]

function mailOf(chance: Chance, size: number): SimulatedCase[] {
  const hours: { start: number; weight: number }[] = []
  for (let day = firstDay, place = 0; day <= lastDay; day = addDays(day, 1), place++) {
    const season = 1 + 0.12 * Math.cos((2 * Math.PI * (place - 20)) / 365)
    const luck = chance.around(1, 0.15)
    const weekday = byWeekday[(place + 3) % 7] ?? 1
    const quiet = holidays.includes(day) ? 0.45 : 1
    for (const [at, shape] of byHour.entries())
      hours.push({ start: momentOn(day, at * 60, timeZone).getTime(), weight: season * luck * weekday * quiet * shape })
  }
  burst(chance, hours)
  return spread(chance, hours, size)
}

/** Two dozen bad hours: something breaks, and mail comes at three to six times the usual rate until it is mended. */
function burst(chance: Chance, hours: { weight: number }[]) {
  for (let count = 0; count < 24; count++) {
    const start = Math.floor(chance.next() * hours.length)
    const times = 3 + chance.next() * 3
    for (const one of hours.slice(start, start + 1 + Math.floor(chance.next() * 4))) one.weight *= times
  }
}

function spread(chance: Chance, hours: readonly { start: number; weight: number }[], size: number): SimulatedCase[] {
  const ends: number[] = []
  let total = 0
  for (const { weight } of hours) {
    total += weight
    ends.push(total)
  }
  const moments = Array.from({ length: size }, () => chance.next() * total).toSorted((a, b) => a - b)
  let place = 0
  return moments.map((moment) => {
    while ((ends[place] ?? total) < moment) place++
    const start = hours[place]?.start ?? 0
    const part = 1 - ((ends[place] ?? 0) - moment) / (hours[place]?.weight ?? 1)
    return { at: Math.floor(start + part * hour), rounds: rounds(chance) }
  })
}

/** Three in ten customers write again, and again; 3.7 minutes an email in the mean, some of them half an hour. */
function rounds(chance: Chance): Round[] {
  const all: Round[] = [{ minutes: chance.around(3.7, 0.8), after: 0 }]
  while (chance.next() < 0.28 && all.length < 8)
    all.push({ minutes: chance.around(3, 0.8), after: chance.around(9 * hour, 1.4) })
  return all
}
