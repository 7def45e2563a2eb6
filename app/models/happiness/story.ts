import type { Basis } from "../ratings/tally.ts"
import { type DayLoad, loadPeriods } from "./load.ts"
import { totalOf } from "./percent.ts"
import { asOf, before, type Period, periodsBetween, samePart } from "./period.ts"
import { type DayRow, tallied } from "./report.ts"
import type { Told } from "./sentence.ts"

const partOf: { [K in Period["kind"]]: "half" | "quarter" | "month" | null } = {
  year: "half",
  half: "quarter",
  quarter: "month",
  month: null,
  week: null,
  day: null,
}

/** What the sentence about a period needs, from the days of it and of as much of the one before. */
export function storyOf(
  period: Period,
  days: readonly DayRow[],
  loads: readonly DayLoad[],
  basis: Basis,
  today: string,
): Told {
  const both = [samePart(before(period), period, today), asOf(period, today)]
  const [earlier = null, last] = tallied(days, both)
  const [loadBefore, load] = loadPeriods(loads, both)
  return {
    last: last ?? { ...period, asked: 0, leftOff: 0, happy: 0, ok: 0, frown: 0 },
    before: earlier,
    part: lastPart(period, days, today),
    load: { last: load?.perAgentDay ?? null, before: loadBefore?.perAgentDay ?? null },
    basis,
  }
}

/** The latest part with ratings; the first part alone is no "last half", so it is not told. */
function lastPart(period: Period, days: readonly DayRow[], today: string) {
  const kind = partOf[period.kind]
  if (!kind) return null
  const all = periodsBetween(period.from, period.to, kind).map((part) => asOf(part, today))
  const parts = tallied(days, all).slice(1)
  return parts.findLast((part) => totalOf(part) > 0) ?? null
}
