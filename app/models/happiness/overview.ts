import { addDays } from "../people/hours.ts"
import type { Face } from "../ratings/face.ts"
import { bandDrawing } from "./band-drawing.ts"
import { bySeason, comparisons, intervalsOf, steadily } from "./compare.ts"
import { ratingsNeeded, silenceBounds } from "./interval.ts"
import { type DayLoad, loadPeriods } from "./load.ts"
import { loadDrawing, loadUnits } from "./load-drawing.ts"
import { people, type Rated } from "./people.ts"
import { type Counts, isEnough, sharePercent, totalOf } from "./percent.ts"
import { after, asOf, before, kinds, type Period, periodOf, periodsBetween, samePart } from "./period.ts"
import { type DayRow, responseRate, tallied } from "./report.ts"
import { runDrawing, whiskers } from "./run-drawing.ts"
import { sentenceOf } from "./sentence.ts"
import { type Raters, repeatRaters } from "./spread.ts"
import { storyOf } from "./story.ts"

/** What a year is drawn by; weeks that reach over an edge are cut at it. */
const units: { [K in Period["kind"]]: Period["kind"] } = {
  year: "month",
  half: "month",
  quarter: "week",
  month: "day",
  week: "day",
  day: "day",
}

export type Known = {
  period: Period
  today: string
  linkDays: number
  days: readonly DayRow[]
  /** By day; without the sentence's clause where the report is narrowed and load would mean something else. */
  loads: readonly DayLoad[]
  narrowed: boolean
  /** Null until somebody asks: it reads every rating of the period. */
  raters: readonly Raters[] | null
}

/** Everything the page says that follows from the days. */
export function overview({ period, today, linkDays, days, loads, narrowed, raters }: Known) {
  const story = storyOf(period, days, narrowed ? [] : loads, "sent", today)
  const { last } = story
  const rated = days.filter((day) => totalOf(day) > 0)
  const lastRated = rated.at(-1)?.day ?? null
  const halves = periodsBetween(rated[0]?.day ?? period.from, laterOf(lastRated, period.from), "half")
  const run = tallied(
    days,
    halves.map((half) => asOf(half, today)),
  )
  return {
    ...{ last, shares: faceShares(last), response: responseRate(last, "sent"), sentence: sentenceOf(story) },
    steps: stepsFrom(period, today, lastRated),
    comparisons: comparisons(last, days, today),
    season: bySeason(period, days, today),
    band: bandDrawing(tallied(days, cutBy(period, units[period.kind], today)), addDays(today, -linkDays)),
    run: { ...runDrawing(run), steadily: steadily(run) },
    loads: loadPeriods(loads, [samePart(before(period), period, today), period]),
    sure: sureOf(last, raters),
  }
}

const faceShares = (tally: Counts) => {
  const share = (face: Face) => sharePercent({ count: tally[face], of: totalOf(tally) })
  return { happy: share("happy"), ok: share("ok"), frown: share("frown") }
}

const laterOf = (a: string | null, b: string) => addDays(a !== null && a > b ? a : b, 1)

/** Happy and load of the same stretches, by the usual unit of the page or by week. */
export function overviewLoad(known: Pick<Known, "period" | "days" | "loads" | "today">, byWeek: "week" | null) {
  const { period, days, loads, today } = known
  return loadDrawing(loadUnits(days, loads, cutBy(period, byWeek ?? units[period.kind], today)))
}

/** People or mailboxes with their bounds on one line. */
export function overviewPeople(rated: readonly Rated[], onlyId: number | null) {
  const { team, differ, rows } = people(rated)
  const shown = onlyId === null ? rows : rows.filter(({ id }) => id === onlyId)
  const drawn = whiskers(
    shown.flatMap(({ happy }) => happy ?? []),
    team,
  )
  const places = shown.map((row, at) => (row.happy ? shown.slice(0, at).filter(({ happy }) => happy).length : null))
  const drawnRows = shown.map((row, at) => ({
    ...row,
    whisker: drawn.rows[places[at] ?? -1] ?? null,
  }))
  const compared = rows.filter(({ happy }) => happy).length
  return { differ: differ || compared < 2, line: compared === 0 ? null : drawn.team, rows: drawnRows }
}

/** The other kinds of period around the same days, and the ones before and after. */
function stepsFrom(period: Period, today: string, lastRated: string | null) {
  const end = addDays(period.to, -1)
  const known = lastRated !== null && lastRated >= period.from && lastRated < end ? lastRated : end
  const next = asOf(after(period), today)
  return {
    kinds: kinds.map((kind) => ({ kind, name: kind === period.kind ? period.name : periodOf(known, kind).name })),
    before: asOf(before(period), today),
    after: next.from > today ? null : next,
  }
}

function cutBy(period: Period, kind: Period["kind"], today: string): Period[] {
  return periodsBetween(period.from, period.to, kind).map((unit) => ({
    ...asOf(unit, today),
    from: unit.from < period.from ? period.from : unit.from,
    to: unit.to > period.to ? period.to : unit.to,
  }))
}

/** How far the share of happy can be trusted: repeat raters, silence, and how many ratings a better answer takes. */
function sureOf(last: ReturnType<typeof storyOf>["last"], raters: Known["raters"]) {
  const rated = totalOf(last)
  if (!isEnough(last)) return null
  const response = responseRate(last, "sent")
  const share = last.happy / rated
  return {
    intervals: intervalsOf(last),
    repeat: raters === null || raters.length === 0 ? null : repeatRaters(raters),
    bounds: response === null || response > 1 ? null : silenceBounds(share, response),
    needed: ratingsNeeded(share, 0.02),
  }
}
