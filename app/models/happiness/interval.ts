import jStat from "jstat"

/** A part of a whole: 1,800 of 2,000. */
export type Part = { count: number; of: number }

/** From and to, as fractions of one. */
export type Interval = [low: number, high: number]

/** The 97.5th percentile of the normal distribution: every interval here covers 95%. */
export const z = 1.959963984540054

/** Wilson's interval for a share. Nothing known is anything possible. */
export function wilson({ count, of }: Part): Interval {
  if (of === 0) return [0, 1]
  const [low, high] = wilsonOfShare(count / of, of)
  return [count === 0 ? 0 : low, count === of ? 1 : high]
}

/** The same for a share whose number of voices is not whole, as with repeat raters. */
export function wilsonOfShare(share: number, of: number): Interval {
  const shrink = 1 + z ** 2 / of
  const centre = (share + z ** 2 / (2 * of)) / shrink
  const half = (z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / shrink
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}

/** Jeffreys' interval: a second opinion where ratings are few. */
export function jeffreys({ count, of }: Part): Interval {
  const { inv } = jStat.beta
  return [
    count === 0 ? 0 : inv(0.025, count + 0.5, of - count + 0.5),
    count === of ? 1 : inv(0.975, count + 0.5, of - count + 0.5),
  ]
}

/** Clopper and Pearson's, called exact: never too narrow, mostly too wide. */
export function clopperPearson({ count, of }: Part): Interval {
  const { inv } = jStat.beta
  return [count === 0 ? 0 : inv(0.025, count, of - count + 1), count === of ? 1 : inv(0.975, count + 1, of - count)]
}

/** How many ratings make the interval around `share` about plus or minus `half` (0.02 is two points). */
export const ratingsNeeded = (share: number, half: number) => Math.ceil((z ** 2 * share * (1 - share)) / half ** 2)

/**
 * Where the share of happy among everybody asked must lie, whatever those who did not answer think: the worst case,
 * that all of them were unhappy, to the best.
 */
export const silenceBounds = (share: number, responseRate: number): Interval => [
  responseRate * share,
  responseRate * share + (1 - responseRate),
]
