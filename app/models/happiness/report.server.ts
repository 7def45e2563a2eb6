import { addDays, dayOf } from "../people/hours.ts"
import type { Basis } from "../ratings/tally.ts"
import { inOneZone, type Zones } from "../ratings/tally-zone.server.ts"
import { dayLoads, dayTallies, firstReplyDay, ratedDays, type Within } from "./days.server.ts"
import { loadPeriods } from "./load.ts"
import { before, isOver, type Kind, type Period, periodOf, periodsBetween } from "./period.ts"
import { type Change, changeBetween, type PeriodReport, reported, tallied } from "./report.ts"
import { sentenceOf, wordsOf } from "./sentence.ts"
import { storyOf } from "./story.ts"

/**
 * `from` and `to` are days in the desk's zone, `to` the day after the last; both are widened to whole periods of `by`.
 * Null for `from`: the first year with ratings. Null for `to`: the period we are in.
 */
export type Range = { from: string | null; to: string | null; by: Kind }
export type Question = Range & Within & { mailboxId: number | null; agentId: number | null; basis: Basis }

export type HappinessReport = {
  /** The zone whose days are counted; after a change of the desk's the old one until all is counted anew in `nextTimeZone`. */
  timeZone: string
  nextTimeZone: string | null
  basis: Basis
  periods: (PeriodReport & { isOver: boolean })[]
  /** The last period against the one before it, or the same part of it where it is not over. */
  change: Change | null
  sentence: string
}

/** The ratio over periods: settled, unvoided first impressions of replies that did not follow up a frown. */
export const happinessReport = (question: Question, now: Date): Promise<HappinessReport> =>
  inOneZone((zones) => happinessIn(zones, question, now))

async function happinessIn(zones: Zones, question: Question, now: Date): Promise<HappinessReport> {
  const { basis, mailboxId, agentId, within } = question
  const { timeZone } = zones
  const first = question.from ? null : (await ratedDays(basis, { within })).first
  const today = dayOf(now, timeZone)
  const periods = periodsIn(question, first, today)
  const stretch = { ...around(periods), mailboxId, agentId, within }
  const everyone = mailboxId === null && agentId === null
  const [days, loads] = await Promise.all([dayTallies(basis, stretch), everyone ? dayLoads(stretch) : []])
  const story = storyOf(lastOf(periods), days, loads, basis, today)
  return {
    ...zones,
    basis,
    periods: tallied(days, periods).map((period) => ({ ...reported(period, basis), isOver: isOver(period, today) })),
    change: story.before && changeBetween(story.last, story.before),
    sentence: wordsOf(sentenceOf(story)),
  }
}

/** Emails per agent per day over periods. */
export const loadReport = (range: Range & Within, now: Date) => inOneZone((zones) => loadIn(zones, range, now))

async function loadIn(zones: Zones, { within, ...range }: Range & Within, now: Date) {
  const today = dayOf(now, zones.timeZone)
  const first = range.from ? null : await firstReplyDay({ within })
  const periods = periodsIn(range, first, today)
  const loads = await dayLoads({ ...around(periods), mailboxId: null, agentId: null, within })
  const told = loadPeriods(loads, periods).map((load) => ({ ...load, isOver: isOver(load, today) }))
  return { ...zones, periods: told }
}

/** What a range means: with whole periods, up to the one we are in, from the first there is anything in. */
export function periodsIn({ from, to, by }: Range, first: string | null, today: string) {
  const end = to ?? periodOf(today, by).to
  const start = from ?? periodOf(first ?? today, "year").from
  return periodsBetween(start < end ? start : addDays(end, -1), end, by)
}

const lastOf = (periods: readonly Period[]) => {
  const last = periods.at(-1)
  if (!last) throw new Error("a report has at least one period")
  return last
}

/** From the period before the last, or the first where that is earlier, to the end of the last. */
function around(periods: readonly Period[]) {
  const last = lastOf(periods)
  const [first = last] = periods
  const earlier = before(last).from
  return { from: earlier < first.from ? earlier : first.from, to: last.to }
}
