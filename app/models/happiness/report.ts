import type { Face } from "../ratings/face.ts"
import type { Basis } from "../ratings/tally.ts"
import { type Difference, differenceOf } from "./change.ts"
import { type Interval, wilson } from "./interval.ts"
import { type Counts, isEnough, totalOf, wholePercents } from "./percent.ts"
import type { Period } from "./period.ts"

/** What was asked and answered, of a day, a period, a person. */
export type Tally = Counts & { asked: number; leftOff: number }
export type DayRow = Tally & { day: string }
export type PeriodTally = Period & Tally

export type Change = { against: { from: string; to: string } } & { [F in Face]: Difference }

export type PeriodReport = Counts & {
  from: string
  to: string
  label: string
  asked: number
  rated: number
  /** Ratings per ask, both of the same replies; null when the days are those of the rating. */
  responseRate: number | null
  /** Under ten ratings there are counts and no shares: these, the intervals and the response rate are null. */
  shares: { [F in Face]: number | null }
  intervals: { [F in Face]: Interval | null }
}

export const nothing: Tally = { asked: 0, leftOff: 0, happy: 0, ok: 0, frown: 0 }

export const together = (a: Tally, b: Tally): Tally => ({
  asked: a.asked + b.asked,
  leftOff: a.leftOff + b.leftOff,
  happy: a.happy + b.happy,
  ok: a.ok + b.ok,
  frown: a.frown + b.frown,
})

/** The rows of each period, empty periods too. Rows and periods come in the order of their days. */
export function within<Row extends { day: string }, P extends { from: string; to: string }>(
  rows: readonly Row[],
  periods: readonly P[],
): { period: P; rows: Row[] }[] {
  let at = 0
  return periods.map((period) => {
    while ((rows[at]?.day ?? period.from) < period.from) at += 1
    const start = at
    while (at < rows.length && (rows[at]?.day ?? period.to) < period.to) at += 1
    return { period, rows: rows.slice(start, at) }
  })
}

export const tallied = (rows: readonly DayRow[], periods: readonly Period[]): PeriodTally[] =>
  within(rows, periods).map(({ period, rows }) => ({ ...period, ...rows.reduce(together, nothing) }))

/** The figures of a period as the API gives them. */
export function reported({ from, to, label, ...tally }: PeriodTally, basis: Basis): PeriodReport {
  const { asked, happy, ok, frown } = tally
  const rated = totalOf(tally)
  const interval = (count: number) => (isEnough(tally) ? wilson({ count, of: rated }) : null)
  return {
    ...{ from, to, label, asked, rated },
    responseRate: responseRate(tally, basis),
    ...{ happy, ok, frown },
    shares: isEnough(tally) ? wholePercents(tally) : { happy: null, ok: null, frown: null },
    intervals: { happy: interval(happy), ok: interval(ok), frown: interval(frown) },
  }
}

export const responseRate = (tally: Tally, basis: Basis) =>
  basis === "rated" || !isEnough(tally) || tally.asked === 0 ? null : totalOf(tally) / tally.asked

/** Null where either has fewer than ten ratings: whatever they showed, it would be chance. */
export function changeBetween(later: PeriodTally, earlier: PeriodTally): Change | null {
  if (!isEnough(later) || !isEnough(earlier)) return null
  const of = (face: Face) =>
    differenceOf({ count: later[face], of: totalOf(later) }, { count: earlier[face], of: totalOf(earlier) })
  const { from, to } = earlier
  return { against: { from, to }, happy: of("happy"), ok: of("ok"), frown: of("frown") }
}
