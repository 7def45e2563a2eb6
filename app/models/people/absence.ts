import type { Absence } from "./duty.ts"
import { addDays, joined, momentOn } from "./hours.ts"

/** An absence as a form sends it: days as "YYYY-MM-DD", times as "HH:MM", all on the person's own wall. */
export type TypedAbsence = { first: string; last: string; part: string; from: string; to: string; note: string }
export type AbsenceWrong = { field: "first" | "last" | "from" | "to"; words: string }

const longest = 366

/** The moments it means, or what is wrong with it. */
export function absenceFrom(typed: TypedAbsence, zone: string, now: Date): Absence | AbsenceWrong {
  const [first, last] = [typed.first.trim(), typed.last.trim() || typed.first.trim()]
  for (const [field, day] of [
    ["first", first],
    ["last", last],
  ] as const) {
    const words = dayWords(day)
    if (words) return { field, words }
  }
  if (last < first) return { field: "last", words: "It ends before it begins: the last day lies before the first" }
  if (addDays(first, longest) <= last)
    return { field: "last", words: "That is more than a year. Whoever is gone for so long has left the desk" }
  const minutes = minutesOf(typed)
  if ("words" in minutes) return minutes
  const startsAt = momentOn(first, minutes.from, zone)
  const endsAt = momentOn(last, minutes.to, zone)
  if (endsAt <= startsAt)
    return { field: "to", words: "It ends before it begins. For one past midnight give the next day as the last" }
  if (endsAt <= now) return { field: "last", words: "That is over already, it would change nothing" }
  return { startsAt, endsAt }
}

/** Whether all of it is an absence already. */
export const isKnown = (one: Absence, known: readonly Absence[]) =>
  joined(known.map(spanOf)).some(({ from, to }) => from <= one.startsAt && one.endsAt <= to)

export const overlapsOne = (one: Absence, known: readonly Absence[]) =>
  known.some(({ startsAt, endsAt }) => startsAt < one.endsAt && one.startsAt < endsAt)

/** Why a text is no day: not written like one, or one no calendar has. */
export function dayWords(text: string): string | null {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  if (year === "") return text === "" ? "Say which day" : "Write the day as 2026-03-10"
  if (Number(year) < 1970 || Number(year) > 2199) return `Is the year right? ${year} is none a desk has`
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (date.toISOString().slice(0, 10) === text) return null
  return month === "02" && day === "29" ? `There is no 29 February in ${year}` : `There is no such day as ${text}`
}

export const minuteOf = (text: string): number | null => {
  const [, hour, minute] = /^(\d{1,2}):([0-5]\d)(?::\d\d)?$/.exec(text.trim()) ?? []
  const minutes = Number(hour) * 60 + Number(minute)
  return hour !== undefined && minutes <= 1440 ? minutes : null
}

const spanOf = ({ startsAt, endsAt }: Absence) => ({ from: startsAt, to: endsAt })

function minutesOf({ part, from, to }: TypedAbsence): { from: number; to: number } | AbsenceWrong {
  if (part === "morning") return { from: 0, to: 720 }
  if (part === "afternoon") return { from: 720, to: 1440 }
  if (part !== "times") return { from: 0, to: 1440 }
  const [begins, ends] = [minuteOf(from), minuteOf(to)]
  if (begins === null) return { field: "from", words: "Write the time as 14:00" }
  return ends === null ? { field: "to", words: "Write the time as 16:30" } : { from: begins, to: ends }
}
