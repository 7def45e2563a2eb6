import { scaleLinear } from "d3-scale"
import type { Face } from "../ratings/face.ts"
import { type Counts, enough, percentWords, totalOf } from "./percent.ts"
import { type Place, placed } from "./places.ts"
import type { PeriodTally } from "./report.ts"
import { controlLimits } from "./spread.ts"

const faces = ["happy", "ok", "frown"] as const

export type Mark = { face: Face; y: number; height: number; count: number }

export type BandColumn = Place & {
  period: PeriodTally
  rated: number
  /** Whole percents as printed; null below ten ratings, where only the ratings themselves are drawn. */
  words: { [F in Face]: string } | null
  marks: Mark[]
  /** The frown share alone, on its own scale; null below ten ratings. */
  frown: { y: number; height: number; words: string; beyondChance: boolean } | null
  /** Links of this stretch still live: its figures may yet move. */
  settling: boolean
}

/** Stacked shares with happy at the foot, and the frowns once more by themselves so that three in a hundred can be read. */
export function bandDrawing(units: readonly PeriodTally[], settledBefore: string) {
  const all = units.reduce((sum, unit) => sum + totalOf(unit), 0)
  const usual = all === 0 ? 0 : units.reduce((sum, unit) => sum + unit.frown, 0) / all
  const most = Math.max(0.05, ...units.map((unit) => (totalOf(unit) < enough ? 0 : unit.frown / totalOf(unit))))
  const alone = scaleLinear([0, most], [100, 22])
  const columns = placed(units).map(({ thing: period, place }): BandColumn => {
    const rated = totalOf(period)
    return {
      ...place,
      ...{ period, rated, settling: period.to > settledBefore },
      words: rated < enough ? null : percentWords(period),
      marks: stacked(period),
      frown: rated < enough ? null : frownAlone(period, usual, alone),
    }
  })
  return { columns, usual: all < enough ? null : { share: usual, y: alone(usual) } }
}

/** Up to ten ratings each is a block of its own: a tenth of the height, so that they never look like shares. */
function stacked(tally: Counts): Mark[] {
  const rated = totalOf(tally)
  const height = scaleLinear([0, Math.max(rated, enough)], [0, 90])
  let y = 100
  return faces.flatMap((face) => {
    y -= height(tally[face])
    return tally[face] === 0 ? [] : [{ face, y, height: height(tally[face]), count: tally[face] }]
  })
}

function frownAlone(tally: Counts, usual: number, y: (share: number) => number) {
  const share = tally.frown / totalOf(tally)
  const limits = controlLimits(usual, totalOf(tally))
  const beyondChance = limits !== null && (share < limits[0] || share > limits[1])
  // A tenth of a point means something from a hundred ratings on.
  const words = totalOf(tally) < 100 ? percentWords(tally).frown : (share * 100).toFixed(1)
  return { y: y(share), height: 100 - y(share), words, beyondChance }
}
