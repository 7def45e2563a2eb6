export const causeGroups = ["people", "process", "product", "policy", "other"] as const
export type CauseGroup = (typeof causeGroups)[number]

type Cause = { key: string; name: string; group: CauseGroup; ours: boolean; position: number }

const words: Record<CauseGroup, [key: string, name: string][]> = {
  people: [
    ["tone", "Tone"],
    ["misunderstood", "Misunderstood the question"],
    ["wrong-answer", "Wrong answer"],
    ["incomplete", "Incomplete answer"],
    ["careless", "Careless"],
  ],
  process: [
    ["slow-first-reply", "Slow first reply"],
    ["slow-to-solve", "Slow to solve"],
    ["too-many-hands", "Too many hands"],
    ["had-to-repeat", "Had to repeat themselves"],
    ["felt-canned", "Felt canned"],
  ],
  product: [
    ["bug", "Bug"],
    ["missing-feature", "Missing feature"],
    ["hard-to-use", "Hard to use"],
    ["outage", "Outage or lost data"],
  ],
  policy: [
    ["price", "Price or billing"],
    ["refund", "Refund"],
    ["limit", "Limit"],
    ["no", "We said no"],
  ],
  other: [
    ["not-about-us", "Not about us"],
    ["misclick", "Misclick"],
    ["abusive", "Abusive"],
    ["unclear", "Unclear"],
  ],
}

/** Why customers were unhappy, in two levels. `ours`: support itself can change it. */
export const causeBook: Cause[] = causeGroups
  .flatMap((group) => words[group].map(([key, name]) => ({ key, name, group, ours: isOurs(group) })))
  .map((cause, place) => ({ ...cause, position: place + 1 }))

function isOurs(group: CauseGroup) {
  return group === "people" || group === "process"
}

export type CauseCount = { key: string | null; name: string; group: string; ours: boolean | null; count: number }
export type ParetoRow = CauseCount & { share: number; cumulative: number }

/** Most frequent first, with shares as fractions of all; frowns without a cause stand in it as what they are. */
export function pareto(counts: readonly CauseCount[]): ParetoRow[] {
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  let sum = 0
  return counts
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .map((row) => {
      sum += row.count
      return { ...row, share: row.count / total, cumulative: sum / total }
    })
}

export type Half = { year: number; part: 1 | 2 }

/** A half year as an address writes it, "2011-2"; null when it is none. */
export function readHalf(text: string | null): Half | null {
  const [, year, part] = /^(\d{4})-([12])$/.exec(text ?? "") ?? []
  return year && part ? { year: Number(year), part: part === "1" ? 1 : 2 } : null
}

export const writeHalf = ({ year, part }: Half) => `${String(year).padStart(4, "0")}-${part}`
export const sayHalf = ({ year, part }: Half) => `${part === 1 ? "First" : "Second"} half of ${year}`
export const nextHalf = ({ year, part }: Half): Half => (part === 1 ? { year, part: 2 } : { year: year + 1, part: 1 })
export const halfBefore = ({ year, part }: Half): Half => (part === 2 ? { year, part: 1 } : { year: year - 1, part: 2 })
/** The first day of a half year, and the half year of a day, as "YYYY-MM-DD". */
export const firstDayOf = (half: Half) => `${String(half.year).padStart(4, "0")}-${half.part === 1 ? "01" : "07"}-01`
export const halfOf = (day: string): Half => ({ year: Number(day.slice(0, 4)), part: day.slice(5) < "07" ? 1 : 2 })
