import { Temporal } from "temporal-polyfill"
import { addDays, startOf } from "../people/hours.ts"

/** What a report is asked by. */
export const kinds = ["year", "half", "quarter", "month", "week"] as const
export type Kind = (typeof kinds)[number]

/**
 * A stretch of whole days in the desk's zone, half-open: `to` is the day after the last. `name` is how it is asked for
 * ("2011-H2"), `short` what stands under a mark of a chart.
 */
export type Period = {
  kind: Kind | "day"
  from: string
  to: string
  name: string
  label: string
  short: string
  /** Its last day is not over: its label says "so far". */
  isUnderWay?: boolean
  /** It has not begun. */
  isAhead?: boolean
}

const monthNames = "January February March April May June July August September October November December".split(" ")
const two = (number: number) => String(number).padStart(2, "0")
const dayIn = (year: number, month: number) => `${year}-${two(month)}-01`

export const isKind = (text: unknown): text is Kind => kinds.some((kind) => kind === text)

/** The period of a kind that holds this day. Weeks are ISO weeks and belong to the year of their Thursday. */
export function periodOf(day: string, kind: Period["kind"]): Period {
  const date = Temporal.PlainDate.from(day)
  const { year, month } = date
  const name = monthNames[month - 1] ?? ""
  const [half, quarter] = [Math.ceil(month / 6), Math.ceil(month / 3)]
  switch (kind) {
    case "year":
      return { kind, ...stretch(year, 1, 12), name: `${year}`, label: `${year}`, short: `${year}` }
    case "half": {
      const label = `${half === 1 ? "first" : "second"} half of ${year}`
      return { kind, ...stretch(year, half * 6 - 5, 6), name: `${year}-H${half}`, label, short: `H${half}` }
    }
    case "quarter": {
      const label = `Q${quarter} ${year}`
      return { kind, ...stretch(year, quarter * 3 - 2, 3), name: `${year}-Q${quarter}`, label, short: `Q${quarter}` }
    }
    case "month": {
      const label = `${name} ${year}`
      return { kind, ...stretch(year, month, 1), name: day.slice(0, 7), label, short: name.slice(0, 3) }
    }
    case "week":
      return weekOf(date)
    case "day": {
      const label = `${date.day} ${name} ${year}`
      return { kind, from: day, to: addDays(day, 1), name: day, label, short: `${date.day}` }
    }
  }
}

function stretch(year: number, month: number, length: number) {
  const to = month + length > 12 ? dayIn(year + 1, 1) : dayIn(year, month + length)
  return { from: dayIn(year, month), to }
}

function weekOf(date: Temporal.PlainDate): Period {
  const from = date.subtract({ days: date.dayOfWeek - 1 }).toString()
  const [week, year] = [date.weekOfYear ?? 0, date.yearOfWeek ?? 0]
  const label = `week ${week} of ${year}`
  return { kind: "week", from, to: addDays(from, 7), name: `${year}-W${two(week)}`, label, short: String(week) }
}

const shape = /^(\d{4})(?:-(?:H([12])|Q([1-4])|W(\d\d)|(\d\d)(?:-(\d\d))?))?$/i

/** A period by its name: 2011, 2011-H2, 2011-Q3, 2011-03, 2011-W07, 2011-03-14. Null for anything that is none. */
export function parsePeriod(text: string): Period | null {
  const [whole, year, half, quarter, week, month, day] = shape.exec(text) ?? []
  if (!whole || !year || Number(year) < 1970 || Number(year) > 2199) return null
  if (half) return periodOf(dayIn(Number(year), Number(half) * 6), "half")
  if (quarter) return periodOf(dayIn(Number(year), Number(quarter) * 3), "quarter")
  if (week) return onlyIf(periodOf(addDays(`${year}-01-04`, Number(week) * 7 - 7), "week"), whole)
  if (day) return isDay(whole) ? periodOf(whole, "day") : null
  if (month) return isDay(`${whole}-01`) ? periodOf(`${whole}-01`, "month") : null
  return periodOf(`${year}-01-01`, "year")
}

/** Week 53 of a year that has 52 would quietly be week 1 of the next. */
const onlyIf = (period: Period, name: string) => (period.name === name.toUpperCase() ? period : null)

/** Whether the text is a day of the calendar: the 30th of February is not. */
function isDay(text: string) {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

export const before = (period: Period) => periodOf(addDays(period.from, -1), period.kind)
export const after = (period: Period) => periodOf(period.to, period.kind)

/** The same period of the year before, against which a season does not pass for a change. */
export function yearEarlier(period: Period): Period | null {
  const year = Number(period.name.slice(0, 4)) - 1
  return parsePeriod(`${year}${period.name.slice(4)}`)
}

export const isOver = ({ to }: Pick<Period, "to">, today: string) => to <= today

/** A period as it stands today: one that is not over says so wherever it is named. */
export function asOf<P extends Period>(period: P, today: string): P {
  if (isOver(period, today) || period.isUnderWay) return period
  if (period.from > today) return { ...period, isAhead: true }
  return { ...period, isUnderWay: true, label: `${period.label} so far` }
}

/**
 * What a period that is under way can be compared with: as much of an earlier one as there has been of it, today
 * included. 2026 by 30 November stands beside 2025 until 30 November.
 */
export function samePart(earlier: Period, period: Period, today: string): Period {
  if (isOver(period, today) || period.from > today) return earlier
  const largestUnit = period.kind === "week" || period.kind === "day" ? "day" : "month"
  const elapsed = Temporal.PlainDate.from(period.from).until(addDays(today, 1), { largestUnit })
  const to = Temporal.PlainDate.from(earlier.from).add(elapsed).toString()
  if (to >= earlier.to) return earlier
  const last = Temporal.PlainDate.from(addDays(to, -1))
  return { ...earlier, to, label: `${earlier.label} until ${last.day} ${monthNames[last.month - 1]}` }
}

/** The periods of a kind from the one that holds `from` to the one that holds the day before `to`. */
export function periodsBetween(from: string, to: string, kind: Period["kind"]): Period[] {
  const found: Period[] = []
  for (let next = periodOf(from, kind); found.length === 0 || next.from < to; next = after(next)) found.push(next)
  return found
}

/** When it begins and ends in a zone. Half-open, so that no moment is counted twice. */
export const momentsOf = ({ from, to }: Pick<Period, "from" | "to">, zone: string) => ({
  start: startOf(from, zone),
  end: startOf(to, zone),
})

/** As it stands in a sentence: "in 2011", "in the second half of 2011", "on 14 March 2011". */
export function inWords({ kind, label }: Pick<Period, "kind" | "label">) {
  if (kind === "day") return `on ${label}`
  return kind === "half" ? `in the ${label}` : `in ${label}`
}
