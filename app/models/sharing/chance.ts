/** Chance that comes out the same every time for one seed (mulberry32). */
export type Chance = {
  /** At least 0, below 1. */
  next(): number
  /** How many of something that comes `mean` times on average. */
  poisson(mean: number): number
  /** Around `mean`, long to the right; `spread` is the deviation of its logarithm. */
  around(mean: number, spread: number): number
}

export function chanceFrom(seed: number): Chance {
  let state = seed | 0
  function next() {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
  const gauss = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    poisson: (mean) => (mean > 40 ? Math.max(0, Math.round(mean + Math.sqrt(mean) * gauss())) : counted(mean, next)),
    around: (mean, spread) => mean * Math.exp(spread * gauss() - (spread * spread) / 2),
  }
}

/** Knuth's. */
function counted(mean: number, next: () => number) {
  const floor = Math.exp(-mean)
  let count = 0
  for (let left = next(); left > floor; left *= next()) count++
  return count
}
