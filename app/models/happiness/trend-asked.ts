import { isKind, type Kind, kinds, parsePeriod, periodOf } from "./period.ts"
import { daysBetween, daysIn } from "./question.ts"

/** Days, half-open; null where nothing was given: the page then shows what is usual for the unit. */
export type TrendAsked = { by: Kind; from: string | null; to: string | null }
export type TrendWrong = { by?: string; first?: string; last?: string }

/** More columns than this nobody can look at. Ten years of weeks fit. */
const most = 530

/**
 * The question as it stands in the address. `first` and `last` are the days, or the names of the periods, that the
 * table begins and ends with. What makes no sense is named, and the usual taken in its place.
 */
export function trendAsked(query: URLSearchParams, today: string): { asked: TrendAsked; wrong: TrendWrong } {
  const unit = query.get("by") || "month"
  const by = isKind(unit) ? unit : null
  const [first, last] = [periodIn(query, "first"), periodIn(query, "last")]
  const wrong = {
    ...(by ? {} : { by: `Choose ${kinds.slice(0, -1).join(", ")} or ${kinds.at(-1)}.` }),
    ...(first === "none" ? { first: notADay } : first && first.from > today ? { first: ahead } : {}),
    ...(last === "none" ? { last: notADay } : {}),
  }
  const usual = { by: by ?? "month", from: null, to: null }
  if (first === "none" || last === "none" || Object.keys(wrong).length > 0) return { asked: usual, wrong }
  const end = periodOf(today, usual.by).to
  const to = last && last.to < end ? last.to : null
  if (first && first.from >= (to ?? end)) return { asked: usual, wrong: { last: "It ends before it begins." } }
  const from = first?.from ?? null
  if (from && daysBetween(from, to ?? end) > most * daysIn[usual.by]) return { asked: usual, wrong: { first: tooMany } }
  return { asked: { ...usual, from, to }, wrong: {} }
}

const notADay = "Write a day as 2026-03-10, or a whole period as 2025, 2025-H2 or 2025-11."
const ahead = "That lies ahead: give a day up to today."
const tooMany = `That is more than ${most} lines. Begin later, or choose a longer unit.`

function periodIn(query: URLSearchParams, name: string) {
  const text = query.get(name)?.trim()
  return text ? (parsePeriod(text) ?? ("none" as const)) : null
}
