import { type Chance, chanceFrom } from "#app/models/sharing/chance.ts"

/** Chance with what a story asks of it. */
export type Dice = Chance & {
  /** A whole number, both ends included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** One of them, the heavier the likelier. */
  weighted<T extends { weight: number }>(list: readonly T[]): T
  hex(length: number): string
}

export function diceFrom(seed: number): Dice {
  const chance = chanceFrom(seed)
  const { next, bits } = chance
  return {
    ...chance,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => at(list, Math.floor(next() * list.length)),
    weighted: (list) => weighted(list, next()),
    hex: (length) => Array.from({ length: length / 8 }, () => bits().toString(16).padStart(8, "0")).join(""),
  }
}

function weighted<T extends { weight: number }>(list: readonly T[], where: number): T {
  let left = where * list.reduce((sum, { weight }) => sum + weight, 0)
  for (const one of list) {
    left -= one.weight
    if (left < 0) return one
  }
  return at(list, list.length - 1)
}

function at<T>(list: readonly T[], place: number): T {
  const found = list[place]
  if (found === undefined) throw new Error("nothing to pick from")
  return found
}
