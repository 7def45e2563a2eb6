import { scaleLinear } from "d3-scale"
import { wilson } from "./interval.ts"
import { type Counts, enough, percentWords, totalOf } from "./percent.ts"
import { pathOf, placed, spanOf } from "./places.ts"
import type { PeriodTally } from "./report.ts"

export type RunPoint = { x: number; period: PeriodTally; y: number; low: number; high: number; share: string }

/** Every half-year with ratings as a point with its interval; years in which nobody rated close up to one gap. */
export function runDrawing(halves: readonly PeriodTally[]) {
  const shown = halves.filter((half, at) => isRated(half) || isRated(halves[at - 1]))
  const shares = shown.filter(isRated).flatMap((half) => wilson({ count: half.happy, of: totalOf(half) }))
  const y = scaleLinear(spanOf(shares), [76, 14])
  const points = placed(shown).map(({ thing: half, place: { centre: x } }): RunPoint | null => {
    const of = totalOf(half)
    if (!isRated(half)) return null
    const [low, high] = wilson({ count: half.happy, of })
    return { x, period: half, y: y(half.happy / of), low: y(low), high: y(high), share: percentWords(half).happy }
  })
  const gaps = placed(shown).flatMap(({ thing, place }, at) =>
    !isRated(thing) && at + 1 < shown.length ? [place.centre] : [],
  )
  return { points: points.filter((point) => point !== null), gaps, path: pathOf(points) }
}

const isRated = (tally: Counts | undefined) => tally !== undefined && totalOf(tally) >= enough

/** A person's bounds on a line that is the same for everybody. */
export function whiskers(bounds: readonly { mean: number; interval: readonly [number, number] }[], team: number) {
  const x = scaleLinear(spanOf([team, ...bounds.flatMap(({ interval }) => interval)]), [2, 98])
  return {
    team: x(team),
    rows: bounds.map(({ mean, interval: [low, high] }) => ({ mean: x(mean), low: x(low), high: x(high) })),
  }
}
