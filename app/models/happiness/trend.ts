import { addDays } from "../people/hours.ts"
import { type Column, csvOf } from "./csv.ts"
import type { DayLoad, LoadPeriod } from "./load.ts"
import { loadDrawing, loadUnits } from "./load-drawing.ts"
import { sharePercent, totalOf } from "./percent.ts"
import { asOf, before, inWords, isOver, type Kind, type Period, periodOf } from "./period.ts"
import type { DayRow } from "./report.ts"

/** How many of each unit the page shows when nobody asked for more; null: all there are. */
const usual: Record<Kind, number | null> = { year: null, half: null, quarter: 16, month: 24, week: 26 }

/** Where the page begins when nobody said: a readable stretch back, or the first reply where that is later. */
export function usualStart(by: Kind, firstReply: string, end: string): string {
  const count = usual[by]
  if (count === null) return firstReply
  let back = periodOf(addDays(end, -1), by)
  for (let shown = 1; shown < count; shown++) back = before(back)
  return back.from > firstReply ? back.from : firstReply
}

/** What is left empty in the form, in words. */
export const usualWords = (by: Kind) => (usual[by] === null ? "since the first reply" : `the last ${usual[by]} ${by}s`)

/** Each period with its load, and how its replies were rated; newest last. */
export function trendOf(days: readonly DayRow[], loads: readonly DayLoad[], periods: readonly Period[], today: string) {
  const units = loadUnits(
    days,
    loads,
    periods.map((period) => asOf(period, today)),
  )
  const rows = units.map((unit) => ({
    ...unit,
    isOver: isOver(unit, today),
    worstDayWords: unit.worstDayOn && periodOf(unit.worstDayOn, "day").label,
    rated: totalOf(unit),
    share: sharePercent({ count: unit.happy, of: totalOf(unit) }),
  }))
  return { rows, load: loadDrawing(units), latest: latestOf(rows) }
}

export type TrendRow = ReturnType<typeof trendOf>["rows"][number]

/** The last whole period somebody worked in, and the one before it. */
function latestOf(rows: readonly (Period & LoadPeriod & { isOver: boolean })[]) {
  const at = rows.findLastIndex(({ isOver, perAgentDay }) => isOver && perAgentDay !== null)
  const [is, was] = [rows[at], rows[at - 1]]
  if (!is) return null
  const said = (row: Period & LoadPeriod) => ({ each: row.perAgentDay, when: inWords(row) })
  return { is: said(is), was: was?.perAgentDay ? said(was) : null }
}

type Row = LoadPeriod & { isOver: boolean }

const loadColumns: Column<Row>[] = [
  ["from", ({ from }) => from],
  ["to", ({ to }) => to],
  ["label", ({ label }) => label],
  ["replies", ({ replies }) => replies],
  ["agentDays", ({ agentDays }) => agentDays],
  ["perAgentDay", ({ perAgentDay }) => perAgentDay],
  ["medianDay", ({ medianDay }) => medianDay],
  ["worstDay", ({ worstDay }) => worstDay],
  ["worstDayOn", ({ worstDayOn }) => worstDayOn],
]
const overColumn: Column<Row> = ["isOver", ({ isOver }) => String(isOver)]

/** The load report as a file: the same names and figures as in JSON. */
export const loadCsv = (periods: readonly Row[]) =>
  csvOf(
    [...loadColumns, overColumn],
    periods.map((row) => (row.isOver ? row : { ...row, label: `${row.label} so far` })),
  )

/** The page's table as a file, with the counts its shares come from. */
export const trendCsv = (rows: readonly TrendRow[]) =>
  csvOf<TrendRow>([...loadColumns, ["rated", ({ rated }) => rated], ["happy", ({ happy }) => happy], overColumn], rows)
