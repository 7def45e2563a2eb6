import ICAL from "ical.js"
import { addDays } from "./hours.ts"
import { startsOf } from "./ics-repeats.ts"

export type Holiday = { day: string; name: string }
export type LeftOut = { name: string; because: string }
export type Read = { holidays: Holiday[]; leftOut: LeftOut[] }

const longestDays = 62
const mostEvents = 5000
const yearsAhead = 5
/** Years looked through and days found, of all that repeats in a file: a second or two of work at the very most. */
const mostSteps = 40_000

/**
 * The whole days of a calendar file (RFC 5545), from this year on: what a desk can be closed on. Yearly ones are written
 * out for the years to come. Everything else is left out and said.
 */
export function holidaysFromIcs(text: string, today: string): Read | { refused: string } {
  if (!/^\uFEFF?BEGIN:VCALENDAR\s*$/im.test(text))
    return { refused: "This is no calendar file: an .ics file begins with BEGIN:VCALENDAR" }
  if ([...text.matchAll(/^BEGIN:VEVENT\s*$/gim)].length > mostEvents)
    return { refused: `More than ${mostEvents} events: this is no list of holidays` }
  const events = fromLibrary(() => eventsIn(text))
  if (events === null) return { refused: "This calendar file is broken or cut off, so nothing of it was taken" }
  if (events.length === 0) return { refused: "There is no event in this calendar" }
  const moved = movedDays(events)
  const span = { first: Number(today.slice(0, 4)), last: Number(today.slice(0, 4)) + yearsAhead, steps: mostSteps }
  const found = events.map((event) => daysOf(event, moved, span))
  if (span.steps < 0) return { refused: "What repeats in this calendar repeats too often: this is no list of holidays" }
  return {
    holidays: found.flatMap((one) => ("because" in one ? [] : one.days.map((day) => ({ day, name: one.name })))),
    leftOut: found.flatMap((one) => ("because" in one ? [one] : [])),
  }
}

/** The years that count, and how many steps are left to find what repeats in them. */
export type Span = { first: number; last: number; steps: number }

/** Many programs leave out that a day is one, and without that the library takes it for a time. */
const bareDays =
  /^((?:DTSTART|DTEND|RDATE|EXDATE|RECURRENCE-ID)(?:;(?!VALUE=)[^:;\r\n]*)*):(\d{8}(?:,\d{8})*)[ \t]*$/gim

function eventsIn(text: string): ICAL.Component[] {
  const read = ICAL.parse(
    text
      .replace(/^\uFEFF/, "")
      .replace(bareDays, "$1;VALUE=DATE:$2")
      .trim(),
  )
  const calendars: unknown[] = typeof read[0] === "string" ? [read] : read
  return calendars.flatMap((one) => new ICAL.Component(one as string).getAllSubcomponents("vevent"))
}

/** The days of what repeats that an event of its own stands for instead (RECURRENCE-ID), by the id both share. */
function movedDays(events: readonly ICAL.Component[]): Map<string, Set<string>> {
  const moved = new Map<string, Set<string>>()
  for (const event of events) {
    const day = dayIn(event, "recurrence-id")
    if (day !== null) moved.set(uidOf(event), (moved.get(uidOf(event)) ?? new Set()).add(day))
  }
  return moved
}

function daysOf(
  event: ICAL.Component,
  moved: Map<string, Set<string>>,
  span: Span,
): { name: string; days: string[] } | LeftOut {
  const name = plain(textOf(event, "summary")) || "Holiday"
  const leave = (because: string) => ({ name, because })
  if (/^CANCELLED$/i.test(textOf(event, "status"))) return leave("is cancelled")
  if (event.getFirstProperty("dtstart")?.type === "date-time") return leave("has a time, a holiday is a whole day")
  const first = dayIn(event, "dtstart")
  if (first === null) return leave("has no day that can be read")
  const length = lengthOf(event, first)
  if (length === null) return leave("ends before it begins")
  if (length > longestDays) return leave(`is longer than ${longestDays} days`)
  const starts = fromLibrary(() => startsOf(event, first, span))
  if (starts === null) return leave("repeats in a way that is not read, only every year is")
  span.steps -= starts.length * length
  if (span.steps < 0) return leave("repeats too often")
  const elsewhere = event.hasProperty("recurrence-id") ? null : moved.get(uidOf(event))
  const days = starts
    .filter((start) => !elsewhere?.has(start))
    .flatMap((start) => Array.from({ length }, (_, index) => addDays(start, index)))
    .filter((day) => Number(day.slice(0, 4)) >= span.first && Number(day.slice(0, 4)) <= span.last)
  return days.length > 0 ? { name, days } : leave(`is not within ${span.first} to ${span.last}`)
}

/** In days; null: it ends before it begins. */
function lengthOf(event: ICAL.Component, first: string): number | null {
  if (!event.hasProperty("dtend")) return durationOf(event)
  const end = dayIn(event, "dtend")
  if (end === null || end < first) return null
  return end === first ? 1 : (Date.parse(end) - Date.parse(first)) / 86_400_000
}

function durationOf(event: ICAL.Component): number {
  const lasts = fromLibrary(() => event.getFirstPropertyValue("duration"))
  return lasts instanceof ICAL.Duration ? lasts.weeks * 7 + lasts.days || 1 : 1
}

/** As YYYY-MM-DD; null where there is none, or one no calendar has: the library makes 1 March of a 30 February. */
function dayIn(event: ICAL.Component, name: string): string | null {
  const value = fromLibrary(() => event.getFirstPropertyValue(name))
  if (!(value instanceof ICAL.Time)) return null
  const day = value.toString().slice(0, 10)
  return `${event.getFirstProperty(name)?.jCal[3]}`.slice(0, 10) === day ? day : null
}

const textOf = (event: ICAL.Component, name: string) => `${event.getFirstPropertyValue(name) ?? ""}`
const uidOf = (event: ICAL.Component) => textOf(event, "uid")

/** Null where the library cannot read it. */
function fromLibrary<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    // It throws at whatever no calendar may hold, which is the file's fault and said to whoever chose it.
    return null
  }
}

const plain = (text: string) => text.replace(/\n/g, " ").replace(/\p{C}/gu, "").trim().slice(0, 100)
