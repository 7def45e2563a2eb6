import { scaleBand, scaleLinear } from "d3-scale"
import type { ForecastRow } from "./forecast.ts"

export type ForecastBar = {
  people: number
  x: number
  width: number
  centre: number
  y: number
  height: number
  words: string
}

/** The share answered within an hour as columns, all lengths in percents of the drawing. */
export function forecastBars(rows: readonly ForecastRow[]): ForecastBar[] {
  const band = scaleBand(
    rows.map(({ people }) => people),
    [0, 100],
  ).padding(0.3)
  const height = scaleLinear([0, 1], [0, 84])
  return rows.map(({ people, withinHour }) => {
    const x = band(people) ?? 0
    const tall = height(withinHour ?? 0)
    const place = { x, width: band.bandwidth(), centre: x + band.bandwidth() / 2, y: 100 - tall, height: tall }
    return { people, ...place, words: shareWords(withinHour) }
  })
}

/** Whole percents, never rounded up to all nor down to none. */
export function shareWords(share: number | null) {
  if (share === null) return "–"
  if (share > 0.995 && share < 1) return ">99%"
  if (share > 0 && share < 0.005) return "<1%"
  return `${Math.round(share * 100)}%`
}
