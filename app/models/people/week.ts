import type { WeekRow } from "./hours.ts"

const names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

/** Hours as people write them: "mon-fri 9:00-17:00, sat 10:00-14:00". Null when it cannot be read. */
export function weekFrom(text: string): WeekRow[] | null {
  const parts = text.split(",").map((part) => rowsFrom(part.trim().toLowerCase().replaceAll("–", "-")))
  const rows = parts.flatMap((part) => part ?? [])
  return parts.includes(null) || overlaps(rows) ? null : rows
}

/** The same, back: days with the same hours that follow each other are one stretch. */
export function weekText(week: readonly WeekRow[]): string {
  const runs: { first: number; last: number; hours: string }[] = []
  for (const row of week.toSorted((a, b) => a.startsAt - b.startsAt || a.weekday - b.weekday)) {
    const hours = `${clock(row.startsAt)}-${clock(row.endsAt)}`
    const run = runs.at(-1)
    if (run && run.hours === hours && run.last === row.weekday - 1) run.last = row.weekday
    else runs.push({ first: row.weekday, last: row.weekday, hours })
  }
  return runs
    .toSorted((a, b) => a.first - b.first)
    .map(runText)
    .join(", ")
}

const runText = ({ first, last, hours }: { first: number; last: number; hours: string }) =>
  `${names[first - 1]}${last > first ? `-${names[last - 1]}` : ""} ${hours}`

function rowsFrom(part: string): WeekRow[] | null {
  const read =
    /^([a-z]{3})[a-z]*(?:\s*-\s*([a-z]{3})[a-z]*)?\s+(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?$/.exec(part)
  if (!read) return null
  const [, from = "", to = from, startHour, startMinute = "0", endHour, endMinute = "0"] = read
  const [first, last] = [names.indexOf(from), names.indexOf(to)]
  const startsAt = Number(startHour) * 60 + Number(startMinute)
  const endsAt = Number(endHour) * 60 + Number(endMinute)
  if (first < 0 || last < first || endsAt <= startsAt || endsAt > 1440) return null
  return names.slice(first, last + 1).map((_, index) => ({ weekday: first + index + 1, startsAt, endsAt }))
}

const overlaps = (rows: WeekRow[]) =>
  rows.some((a) =>
    rows.some((b) => a !== b && a.weekday === b.weekday && a.startsAt < b.endsAt && b.startsAt < a.endsAt),
  )

const clock = (minutes: number) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
const pad = (number: number) => String(number).padStart(2, "0")
