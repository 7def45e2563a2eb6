import { scaleBand } from "d3-scale"
import { line } from "d3-shape"

/*
 * Where the marks of a chart go. All lengths are percents of the drawing, `y` from its top, so that text keeps its
 * size on a phone while the marks give way. Drawn on the server only: a browser never loads d3.
 */

export type Place = { x: number; width: number; centre: number; labelled: boolean }

/** So many columns side by side. */
export function placesOf(count: number): Place[] {
  const band = scaleBand(
    Array.from({ length: count }, (_, at) => at),
    [0, 100],
  ).paddingInner(count > 16 ? 0.12 : 0.18)
  return band.domain().map((at) => {
    const x = band(at) ?? 0
    return { x, width: band.bandwidth(), centre: x + band.bandwidth() / 2, labelled: isLabelled(at, count) }
  })
}

/** Each column's thing with its place. */
export function placed<T>(things: readonly T[]): { thing: T; place: Place }[] {
  const places = placesOf(things.length)
  return things.flatMap((thing, at) => {
    const place = places[at]
    return place ? [{ thing, place }] : []
  })
}

/** Up to sixteen columns are each labelled, beyond that about twelve of them. */
const isLabelled = (at: number, count: number) => count <= 16 || at % Math.ceil(count / 12) === 0

/** From the lowest to the highest with some air; never so close that nothing looks like much. */
export function spanOf(shares: readonly number[]): [number, number] {
  if (shares.length === 0) return [0, 1]
  const [low, high] = [Math.min(...shares), Math.max(...shares)]
  const air = Math.max(0.05 - (high - low), 0) / 2
  return [Math.max(0, low - air), Math.min(1, high + air)]
}

/** The line through the points, broken where there is none. */
export function pathOf(points: readonly ({ x: number; y: number } | null)[]) {
  const draw = line<{ x: number; y: number } | null>()
    .defined((point) => point !== null)
    .x((point) => point?.x ?? 0)
    .y((point) => point?.y ?? 0)
    .digits(2)
  return draw(points) ?? ""
}
