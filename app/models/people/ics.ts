import { addDays } from "./hours.ts"

export type Holiday = { day: string; name: string }
export type LeftOut = { name: string; because: string }
export type Read = { holidays: Holiday[]; leftOut: LeftOut[] }

type Property = { name: string; value: string }

const longestDays = 62
const mostEvents = 5000
const yearsAhead = 5

/**
 * The whole days of a calendar file (RFC 5545), from this year on: what a desk can be closed on. Yearly ones are written
 * out for the years to come. Everything else is left out and said.
 */
export function holidaysFromIcs(text: string, today: string): Read | { refused: string } {
  const lines = unfolded(text)
  if (!lines.some((line) => /^BEGIN:VCALENDAR\s*$/i.test(line)))
    return { refused: "This is no calendar file: an .ics file begins with BEGIN:VCALENDAR" }
  const events = eventsIn(lines)
  if (events.length === 0) return { refused: "There is no event in this calendar" }
  if (events.length > mostEvents) return { refused: `More than ${mostEvents} events: this is no list of holidays` }
  const found = events.map((event) => daysOf(event, Number(today.slice(0, 4))))
  return {
    holidays: found.flatMap((one) => ("because" in one ? [] : one.days.map((day) => ({ day, name: one.name })))),
    leftOut: found.flatMap((one) => ("because" in one ? [one] : [])),
  }
}

/** A long line goes on in the next when that begins with a space. */
const unfolded = (text: string) =>
  text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]/g, "")
    .split("\n")

/** The properties of each event, without those of what is inside it, such as an alarm. */
function eventsIn(lines: string[]): Property[][] {
  const events: Property[][] = []
  const open: string[] = []
  for (const line of lines) {
    const property = propertyOf(line)
    if (property?.name === "BEGIN") {
      open.push(property.value.toUpperCase())
      if (open.at(-1) === "VEVENT") events.push([])
    } else if (property?.name === "END") open.pop()
    else if (property && open.at(-1) === "VEVENT") events.at(-1)?.push(property)
  }
  return events
}

/** The value begins at the first colon outside quotes; parameters such as VALUE=DATE are not needed to read it. */
function propertyOf(line: string): Property | null {
  const [, name, value] = /^([A-Za-z0-9-]+)(?:;(?:"[^"]*"|[^":])*)?:(.*)$/.exec(line) ?? []
  return name === undefined || value === undefined ? null : { name: name.toUpperCase(), value: value.trim() }
}

function daysOf(event: Property[], year: number): { name: string; days: string[] } | LeftOut {
  const value = (name: string) => event.find((one) => one.name === name)?.value ?? ""
  const name = plain(value("SUMMARY")) || "Holiday"
  const leave = (because: string) => ({ name, because })
  const first = dateFrom(value("DTSTART"))
  if (/^CANCELLED$/i.test(value("STATUS"))) return leave("is cancelled")
  if (/^\d{8}T/.test(value("DTSTART"))) return leave("has a time, a holiday is a whole day")
  if (first === null) return leave("has no day that can be read")
  const end = value("DTEND") === "" ? addDays(first, durationOf(value("DURATION"))) : dateFrom(value("DTEND"))
  if (end === null || end < first) return leave("ends before it begins")
  const length = end === first ? 1 : (Date.parse(end) - Date.parse(first)) / 86_400_000
  if (length > longestDays) return leave(`is longer than ${longestDays} days`)
  const starts = startsOf(first, value("RRULE").toUpperCase(), year)
  if (starts === null) return leave("repeats in a way that is not read, only every year on the same date is")
  const gone = event.filter((one) => one.name === "EXDATE").flatMap((one) => one.value.split(",").map(dateFrom))
  const days = starts
    .filter((start) => !gone.includes(start))
    .flatMap((start) => Array.from({ length }, (_, index) => addDays(start, index)))
    .filter((day) => Number(day.slice(0, 4)) >= year && Number(day.slice(0, 4)) <= year + yearsAhead)
  return days.length > 0 ? { name, days } : leave(`is not within ${year} to ${year + yearsAhead}`)
}

/** The days it begins on; null for a rule other than every year on that date. A 29 February comes in leap years only. */
function startsOf(first: string, rule: string, year: number): string[] | null {
  if (rule === "") return [first]
  const parts = new Map(rule.split(";").map((part) => part.split("=", 2) as [string, string]))
  const [month, day] = [Number(first.slice(5, 7)), Number(first.slice(8))]
  const isSame = (key: string, own: number) => !parts.has(key) || Number(parts.get(key)) === own
  const known = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "WKST"]
  if (parts.get("FREQ") !== "YEARLY" || [...parts.keys()].some((key) => !known.includes(key))) return null
  if (!isSame("BYMONTH", month) || !isSame("BYMONTHDAY", day)) return null
  const until = dateFrom((parts.get("UNTIL") ?? "99991231").slice(0, 8)) ?? "9999-12-31"
  const [every, count] = [Number(parts.get("INTERVAL") ?? 1), Number(parts.get("COUNT") ?? 9999)]
  if (!(every >= 1) || !(count >= 1)) return null
  const from = Number(first.slice(0, 4))
  const starts: string[] = []
  for (let on = from, seen = 0; on <= year + yearsAhead && seen < count; on += every) {
    const start = dateFrom(`${String(on).padStart(4, "0")}${first.slice(5, 7)}${first.slice(8)}`)
    if (start === null) continue
    seen++
    if (start <= until) starts.push(start)
  }
  return starts
}

function dateFrom(text: string): string | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text.trim()) ?? []
  const written = `${year}-${month}-${day}`
  const at = Date.parse(`${written}T00:00:00Z`)
  return year !== undefined && !Number.isNaN(at) && new Date(at).toISOString().startsWith(written) ? written : null
}

const durationOf = (text: string) => {
  const [, weeks, days] = /^P(?:(\d{1,3})W)?(?:(\d{1,4})D)?/i.exec(text) ?? []
  return Number(weeks ?? 0) * 7 + Number(days ?? 0) || 1
}

const plain = (text: string) =>
  text
    .replace(/\\[nN]/g, " ")
    .replace(/\\(.)/g, "$1")
    .replace(/\p{C}/gu, "")
    .trim()
    .slice(0, 100)
