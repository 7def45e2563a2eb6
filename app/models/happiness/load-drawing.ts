import { scaleLinear } from "d3-scale"
import { type DayLoad, type LoadPeriod, loadPeriods } from "./load.ts"
import { enough, percentWords, totalOf } from "./percent.ts"
import type { Period } from "./period.ts"
import { type Place, pathOf, placed, spanOf } from "./places.ts"
import { type DayRow, type PeriodTally, tallied } from "./report.ts"

export type LoadUnit = PeriodTally & Pick<LoadPeriod, "perAgentDay" | "replies">
export type LoadColumn = Place & {
  period: LoadUnit
  load: { y: number; height: number; each: number } | null
  happy: { y: number; share: string } | null
}

/** Load as columns from the foot, the happy share as a line above them, each on its own scale over the same weeks. */
export function loadDrawing(units: readonly LoadUnit[]) {
  const heaviest = Math.max(1, ...units.map(({ perAgentDay }) => perAgentDay ?? 0))
  const load = scaleLinear([0, heaviest], [100, 60])
  const shares = units.flatMap((unit) => (totalOf(unit) < enough ? [] : [unit.happy / totalOf(unit)]))
  const happy = scaleLinear(spanOf(shares), [30, 12])
  const columns = placed(units).map(({ thing: period, place }): LoadColumn => {
    const { perAgentDay, happy: count } = period
    const rated = totalOf(period)
    return {
      ...place,
      period,
      load: perAgentDay === null ? null : { y: load(perAgentDay), height: 100 - load(perAgentDay), each: perAgentDay },
      happy: rated < enough ? null : { y: happy(count / rated), share: percentWords(period).happy },
    }
  })
  return { columns, path: pathOf(columns.map(({ centre, happy }) => happy && { x: centre, y: happy.y })) }
}

/** What was sent and how it was rated, of the same periods. */
export function loadUnits(days: readonly DayRow[], loads: readonly DayLoad[], periods: readonly Period[]) {
  const rated = tallied(days, periods)
  return loadPeriods(loads, periods).flatMap((load, at) => {
    const unit = rated[at]
    return unit ? [{ ...unit, ...load }] : []
  })
}
