import type { Presence } from "../people/agent.ts"

/** A person as they stand at the moment a case is to be given. Loads count cases waiting on us only. */
export type Candidate = {
  agentId: number
  name: string
  answersHere: boolean
  presence: Presence
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
}

export const rampMinutes = 15

/**
 * Why this person may not be given the case now, in a few words; null when they may. The one function every path that
 * assigns asks (sharing-work.md, "Who may be given a case"). A person handing over may go past limits, never past the first.
 */
export function skippedBecause(candidate: Candidate, rampCases: number, timeZone: string): string | null {
  const { presence, load, limit, mailboxLoad, mailboxLimit, givenSinceCame } = candidate
  if (!candidate.answersHere) return "not on this mailbox"
  if (presence.state !== "present") return `${presence.state}${untilWords(presence.until, timeZone)}`
  if (candidate.gaveItBack) return "gave it back"
  if (load >= limit) return `${load} of ${limit}`
  if (mailboxLimit !== null && mailboxLoad >= mailboxLimit) return `${mailboxLoad} of ${mailboxLimit} here`
  if (givenSinceCame !== null && givenSinceCame >= rampCases) return `just came, ${givenSinceCame} given already`
  return null
}

function untilWords(until: string | null, timeZone: string) {
  if (!until) return ""
  const shown = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone })
  return ` till ${shown.format(new Date(until))}`
}
