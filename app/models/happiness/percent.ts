import type { Face } from "../ratings/face.ts"

export type Counts = { [F in Face]: number }

/** Ties go to the first of these, so that rounding never flatters us. */
const worstFirst = ["frown", "ok", "happy"] as const

/** Fewer than this, and a percentage would be a lie; fewer than `many`, and it is said that they are few. */
export const enough = 10
export const many = 30

export const isEnough = (counts: Counts) => totalOf(counts) >= enough

export const totalOf = ({ happy, ok, frown }: Counts) => happy + ok + frown

/** Whole percents that add to 100, by largest remainder on integers; all zero without ratings. */
export function wholePercents(counts: Counts): Counts {
  const all = totalOf(counts)
  if (all === 0) return { happy: 0, ok: 0, frown: 0 }
  const shares = {
    happy: Math.floor((100 * counts.happy) / all),
    ok: Math.floor((100 * counts.ok) / all),
    frown: Math.floor((100 * counts.frown) / all),
  }
  const remainder = (face: Face) => (100 * counts[face]) % all
  const byRemainder = worstFirst.toSorted((a, b) => remainder(b) - remainder(a))
  for (const face of byRemainder.slice(0, 100 - totalOf(shares))) shares[face] += 1
  return shares
}

/** The same as printed, without the sign: "<1" for some that round to none, ">99" for not quite all. */
export function percentWords(counts: Counts): { [F in Face]: string } {
  const shares = wholePercents(counts)
  const all = totalOf(counts)
  const words = (face: Face) => {
    if (shares[face] === 0 && counts[face] > 0) return "<1"
    if (shares[face] === 100 && counts[face] < all) return ">99"
    return String(shares[face])
  }
  return { happy: words("happy"), ok: words("ok"), frown: words("frown") }
}

/**
 * A share to a tenth of a point, as tables print it: a change that rounding makes, or hides, is none. "<0.1%" for some
 * that round to none; null of fewer than ten.
 */
export function sharePercent({ count, of }: { count: number; of: number }): string | null {
  if (of < enough) return null
  const points = ((100 * count) / of).toFixed(1)
  if (points === "0.0" && count > 0) return "<0.1%"
  return points === "100.0" && count < of ? ">99.9%" : `${points}%`
}

/** 100,000, not 100000. */
export const grouped = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",")
