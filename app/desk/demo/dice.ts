/** Chance that comes out the same every time: a demo can be described, photographed and tested. */
export type Dice = {
  /** At least 0, below 1. */
  next(): number
  /** A whole number, both ends included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** One of them, the heavier the likelier. */
  weighted<T extends { weight: number }>(list: readonly T[]): T
  /** Around `median`, long to the right; `spread` is the deviation of its logarithm. */
  lognormal(median: number, spread: number): number
  hex(length: number): string
}

/** sfc32: small, fast, and good enough for fiction. */
export function diceFrom(seed: number): Dice {
  let [a, b, c, count] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1]
  function bits() {
    const sum = (((a + b) | 0) + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  const next = () => bits() / 4_294_967_296
  for (let warm = 0; warm < 15; warm++) bits()
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => at(list, Math.floor(next() * list.length)),
    weighted: (list) => weighted(list, next()),
    lognormal: (median, spread) => median * Math.exp(spread * gauss(next, next)),
    hex: (length) => Array.from({ length: length / 8 }, () => bits().toString(16).padStart(8, "0")).join(""),
  }
}

/** Box and Muller. */
const gauss = (first: () => number, second: () => number) =>
  Math.sqrt(-2 * Math.log(1 - first())) * Math.cos(2 * Math.PI * second())

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
