import jStat from "jstat"
import { type Interval, type Part, wilson, wilsonOfShare } from "./interval.ts"

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const within = (low: number, high: number): Interval => [Math.max(0, low), Math.min(1, high)]

/** What a month may swing by chance around the usual share: three standard errors. Below 30 ratings it may be anything. */
export function controlLimits(usual: number, of: number): Interval | null {
  if (of < 30) return null
  const swing = 3 * Math.sqrt((usual * (1 - usual)) / of)
  return within(usual - swing, usual + swing)
}

/** Where one person's share lies by chance in 95 and in 99.8 of 100 cases if they are like everybody else. */
export function funnel(team: number, of: number) {
  const error = Math.sqrt((team * (1 - team)) / of)
  return {
    usual: within(team - 1.96 * error, team + 1.96 * error),
    far: within(team - 3.0902 * error, team + 3.0902 * error),
  }
}

/** Only this far from the team is a person's figure worth a word, and only with thirty ratings. */
export function standsOut({ count, of }: Part, team: number) {
  const { far } = funnel(team, of)
  return of >= 30 && (count / of < far[0] || count / of > far[1])
}

/** `times` customers who each gave `of` ratings, `count` of them this face. */
export type Raters = Part & { times: number }

/**
 * Ten ratings by one customer say less than ten by ten: the number of voices the ratings are worth, the interval with
 * it, and the share if every customer had one voice. Not adjusted below ten customers.
 */
export function repeatRaters(raters: readonly Raters[]) {
  const customers = sum(raters.map(({ times }) => times))
  const count = sum(raters.map((r) => r.count * r.times))
  const of = sum(raters.map((r) => r.of * r.times))
  const share = count / of
  const oneVoice = sum(raters.map((r) => (r.count / r.of) * r.times)) / customers
  if (customers < 10 || share === 0 || share === 1)
    return { share, voices: of, interval: wilson({ count, of }), oneVoice, adjusted: false }
  const squares = sum(raters.map((r) => (r.count - share * r.of) ** 2 * r.times))
  const variance = ((customers / (customers - 1)) * squares) / of ** 2
  const voices = Math.min(of, (share * (1 - share)) / variance)
  return { share, voices, interval: wilsonOfShare(share, voices), oneVoice, adjusted: true }
}

export type Estimate = { mean: number; low: number; high: number }

/**
 * What each person's share probably is, drawn towards the team's the more the fewer ratings they have: three of three
 * is not better than 270 of 290. `people` is null where no difference between people can be told from chance.
 */
export function peopleEstimates(parts: readonly Part[]): {
  team: number
  rho: number
  people: (Estimate | null)[] | null
} {
  const rated = parts.filter(({ of }) => of > 0)
  const all = sum(rated.map(({ of }) => of))
  const team = all === 0 ? 0 : sum(rated.map(({ count }) => count)) / all
  const rho = alikeness(rated, team, all)
  if (rated.length < 4 || !(rho > 0)) return { team, rho, people: null }
  const weight = (1 - rho) / rho
  return { team, rho, people: parts.map((part) => (part.of === 0 ? null : drawnTo(team, weight, part))) }
}

/** Kleinman's moments: how alike two ratings of one person are, beyond what everybody's are. */
function alikeness(rated: readonly Part[], team: number, all: number) {
  const noise = team * (1 - team)
  const others = rated.length - 1
  const between = sum(rated.map(({ count, of }) => of * (count / of - team) ** 2))
  return (between - noise * others) / (noise * (all - sum(rated.map(({ of }) => of ** 2)) / all - others))
}

function drawnTo(team: number, weight: number, { count, of }: Part): Estimate {
  const [a, b] = [team * weight + count, (1 - team) * weight + of - count]
  return { mean: a / (a + b), low: jStat.beta.inv(0.025, a, b), high: jStat.beta.inv(0.975, a, b) }
}
