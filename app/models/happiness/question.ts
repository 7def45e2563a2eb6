import type { Basis } from "../ratings/tally.ts"
import { isKind, type Kind, kinds, parsePeriod } from "./period.ts"

export type Asked = { from: string | null; to: string | null; by: Kind; basis: Basis }
export type Refused = { refused: string }

/** Fifty years of weeks. More than this is a mistake, or meant to hurt. */
const most = 2600
export const daysIn: Record<Kind, number> = { year: 365, half: 181, quarter: 90, month: 28, week: 7 }

/**
 * What a report was asked for, from the query of a URL. `from` and `to` take a day, `to` being the day after the last,
 * or the name of a whole period: `from=2010&to=2011` are both years.
 */
export function readQuestion(query: URLSearchParams, now: Date): Asked | Refused {
  const by = query.get("by") || "year"
  if (!isKind(by)) return { refused: `by must be one of ${kinds.join(", ")}, not ${by}` }
  const basis = query.get("basis") || "sent"
  if (basis !== "sent" && basis !== "rated") return { refused: `basis must be sent or rated, not ${basis}` }
  const from = edge(query.get("from"), "from")
  const to = edge(query.get("to"), "to")
  if (isRefused(from)) return from
  if (isRefused(to)) return to
  if (from && to && from >= to) return { refused: `from must be before to: ${from} is not before ${to}` }
  const span = daysBetween(from ?? "2000-01-01", to ?? now.toISOString())
  if (span > most * daysIn[by]) return { refused: `Ask for at most ${most} periods at once` }
  return { from, to, by, basis }
}

export const isRefused = (found: unknown): found is Refused =>
  typeof found === "object" && found !== null && "refused" in found

function edge(text: string | null, side: "from" | "to"): string | null | Refused {
  if (!text) return null
  const period = parsePeriod(text)
  if (!period) return { refused: `${side} must be a day like 2011-03-14, or a year like 2011, not ${text}` }
  return side === "from" || period.kind === "day" ? period.from : period.to
}

export const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
