import type { Asked } from "#db/tables/sharing.ts"
import type { Presence } from "../people/agent.ts"
import { presenceWords } from "./presence-words.ts"

/** A person as they stand at the moment a case is to be given. Loads count cases waiting on us only. */
export type Candidate = {
  agentId: number
  name: string
  answersHere: boolean
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
export type Rules = Pick<Asked, "rampCases" | "timeZone" | "asksFor">

export const rampMinutes = 15

/**
 * Why this person may not be given the case now, in a few words; null when they may. The one function every path that
 * assigns asks (sharing-work.md, "Who may be given a case"). A person handing over may go past limits, never past the first.
 */
export function skippedBecause(candidate: Candidate, rules: Rules, now: Date): string | null {
  const { load, limit, mailboxLoad, mailboxLimit, givenSinceCame } = candidate
  const unfit = unfitFor(candidate, rules, now)
  if (unfit) return unfit
  if (load >= limit) return `${load} of ${limit}`
  if (mailboxLimit !== null && mailboxLoad >= mailboxLimit) return `${mailboxLoad} of ${mailboxLimit} here`
  return rampReached(givenSinceCame, rules.rampCases)
}

/** The last of the rules, so that whoever is passed over for it would be eligible under another cap. */
export function rampReached(givenSinceCame: number | null, rampCases: number): string | null {
  return givenSinceCame !== null && givenSinceCame >= rampCases ? `just came, ${givenSinceCame} given already` : null
}

/** What handing it over to them goes past, in words that follow who got it. A person may; the case then says so. */
export function goesPast(candidate: Candidate, { timeZone, asksFor }: Rules, now: Date): string[] {
  const { load, limit, mailboxLoad, mailboxLimit, presence } = candidate
  const missing = missingFrom(candidate, asksFor)
  return [
    load >= limit ? `past their limit of ${limit}` : [],
    mailboxLimit !== null && mailboxLoad >= mailboxLimit ? `past their limit of ${mailboxLimit} in this mailbox` : [],
    presence.state === "present" ? [] : `while ${presenceWords(presence, timeZone, now)}`,
    missing.length > 0 ? `without ${missing.join(", ")}` : [],
  ].flat()
}

/** Whether they could be given another case of this mailbox now: one that asks for nothing and that they never had. */
export function hasRoom(candidate: Candidate, rules: Rules, now: Date) {
  const anew = { ...candidate, gaveItBack: false, leftItUnanswered: false }
  return skippedBecause(anew, { ...rules, asksFor: [] }, now) === null
}

function unfitFor(candidate: Candidate, { timeZone, asksFor }: Rules, now: Date): string | null {
  const { presence } = candidate
  if (!candidate.answersHere) return "not on this mailbox"
  if (presence.state !== "present") return presenceWords(presence, timeZone, now)
  const missing = missingFrom(candidate, asksFor)
  if (missing.length > 0) return `without ${missing.join(", ")}`
  if (candidate.gaveItBack) return "gave it back"
  if (candidate.leftItUnanswered) return "had it unanswered"
  return null
}

const missingFrom = ({ skills }: Candidate, asksFor: readonly string[]) =>
  asksFor.filter((skill) => !skills.includes(skill))
