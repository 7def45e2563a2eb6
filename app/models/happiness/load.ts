import type { Period } from "./period.ts"
import { within } from "./report.ts"

/** Replies that left on a day, and how many people wrote them. */
export type DayLoad = { day: string; replies: number; agents: number }

export type LoadPeriod = {
  from: string
  to: string
  label: string
  replies: number
  /** One for each person and day on which they sent at least one reply. */
  agentDays: number
  /** Replies per agent-day; null where nobody worked. */
  perAgentDay: number | null
  /** The middle day and the hardest one, in replies per agent who worked that day. */
  medianDay: number | null
  worstDay: number | null
  worstDayOn: string | null
}

const tenths = (number: number) => Math.round(number * 10) / 10

export function loadPeriods(rows: readonly DayLoad[], periods: readonly Period[]): LoadPeriod[] {
  return within(rows, periods).map(({ period, rows }) => loadOf(period, rows))
}

function loadOf({ from, to, label }: Period, rows: readonly DayLoad[]): LoadPeriod {
  const replies = rows.reduce((sum, row) => sum + row.replies, 0)
  const agentDays = rows.reduce((sum, row) => sum + row.agents, 0)
  const days = rows
    .filter(({ agents }) => agents > 0)
    .map((row) => ({ day: row.day, each: row.replies / row.agents }))
    .toSorted((a, b) => a.each - b.each || b.day.localeCompare(a.day))
  const worst = days.at(-1) ?? null
  return {
    ...{ from, to, label, replies, agentDays },
    perAgentDay: agentDays === 0 ? null : tenths(replies / agentDays),
    medianDay: median(days.map(({ each }) => each)),
    worstDay: worst && tenths(worst.each),
    worstDayOn: worst?.day ?? null,
  }
}

function median(sorted: readonly number[]) {
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : tenths((low + high) / 2)
}
