export type CaseState = "waiting-on-us" | "waiting-on-them" | "snoozed" | "closed" | "spam" | "merged"

export type CaseFacts = {
  waitingSince: Date | null
  snoozedUntil: Date | null
  closedAt: Date | null
  spamAt: Date | null
  mergedInto: number | null
}

/** What a case is follows from its facts. Merged beats spam beats closed: the strongest fact names it. */
export function stateOf(facts: CaseFacts, now: Date): CaseState {
  if (facts.mergedInto !== null) return "merged"
  if (facts.spamAt) return "spam"
  if (facts.closedAt) return "closed"
  if (facts.snoozedUntil && facts.snoozedUntil > now) return "snoozed"
  return facts.waitingSince ? "waiting-on-us" : "waiting-on-them"
}

/** Whether anything may still be written in it: a merged case lives on in another, spam is answered to nobody. */
export function mayWriteIn(facts: CaseFacts) {
  return facts.mergedInto === null && !facts.spamAt
}

/** The first words of what is new, on one line, for a row of a list. */
export function previewOf(text: string) {
  const line = text.slice(0, 600).replace(/\s+/g, " ").trim()
  return line.length > 180 ? `${line.slice(0, 179).trimEnd()}…` : line
}

/** A subject fit for a list: one line, never empty. */
export function subjectOf(text: string) {
  return text.replace(/\s+/g, " ").trim().slice(0, 500) || "No subject"
}
