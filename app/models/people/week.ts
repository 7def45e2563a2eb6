import type { WeekRow } from "./hours.ts"

const names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

/** Hours as people write them: "mon-fri 9:00-17:00, fri 22:00-6:00". Ends that are not later are those of the next day. */
export function weekFrom(text: string): WeekRow[] | null {
  const parts = text.split(",").map((part) => rowsFrom(part.trim().toLowerCase().replaceAll("–", "-")))
  const rows = parts.flatMap((part) => part ?? [])
  return parts.includes(null) || overlapIn(rows) !== null ? null : rows
}

/** The same, back: days with the same hours that follow each other are one stretch. */
export function weekText(week: readonly WeekRow[]): string {
  const runs: { first: number; last: number; hours: string }[] = []
  for (const row of week.toSorted((a, b) => a.startsAt - b.startsAt || a.weekday - b.weekday)) {
    const hours = hoursText(row)
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

/** The hours of one weekday: "9:00-12:30, 13:00-17:00"; nothing typed is a day off. Null when it cannot be read. */
export function dayFrom(text: string, weekday: number): WeekRow[] | null {
  if (text.trim() === "") return []
  const parts = text.split(",").map((part) => hoursFrom(part.trim().replaceAll("–", "-")))
  return parts.includes(null) ? null : parts.flatMap((part) => (part ? [{ weekday, ...part }] : []))
}

/** The same, back. */
export const dayText = (week: readonly WeekRow[], weekday: number) =>
  week
    .filter((row) => row.weekday === weekday)
    .toSorted((a, b) => a.startsAt - b.startsAt)
    .map(hoursText)
    .join(", ")

export const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const

/** The weekday of a stretch that is at the same time as another; null: all are apart. Sunday's night is Monday's morning. */
export function overlapIn(rows: readonly WeekRow[]): number | null {
  const spans = rows.map((row) => ({ row, from: startOf(row), to: startOf(row) + row.endsAt - row.startsAt }))
  const isShared = (a: { from: number; to: number }, b: { from: number; to: number }) =>
    [-week, 0, week].some((shift) => a.from < b.to + shift && b.from + shift < a.to)
  return spans.find((a) => spans.some((b) => a !== b && isShared(a, b)))?.row.weekday ?? null
}

const day = 1440
const week = 7 * day
const startOf = ({ weekday, startsAt }: WeekRow) => (weekday - 1) * day + startsAt

function rowsFrom(part: string): WeekRow[] | null {
  const [, from = "", to = from, hours = ""] = /^([a-z]{3})[a-z]*(?:\s*-\s*([a-z]{3})[a-z]*)?\s+(.*)$/.exec(part) ?? []
  const [first, last, read] = [names.indexOf(from), names.indexOf(to), hoursFrom(hours)]
  if (first < 0 || last < first || !read) return null
  return names.slice(first, last + 1).map((_, index) => ({ weekday: first + index + 1, ...read }))
}

function hoursFrom(text: string) {
  const read = /^(\d{1,2})(?::([0-5]\d))?\s*-\s*(\d{1,2})(?::([0-5]\d))?$/.exec(text)
  if (!read) return null
  const [, startHour, startMinute = "0", endHour, endMinute = "0"] = read
  const startsAt = Number(startHour) * 60 + Number(startMinute)
  const endsAt = Number(endHour) * 60 + Number(endMinute)
  if (startsAt >= day || endsAt > day) return null
  return { startsAt, endsAt: endsAt > startsAt ? endsAt : endsAt + day }
}

const hoursText = ({ startsAt, endsAt }: Pick<WeekRow, "startsAt" | "endsAt">) =>
  `${clock(startsAt)}-${clock(endsAt > day ? endsAt - day : endsAt)}`
const clock = (minutes: number) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
const pad = (number: number) => String(number).padStart(2, "0")
