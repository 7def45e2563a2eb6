import type { Face } from "../ratings/face.ts"
import { type Column, csvOf } from "./csv.ts"
import { isEnough } from "./percent.ts"
import type { PeriodReport } from "./report.ts"

type Row = PeriodReport & { isOver: boolean }

const tenth = (share: number | undefined) => (share === undefined ? null : Number((share * 100).toFixed(1)))
const percents = (face: Face): Column<Row>[] => [
  [`${face}Percent`, (row) => (isEnough(row) ? tenth(row[face] / row.rated) : null)],
  [`${face}Low`, ({ intervals }) => tenth(intervals[face]?.[0])],
  [`${face}High`, ({ intervals }) => tenth(intervals[face]?.[1])],
]

const columns: Column<Row>[] = [
  ["from", ({ from }) => from],
  ["to", ({ to }) => to],
  ["label", ({ label, isOver }) => (isOver ? label : `${label} so far`)],
  ["asked", ({ asked }) => asked],
  ["rated", ({ rated }) => rated],
  ["responseRate", ({ responseRate }) => responseRate],
  ["happy", ({ happy }) => happy],
  ["ok", ({ ok }) => ok],
  ["frown", ({ frown }) => frown],
  ["happyShare", ({ shares }) => shares.happy],
  ["okShare", ({ shares }) => shares.ok],
  ["frownShare", ({ shares }) => shares.frown],
  ["isOver", ({ isOver }) => String(isOver)],
  ...percents("happy"),
  ...percents("ok"),
  ...percents("frown"),
]

/** The happiness report as a file: the figures of the JSON, and shares and their intervals in percents to a tenth. */
export const happinessCsv = (periods: readonly Row[]) => csvOf(columns, periods)
