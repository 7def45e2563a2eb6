import type { Face } from "../ratings/face.ts"
import { chiSquare, type Difference, seasonAdjusted, trend } from "./change.ts"
import { clopperPearson, type Interval, jeffreys, wilson } from "./interval.ts"
import { type Counts, grouped, isEnough, sharePercent, totalOf } from "./percent.ts"
import { before, type Period, periodOf, samePart, yearEarlier } from "./period.ts"
import { changeBetween, type DayRow, type PeriodTally, tallied } from "./report.ts"
import { changeWords, verdictOf } from "./sentence.ts"

const faces = ["happy", "ok", "frown"] as const

export type FaceChange = Difference & { face: Face; was: string; is: string; words: string; verdict: string }
export type Comparison = { against: PeriodTally; when: string; faces: FaceChange[]; together: string | null }

/** With the period before, and with the same one a year earlier, where a season does not pass for a change. */
export function comparisons(last: PeriodTally, days: readonly DayRow[], today: string): Comparison[] {
  const earlier = [before(last), yearEarlier(last)].map((period) => period && samePart(period, last, today))
  const names = new Set(earlier.map((period) => period?.name))
  return [...names].flatMap((name) => {
    const period = earlier.find((each) => each?.name === name)
    const [against] = period ? tallied(days, [period]) : []
    const change = against && changeBetween(last, against)
    if (!against || !change) return []
    const rows = faces.map((face): FaceChange => {
      const [was = "", is = ""] = [against, last].map(
        (tally) => sharePercent({ count: tally[face], of: totalOf(tally) }) ?? "",
      )
      return { ...change[face], face, was, is, words: changeWords(change[face]), verdict: verdictOf(change[face]) }
    })
    const test = chiSquare([against, last].map(({ happy, ok, frown }) => [happy, ok, frown]))
    return [
      {
        against,
        when: against.kind === "half" ? `the ${against.label}` : against.label,
        faces: rows,
        together: test && byChance(test.p),
      },
    ]
  })
}

/**
 * Happy against the year before, quarter by quarter; null for anything but a year. Quarters with fewer than ten ratings
 * are left out, as are the days of last year's that this year has not come to yet.
 */
export function bySeason(year: Period, days: readonly DayRow[], today: string) {
  if (year.kind !== "year") return null
  const quarters = (of: Period) =>
    ["02", "05", "08", "11"].map((month) => periodOf(`${of.name}-${month}-01`, "quarter"))
  const later = quarters(year)
  const earlier = quarters(before(year)).map((quarter, at) => samePart(quarter, later[at] ?? quarter, today))
  const parts = (periods: readonly Period[]) =>
    tallied(days, periods).map((tally) => (isEnough(tally) ? { count: tally.happy, of: totalOf(tally) } : none))
  const was = parts(earlier)
  const found = seasonAdjusted(parts(later).map((part, at) => ({ later: part, earlier: was[at] ?? none })))
  return found && { ...found, words: changeWords(found), verdict: verdictOf(found) }
}

const none = { count: 0, of: 0 }

/** Whether the share of happy rises or falls steadily over half-years; null with fewer than three. */
export function steadily(halves: readonly PeriodTally[]) {
  const groups = halves.flatMap((half, score) => {
    return isEnough(half) ? [{ count: half.happy, of: totalOf(half), score }] : []
  })
  const found = groups.length < 3 ? null : trend(groups)
  return found && { ...found, words: byChance(found.p) }
}

/** "once in 536 million tries": what a probability means, said so that nobody has to know what p is. */
export function byChance(p: number) {
  if (p > 0.5) return "more often than not"
  const tries = 1 / Math.max(p, 1e-9)
  if (p < 1e-9) return "less than once in a billion tries"
  return `once in ${tries >= 1e6 ? `${Math.round(tries / 1e6)} million` : grouped(Number(tries.toPrecision(2)))} tries`
}

export type Intervals = { face: Face; wilson: Interval; jeffreys: Interval; exact: Interval }

/** The same share by three methods, for whoever asks how the interval was drawn. */
export function intervalsOf(tally: Counts): Intervals[] {
  return faces.map((face) => {
    const part = { count: tally[face], of: totalOf(tally) }
    return { face, wilson: wilson(part), jeffreys: jeffreys(part), exact: clopperPearson(part) }
  })
}
