import type { CandidateRow } from "#db/tables/sharing.ts"
import { type Candidate, skippedBecause } from "./eligible.ts"

export type Circumstances = {
  /** The last who replied in this case, if anyone did. */
  knowsIt: number | null
  /** The customer's usual agent, when the desk has that setting on. */
  usual: number | null
  rampCases: number
  timeZone: string
  mailbox: string
}

export type Choice = {
  agentId: number | null
  rule: "knows it" | "spare room" | "pool"
  reason: string
  rows: CandidateRow[]
}

/**
 * Who gets the case: whoever knows it, else the emptiest plate (load over limit), else the smallest share of today's
 * mail, else whoever waited longest for one, else the lower id. Nobody eligible: the pool (sharing-work.md).
 */
export function nextAgent(candidates: readonly Candidate[], circumstances: Circumstances, now: Date): Choice {
  const rows = candidates.map((candidate) => rowOf(candidate, circumstances, now))
  const free = candidates.filter((_, place) => rows[place]?.skipped === null)
  const known = free.find((candidate) => candidate.agentId === circumstances.knowsIt)
  const usual = free.find((candidate) => candidate.agentId === circumstances.usual)
  const chosen = known ?? usual ?? free.toSorted(byRoom)[0]
  if (!chosen) return { agentId: null, rule: "pool", reason: poolReason(rows, circumstances.mailbox), rows }
  const why = known ? "replied last, " : usual ? "usually answers them, " : ""
  const row = rows[candidates.indexOf(chosen)]
  const skipped = rows.filter((other) => other.skipped).map((other) => `${firstName(other.name)}, ${other.skipped}`)
  const reason = `${firstName(chosen.name)}: ${why}${row ? standing(row) : ""}.${skippedWords(skipped)}`
  return { agentId: chosen.agentId, rule: known || usual ? "knows it" : "spare room", reason, rows }
}

export function byRoom(a: Candidate, b: Candidate) {
  return (
    a.load / a.limit - b.load / b.limit ||
    a.givenToday / a.hoursToday - b.givenToday / b.hoursToday ||
    (a.lastGivenAt?.getTime() ?? 0) - (b.lastGivenAt?.getTime() ?? 0) ||
    a.agentId - b.agentId
  )
}

function rowOf(candidate: Candidate, { rampCases, timeZone }: Circumstances, now: Date): CandidateRow {
  const { agentId, name, load, limit, lastGivenAt } = candidate
  return {
    agentId,
    name,
    load,
    limit,
    share: Math.round((candidate.givenToday / candidate.hoursToday) * 100) / 100,
    idleMinutes: lastGivenAt && Math.max(0, Math.floor((now.getTime() - lastGivenAt.getTime()) / 60_000)),
    skipped: skippedBecause(candidate, rampCases, timeZone),
  }
}

function standing({ load, limit, idleMinutes }: CandidateRow) {
  return `${load} of ${limit}, ${idleMinutes === null ? "none given yet" : `idle ${span(idleMinutes)}`}`
}

/** Minutes as people say them: the same words from two hours and two days on. */
function span(minutes: number) {
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
  const here = rows.filter((row) => row.skipped !== "not on this mailbox")
  if (here.length === 0) return `Nobody answers ${mailbox} yet.`
  return `In the pool: ${here
    .slice(0, 5)
    .map((row) => `${firstName(row.name)}, ${row.skipped}`)
    .join("; ")}.`
}

const firstName = (name: string) => name.split(" ")[0] ?? name
