import ICAL from "ical.js"
import type { Span } from "./ics.ts"

/** What a rule may go by: the parts for hours and less would make many days of one. */
const known = ["BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"]
const longestRule = 300
const mostDates = 1000

/**
 * The days an event begins on, by its rule, RDATE and EXDATE; null for a rule other than by the year, and throws what the
 * library throws. Only yearly rules are given to the library: in others it looks for a day such as 30 February for ever.
 * What those cost at most is taken from `span.steps` first, a step for a day, and for a year more the longer the rule:
 * no file takes more.
 */
export function startsOf(event: ICAL.Component, first: string, span: Span): string[] | null {
  const rules = event.getAllProperties("rrule").flatMap((property) => {
    const rule = property.getFirstValue()
    return rule instanceof ICAL.Recur ? [rule] : []
  })
  const dates = ["rdate", "exdate"].flatMap((name) => event.getAllProperties(name).flatMap((one) => one.getValues()))
  if (rules.length + dates.length === 0) return [first]
  if (dates.length > mostDates || !dates.every((date) => date instanceof ICAL.Time)) return null
  for (const rule of rules) if (!isBounded(rule, first, span)) return null
  const dtstart = ICAL.Time.fromDateString(first)
  const expansion = new ICAL.RecurExpansion({ component: event, dtstart })
  const starts = new Set(rules.length === 0 && !isExcluded(event, first) ? [first] : [])
  for (let next = expansion.next(); next && next.year <= span.last && span.steps >= 0; next = expansion.next()) {
    span.steps--
    starts.add(next.toString().slice(0, 10))
  }
  const written = new Set(dates.map((date) => `${date}`))
  const isMeant = (day: string) => rules.length === 0 || written.has(day) || rules.some((rule) => isInMonth(rule, day))
  return [...starts].filter(isMeant).toSorted()
}

/** A day there is not is none (RFC 5545, 3.3.10): the library makes the next month's first of a 29 or 30 February. */
function isInMonth({ parts: { BYMONTH } }: ICAL.Recur, day: string) {
  return BYMONTH === undefined || BYMONTH.includes(Number(day.slice(5, 7)))
}

/** Ends the rule with the years that count, and says the date it goes by where that is the first's; false: not read. */
function isBounded(rule: ICAL.Recur, first: string, span: Span): boolean {
  if (rule.freq !== "YEARLY" || rule.toString().length > longestRule) return false
  if (Object.keys(rule.parts).some((part) => !known.includes(part))) return false
  span.steps -= (Math.max(0, span.last - Number(first.slice(0, 4))) + 1) * Math.ceil(rule.toString().length / 30)
  if (Object.keys(rule.parts).every((part) => part === "BYMONTH")) rule.parts.BYMONTHDAY = [Number(first.slice(8))]
  if (Object.keys(rule.parts).every((part) => part === "BYMONTHDAY")) rule.parts.BYMONTH = [Number(first.slice(5, 7))]
  const last = ICAL.Time.fromDateString(`${span.last}-12-31`)
  if (!rule.until || rule.until.compare(last) > 0) rule.until = last
  return span.steps >= 0
}

const isExcluded = (event: ICAL.Component, day: string) =>
  event.getAllProperties("exdate").some((one) => one.getValues().some((date: unknown) => `${date}` === day))
