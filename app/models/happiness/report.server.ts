import { addDays, dayOf } from "../people/hours.ts"
import { setting } from "../people/settings.server.ts"
import type { Basis } from "../ratings/tally.ts"
import { dayLoads, dayTallies, firstReplyDay, ratedDays, type Within } from "./days.server.ts"
import { type LoadPeriod, loadPeriods } from "./load.ts"
import { before, type Kind, type Period, periodOf, periodsBetween } from "./period.ts"
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
  timeZone: string
  basis: Basis
  periods: PeriodReport[]
  /** The last period against the one before it, which need not be among `periods`. */
  change: Change | null
  sentence: string
}

/** The ratio over periods: settled, unvoided first impressions of replies that did not follow up a frown. */
export async function happinessReport(question: Question, now: Date): Promise<HappinessReport> {
  const { basis, mailboxId, agentId, within } = question
  const timeZone = await setting("desk.timeZone")
  const first = question.from ? null : (await ratedDays(basis, { within })).first
  const periods = periodsIn(question, first, dayOf(now, timeZone))
  const stretch = { ...around(periods), mailboxId, agentId, within }
  const everyone = mailboxId === null && agentId === null
  const [days, loads] = await Promise.all([dayTallies(basis, stretch), everyone ? dayLoads(stretch) : []])
  const story = storyOf(lastOf(periods), days, loads, basis)
  return {
    timeZone,
    basis,
    periods: tallied(days, periods).map((period) => reported(period, basis)),
    change: story.before && changeBetween(story.last, story.before),
    sentence: wordsOf(sentenceOf(story)),
  }
}

/** Emails per agent per day over periods. */
export async function loadReport({ within, ...range }: Range & Within, now: Date): Promise<{ periods: LoadPeriod[] }> {
  const timeZone = await setting("desk.timeZone")
  const first = range.from ? null : await firstReplyDay({ within })
  const periods = periodsIn(range, first, dayOf(now, timeZone))
  const loads = await dayLoads({ ...around(periods), mailboxId: null, agentId: null, within })
  return { periods: loadPeriods(loads, periods) }
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
