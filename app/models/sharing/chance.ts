/** Chance that comes out the same every time for one seed: it can be described, photographed and tested. */
export type Chance = {
  /** At least 0, below 1. */
  next(): number
  /** 32 of them, as a whole number from 0. */
  bits(): number
  /** How many of something that comes `mean` times on average. */
  poisson(mean: number): number
  /** Around `median`, long to the right; `spread` is the deviation of its logarithm. */
  lognormal(median: number, spread: number): number
  /** The same around its mean. */
  around(mean: number, spread: number): number
}

export function chanceFrom(seed: number): Chance {
  const bits = sfc32(seed)
  const next = () => bits() / 4_294_967_296
  const lognormal = (median: number, spread: number) => median * Math.exp(spread * gauss(next))
  return {
    next,
    bits,
    poisson: (mean) =>
      mean > 40 ? Math.max(0, Math.round(mean + Math.sqrt(mean) * gauss(next))) : counted(mean, next),
    lognormal,
    around: (mean, spread) => lognormal(mean * Math.exp(-(spread * spread) / 2), spread),
  }
}

/** Small, fast, and good enough for fiction and for simulation. */
function sfc32(seed: number) {
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
  for (let warm = 0; warm < 15; warm++) bits()
  return bits
}

/** Box and Muller. */
const gauss = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

/** Knuth's. */
function counted(mean: number, next: () => number) {
  const floor = Math.exp(-mean)
  let count = 0
  for (let left = next(); left > floor; left *= next()) count++
  return count
}
