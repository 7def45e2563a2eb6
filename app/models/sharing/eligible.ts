import type { Asked, Hindrance } from "#db/tables/sharing.ts"
import type { Presence } from "../people/agent.ts"
import type { Passed } from "./hindrance.ts"

/** A person as they stand at the moment a case is to be given. Loads count cases waiting on us only. */
export type Candidate = {
  agentId: number
  name: string
  answersHere: boolean
  /** They have no password yet, so they cannot sign in and answer. */
  isInvited?: boolean
  presence: Presence
  skills: readonly string[]
  load: number
  limit: number
  mailboxLoad: number
  mailboxLimit: number | null
  /** Automatic assignments since they came, while that is less than `rampMinutes` ago; null later. */
  givenSinceCame: number | null
  givenToday: number
  /** Hours on shift so far today, at least a quarter. */
  hoursToday: number
  lastGivenAt: Date | null
  /** They gave this very case back. */
  gaveItBack: boolean
  /** They had this very case, and it went back to the pool because they did not answer it. */
  leftItUnanswered: boolean
}

/** What decides who may have a case, besides the people. */
export type Rules = Pick<Asked, "rampCases" | "asksFor">

export const rampMinutes = 15

/**
 * Why this person may not be given the case now; null when they may. The one function every path that assigns asks.
 * A person handing over may go past limits, never past the first.
 */
export function skippedBecause(candidate: Candidate, { rampCases, asksFor }: Rules): Hindrance | null {
  if (!candidate.answersHere) return { kind: "not here" }
  if (candidate.isInvited) return { kind: "invited" }
  const unfit = absent(candidate) ?? lacking(candidate, asksFor)
  if (unfit) return unfit
  if (candidate.gaveItBack) return { kind: "gave it back" }
  if (candidate.leftItUnanswered) return { kind: "left it unanswered" }
  return full(candidate) ?? fullHere(candidate) ?? rampReached(candidate.givenSinceCame, rampCases)
}

/** The last of the rules, so that whoever is passed over for it would be eligible under another cap. */
export function rampReached(givenSinceCame: number | null, rampCases: number): Hindrance | null {
  return givenSinceCame !== null && givenSinceCame >= rampCases ? { kind: "ramp", given: givenSinceCame } : null
}

/** What handing it over to them goes past. A person may; the case then says so. */
export function goesPast(candidate: Candidate, { asksFor }: Pick<Rules, "asksFor">): Passed[] {
  const past = [full(candidate), fullHere(candidate), absent(candidate), lacking(candidate, asksFor)]
  return past.flatMap((one) => one ?? [])
}

/** Whether they could be given another case of this mailbox now: one that asks for nothing and that they never had. */
export function hasRoom(candidate: Candidate, rules: Rules) {
  const anew = { ...candidate, gaveItBack: false, leftItUnanswered: false }
  return skippedBecause(anew, { ...rules, asksFor: [] }) === null
}

function absent({ presence: { state, until } }: Candidate): Passed | null {
  return state === "present" ? null : { kind: state, until }
}

function lacking({ skills }: Candidate, asksFor: readonly string[]): Passed | null {
  const missing = asksFor.filter((skill) => !skills.includes(skill))
  return missing.length > 0 ? { kind: "lacks", skills: missing } : null
}

function full({ load, limit }: Candidate): Passed | null {
  return load >= limit ? { kind: "full", load, limit } : null
}

function fullHere({ mailboxLoad: load, mailboxLimit: limit }: Candidate): Passed | null {
  return limit !== null && load >= limit ? { kind: "full here", load, limit } : null
}
