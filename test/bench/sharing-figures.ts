import type { BusinessClock } from "#app/models/sharing/business-clock.ts"
import type { Outcome } from "#app/models/sharing/simulated.ts"

export type Figures = {
  perHour: number[]
  mean: number
  maxOverMean: number
  jain: number
  p50: number
  p90: number
  stranded: number
  moves: number
  waiting: number
  unanswered: number
  leadTold: number
}

/** Emails per hour on shift by person, how evenly, and how long customers waited for the first reply in business hours. */
export function figuresOf(outcome: Outcome, clock: BusinessClock): Figures {
  const perHour = outcome.people.map(({ emails, shifts }) => {
    const hours = shifts.reduce((sum, { from, to }) => sum + to - from, 0) / 3_600_000
    return emails / hours
  })
  const waits = outcome.cases.flatMap(({ firstWait }) =>
    firstWait ? [(clock.minutesAt(firstWait.to) - clock.minutesAt(firstWait.from)) / 60] : [],
  )
  const sorted = Float64Array.from(waits).sort()
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  const mean = sum(perHour) / perHour.length
  return {
    ...{ perHour, mean, maxOverMean: Math.max(...perHour) / mean, jain: jain(perHour), p50: at(0.5), p90: at(0.9) },
    stranded: outcome.strandedMinutes,
    moves: outcome.moves / outcome.cases.length,
    waiting: outcome.cases.filter(({ waitingSince }) => waitingSince !== null).length,
    ...{ unanswered: outcome.unanswered, leadTold: outcome.leadTold },
  }
}

/** 1 when everybody has the same, 1 ÷ n when one person has everything. */
export const jain = (shares: readonly number[]) =>
  sum(shares) ** 2 / (shares.length * sum(shares.map((share) => share * share)))

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
