import type { Face } from "#app/models/ratings/face.ts"
import type { Dice } from "./dice.ts"

export type Faces = Record<Face, number>

/** `total` in whole parts that follow the weights and add up: largest remainder. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const exact = weights.map((weight) => (all === 0 ? 0 : (total * weight) / all))
  const parts = exact.map(Math.floor)
  const left = total - parts.reduce((sum, part) => sum + part, 0)
  const byRemainder = exact.map((share, place) => ({ place, rest: share % 1 })).toSorted((a, b) => b.rest - a.rest)
  for (const { place } of byRemainder.slice(0, left)) parts[place] = (parts[place] ?? 0) + 1
  return parts
}

/** Shares in percent of that many ratings, exact when it is a multiple of a hundred. */
export function facesOf(rated: number, [happy, ok, frown]: readonly [number, number, number]): Faces {
  const [h = 0, o = 0, f = 0] = apportion(rated, [happy, ok, frown])
  return { happy: h, ok: o, frown: f }
}

/**
 * Exactly `count` of the places, each the likelier the heavier it weighs (Efraimidis and Spirakis): that is how the
 * shares of a half-year come out to the single rating and its weeks still swing.
 */
export function drawPlaces(weights: readonly number[], count: number, dice: Dice): number[] {
  const keys = weights.map((weight, place) => ({ place, key: weight <= 0 ? -1 : dice.next() ** (1 / weight) }))
  return keys
    .filter(({ key }) => key >= 0)
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ place }) => place)
}
