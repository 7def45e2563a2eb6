import { addDays, type Calendar, startOf, type WeekRow } from "../people/hours.ts"
import { businessClock, openSpans } from "./business-clock.ts"
import { type Chance, chanceFrom } from "./chance.ts"
import { type MailDay, type MailHours, mailDays, weekdayOf } from "./mail-hours.ts"
import { ourRules } from "./our-rules.ts"
import { simulate } from "./simulate.ts"
import type { SimulatedCase, SimulatedDesk, SimulatedPerson } from "./simulated.ts"
import { midnights } from "./simulated-shifts.ts"

export type ForecastQuestion = {
  past: MailHours
  /** Minutes of work an email asks for. */
  minutes: number
  /** When everybody counted is there. */
  week: readonly WeekRow[]
  timeZone: string
  people: readonly number[]
  limit: number
  seed: number
}

export type ForecastRow = {
  people: number
  /** Of the emails, those answered within one business hour; null when none came. */
  withinHour: number | null
  /** Business minutes nine in ten were answered within. */
  p90: number | null
  /** How much of their hours people spend on mail: at 1 and above the mail piles up. */
  busy: number
  /** In a week. */
  emailsEach: number
}

/** A Monday; the simulated weeks lie in winter, so that no clock changes in them. */
const firstDay = "2026-01-05"
/** So that a row takes a quarter of a second at the most on a small machine. */
const mostEmails = 8_000

/** What each number of people would make of the mail of the last weeks, one row each; the same seed says the same. */
export function forecast(question: ForecastQuestion): ForecastRow[] {
  return question.people.map((people) => forecastFor(question, people))
}

export function forecastFor(question: ForecastQuestion, people: number): ForecastRow {
  const known = mailDays(question.past)
  const perWeek = (known.reduce((sum, { emails }) => sum + total(emails), 0) / Math.max(1, known.length)) * 7
  const weeks = Math.max(1, Math.min(12, Math.floor(mostEmails / Math.max(1, perWeek))))
  const { desk, hoursEach } = deskOf(question, known, people, weeks)
  const { waits, cases } = simulate(desk, ourRules(question.timeZone))
  const sorted = waits.toSorted((a, b) => a - b)
  return {
    people,
    // Whatever still waits at the very end was not answered within the hour.
    withinHour: cases.length === 0 ? null : sorted.filter((wait) => wait <= 60).length / cases.length,
    p90: sorted[Math.floor(cases.length * 0.9)] ?? null,
    busy: hoursEach === 0 ? 0 : (cases.length * question.minutes) / 60 / (hoursEach * people),
    emailsEach: cases.length / people / weeks,
  }
}

function deskOf(
  { minutes, week, timeZone, limit, seed }: ForecastQuestion,
  known: MailDay[],
  people: number,
  weeks: number,
) {
  const calendar: Calendar = { timeZone, week, holidays: [] }
  const days = Array.from({ length: weeks * 7 }, (_, ahead) => addDays(firstDay, ahead))
  const [first, last] = [startOf(firstDay, timeZone), startOf(addDays(firstDay, weeks * 7), timeZone)]
  // A week without mail follows, so that what came at the end is answered too.
  const until = startOf(addDays(firstDay, weeks * 7 + 7), timeZone)
  const shifts = openSpans(calendar, first, until)
  const chance = chanceFrom(seed)
  const cases = days.flatMap((day) => mailOn(chance, known, day, timeZone, minutes)).toSorted((a, b) => a.at - b.at)
  const open = shifts.filter(({ from }) => from < last.getTime())
  const hoursEach = total(open.map(({ from, to }) => to - from)) / 3_600_000
  const staff = Array.from({ length: people }, (_, place): SimulatedPerson => {
    return { agentId: place + 1, name: `Person ${place + 1}`, limit, pace: 1, shifts, breaks: [] }
  })
  const desk: SimulatedDesk = {
    ...{ cases, people: staff, clock: businessClock(shifts) },
    ...{ days: midnights(timeZone, first, until), until: until.getTime() },
  }
  return { desk, hoursEach }
}

/** A day is played as one of the last weeks' same weekdays was, picked by lot, so that real bursts stay bursts. */
function mailOn(
  chance: Chance,
  known: readonly MailDay[],
  day: string,
  timeZone: string,
  minutes: number,
): SimulatedCase[] {
  const same = known.filter(({ weekday }) => weekday === weekdayOf(day))
  const like = same[Math.floor(chance.next() * same.length)]
  const midnight = startOf(day, timeZone).getTime()
  return (like?.emails ?? []).flatMap((emails, hour) =>
    Array.from({ length: emails }, (): SimulatedCase => {
      const at = midnight + Math.floor((hour + chance.next()) * 3_600_000)
      return { at, rounds: [{ minutes: chance.around(minutes, 0.8), after: 0 }] }
    }),
  )
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)
