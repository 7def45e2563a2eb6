import type { Asked } from "#db/tables/sharing.ts"
import type { Presence } from "../people/agent.ts"

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
export function skippedBecause(candidate: Candidate, rules: Rules): string | null {
  const { load, limit, mailboxLoad, mailboxLimit, givenSinceCame } = candidate
  const unfit = unfitFor(candidate, rules)
  if (unfit) return unfit
  if (load >= limit) return `${load} of ${limit}`
  if (mailboxLimit !== null && mailboxLoad >= mailboxLimit) return `${mailboxLoad} of ${mailboxLimit} here`
  if (givenSinceCame !== null && givenSinceCame >= rules.rampCases) return `just came, ${givenSinceCame} given already`
  return null
}

/** Whether they could be given another case of this mailbox now: one that asks for nothing and that they never had. */
export function hasRoom(candidate: Candidate, rules: Rules) {
  return (
    skippedBecause({ ...candidate, gaveItBack: false, leftItUnanswered: false }, { ...rules, asksFor: [] }) === null
  )
}

function unfitFor(candidate: Candidate, { timeZone, asksFor }: Rules): string | null {
  const { presence, skills } = candidate
  if (!candidate.answersHere) return "not on this mailbox"
  if (presence.state !== "present") return `${presence.state}${untilWords(presence.until, timeZone)}`
  const missing = asksFor.filter((skill) => !skills.includes(skill))
  if (missing.length > 0) return `without ${missing.join(", ")}`
  if (candidate.gaveItBack) return "gave it back"
  if (candidate.leftItUnanswered) return "had it unanswered"
  return null
}

function untilWords(until: string | null, timeZone: string) {
  if (!until) return ""
  const shown = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone })
  return ` till ${shown.format(new Date(until))}`
}
