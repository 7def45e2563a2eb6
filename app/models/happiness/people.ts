import type { Interval } from "./interval.ts"
import { wilson } from "./interval.ts"
import { isEnough, totalOf } from "./percent.ts"
import type { Tally } from "./report.ts"
import { peopleEstimates, standsOut } from "./spread.ts"

export type Rated = { id: number; name: string; tally: Tally; replies: number; days: number }

export type Person = Rated & {
  /** What the share of happy probably is, from 0 to 1, and between which bounds; null under ten ratings. */
  happy: { mean: number; interval: Interval } | null
  /** Further from the team than chance takes anybody in 998 of 1,000 cases. */
  standsOut: boolean
}

/**
 * People by name, never by rank. Where people differ, each one's share is drawn towards the team's
 * the more the fewer ratings they have; where no difference can be told, each stands with the plain interval.
 */
export function people(rated: readonly Rated[]) {
  const parts = rated.map(({ tally }) => ({ count: tally.happy, of: totalOf(tally) }))
  const { team, people: estimates } = peopleEstimates(parts)
  const rows = rated.map((person, at): Person => {
    const part = parts[at] ?? { count: 0, of: 0 }
    const estimate = estimates?.[at]
    const happy = estimate
      ? { mean: estimate.mean, interval: [estimate.low, estimate.high] as Interval }
      : { mean: part.count / part.of, interval: wilson(part) }
    return { ...person, happy: isEnough(person.tally) ? happy : null, standsOut: standsOut(part, team) }
  })
  return {
    team,
    differ: estimates !== null,
    rows: rows.toSorted((a, b) => a.name.localeCompare(b.name) || a.id - b.id),
  }
}
