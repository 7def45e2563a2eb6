import jStat from "jstat"
import { type Interval, type Part, wilson, z } from "./interval.ts"

export type Difference = { difference: number; low: number; high: number; clear: boolean }

const share = ({ count, of }: Part) => (of === 0 ? 0 : count / of)
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const chance = (statistic: number, degrees: number) => 1 - jStat.chisquare.cdf(statistic, degrees)

/** Later minus earlier with its 95% interval: Newcombe's method 10. Clear when the interval leaves out zero. */
export function differenceOf(later: Part, earlier: Part): Difference {
  const [p1, p2] = [share(later), share(earlier)]
  const [[l1, u1], [l2, u2]] = [wilson(later), wilson(earlier)]
  const difference = p1 - p2
  const low = difference - Math.hypot(p1 - l1, u2 - p2)
  const high = difference + Math.hypot(u1 - p1, p2 - l2)
  return { difference, low, high, clear: low > 0 || high < 0 }
}

/** Two shares by the pooled z test; `p` is how often chance alone shows a difference at least as large. */
export function twoShares(later: Part, earlier: Part) {
  const pooled = (later.count + earlier.count) / (later.of + earlier.of)
  const z = (share(later) - share(earlier)) / Math.sqrt(pooled * (1 - pooled) * (1 / later.of + 1 / earlier.of))
  return { z, p: chance(z ** 2, 1) }
}

/** Pearson's chi-square of a table of counts, or null where a cell expects fewer than five and it would mislead. */
export function chiSquare(table: readonly (readonly number[])[]) {
  const rows = table.map((row) => sum([...row]))
  const columns = (table[0] ?? []).map((_, column) => sum(table.map((row) => row[column] ?? 0)))
  const all = sum(rows)
  const cells = table.flatMap((row, r) =>
    row.map((count, c) => ({ count, expected: ((rows[r] ?? 0) * (columns[c] ?? 0)) / all })),
  )
  if (cells.some(({ expected }) => !(expected >= 5))) return null
  const statistic = sum(cells.map(({ count, expected }) => (count - expected) ** 2 / expected))
  const degrees = (rows.length - 1) * (columns.length - 1)
  return { statistic, degrees, p: chance(statistic, degrees) }
}

/** Cochran and Armitage: does the share rise or fall steadily over the groups? Scores are their places in time. */
export function trend(groups: readonly (Part & { score: number })[]) {
  const all = sum(groups.map(({ of }) => of))
  const pooled = sum(groups.map(({ count }) => count)) / all
  const mean = sum(groups.map(({ of, score }) => of * score)) / all
  const rise = sum(groups.map(({ count, score }) => (score - mean) * count))
  const spread = pooled * (1 - pooled) * sum(groups.map(({ of, score }) => of * (score - mean) ** 2))
  if (!(spread > 0)) return null
  const statistic = rise ** 2 / spread
  return { statistic, p: chance(statistic, 1), rising: rise > 0 }
}

/**
 * Two years compared quarter by quarter, so that a busy Christmas in one of them does not pass for a change.
 * A quarter without ratings in either year is left out.
 */
export function seasonAdjusted(quarters: readonly { later: Part; earlier: Part }[]) {
  const strata = quarters
    .filter(({ later, earlier }) => later.of > 0 && earlier.of > 0)
    .map(({ later, earlier }) => ({ later, earlier, weight: (later.of * earlier.of) / (later.of + earlier.of) }))
  const weights = sum(strata.map(({ weight }) => weight))
  if (weights === 0) return null
  const noise = (part: Part) => (share(part) * (1 - share(part))) / part.of
  const difference = sum(strata.map((s) => s.weight * (share(s.later) - share(s.earlier)))) / weights
  const error = Math.sqrt(sum(strata.map((s) => s.weight ** 2 * (noise(s.later) + noise(s.earlier))))) / weights
  const [low, high]: Interval = [difference - z * error, difference + z * error]
  return { difference, error, low, high, clear: low > 0 || high < 0 }
}
