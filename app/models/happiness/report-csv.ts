import { type Column, csvOf } from "./csv.ts"
import type { PeriodReport } from "./report.ts"

const columns: Column<PeriodReport>[] = [
  ["from", ({ from }) => from],
  ["to", ({ to }) => to],
  ["label", ({ label }) => label],
  ["asked", ({ asked }) => asked],
  ["rated", ({ rated }) => rated],
  ["responseRate", ({ responseRate }) => responseRate],
  ["happy", ({ happy }) => happy],
  ["ok", ({ ok }) => ok],
  ["frown", ({ frown }) => frown],
  ["happyShare", ({ shares }) => shares.happy],
  ["okShare", ({ shares }) => shares.ok],
  ["frownShare", ({ shares }) => shares.frown],
]

/** The happiness report as a file: the same figures as in JSON, shares in whole percents. Intervals stay with the JSON. */
export const happinessCsv = (periods: readonly PeriodReport[]) => csvOf(columns, periods)
