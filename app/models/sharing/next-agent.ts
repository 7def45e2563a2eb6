import type { Asked, CandidateRow } from "#db/tables/sharing.ts"
import { type Candidate, skippedBecause } from "./eligible.ts"
import { inShort } from "./hindrance.ts"

export type Choice = {
  agentId: number | null
  rule: "knows it" | "spare room" | "pool"
  reason: string
  rows: CandidateRow[]
  asked: Asked
}

/**
 * Who gets the case: whoever knows it, else the emptiest plate (load over limit), else the smallest share of today's
 * mail, else whoever waited longest for one, else the lower id. Nobody eligible: the pool.
 */
export const nextAgent = (candidates: readonly Candidate[], asked: Asked, now: Date): Choice =>
  chosenFrom(
    candidates.map((candidate) => rowOf(candidate, asked, now)),
    asked,
  )

/** The same from what was kept of the people: a choice can be come to again from its own record. */
export function chosenFrom(rows: CandidateRow[], asked: Asked): Choice {
  const free = rows.filter(({ skipped }) => skipped === null)
  const known = free.find(({ agentId }) => agentId === asked.knowsIt)
  const usual = free.find(({ agentId }) => agentId === asked.usual)
  const chosen = known ?? usual ?? free.toSorted(byRoom)[0]
  if (!chosen) return { agentId: null, rule: "pool", reason: poolReason(rows, asked.mailbox), rows, asked }
  const why = known ? "replied last, " : usual ? "usually answers them, " : ""
  const skipped = rows.filter((other) => other.skipped).map((other) => `${firstName(other.name)}, ${other.skipped}`)
  const reason = `${firstName(chosen.name)}: ${why}${standing(chosen)}.${skippedWords(skipped)}`
  return { agentId: chosen.agentId, rule: known || usual ? "knows it" : "spare room", reason, rows, asked }
}

export function byRoom(a: CandidateRow, b: CandidateRow) {
  return (
    a.load / a.limit - b.load / b.limit ||
    shareOf(a) - shareOf(b) ||
    Date.parse(a.lastGivenAt ?? never) - Date.parse(b.lastGivenAt ?? never) ||
    a.agentId - b.agentId
  )
}

export const never = new Date(0).toISOString()

/** Cases given today per hour on shift today. */
export const shareOf = ({ givenToday = 0, hoursToday = 1 }: CandidateRow) => givenToday / hoursToday

/** What is kept of a person looked at. Written out: a spread costs 5 µs each, more than all the rules for everybody. */
export function rowOf(candidate: Candidate, asked: Asked, now: Date): CandidateRow {
  const { agentId, name, load, limit, givenToday, hoursToday, lastGivenAt, givenSinceCame } = candidate
  const hindrance = skippedBecause(candidate, asked)
  return {
    agentId,
    name,
    load,
    limit,
    givenToday,
    hoursToday,
    givenSinceCame,
    share: Math.round((givenToday / hoursToday) * 100) / 100,
    lastGivenAt: lastGivenAt?.toISOString() ?? null,
    idleMinutes: lastGivenAt && Math.max(0, Math.floor((now.getTime() - lastGivenAt.getTime()) / 60_000)),
    skipped: hindrance && inShort(hindrance, { timeZone: asked.timeZone, now }),
    hindrance,
  }
}

function standing({ load, limit, idleMinutes }: CandidateRow) {
  return `${load} of ${limit}, ${idleMinutes === null ? "none given yet" : `idle ${span(idleMinutes)}`}`
}

/** Minutes as people say them: the same words from two hours and two days on. */
export function span(minutes: number) {
  if (minutes < 120) return `${minutes} min`
  return minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`
}

/** At most four people by name: a sentence, not a register. The whole table is kept beside it. */
function skippedWords(skipped: string[]) {
  if (skipped.length === 0) return ""
  const more = skipped.length > 4 ? `; ${skipped.length - 4} more` : ""
  return ` Skipped: ${skipped.slice(0, 4).join("; ")}${more}.`
}

function poolReason(rows: CandidateRow[], mailbox: string) {
  const here = rows.filter((row) => row.hindrance?.kind !== "not here")
  if (here.length === 0) return `Nobody answers ${mailbox} yet.`
  return `In the pool: ${here
    .slice(0, 5)
    .map((row) => `${firstName(row.name)}, ${row.skipped}`)
    .join("; ")}.`
}

export const firstName = (name: string) => name.split(" ")[0] ?? name
