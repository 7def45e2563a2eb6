import type { Asked, CandidateRow } from "#db/tables/sharing.ts"
import { atLength } from "./hindrance.ts"
import { byRoom, firstName, never, shareOf, span } from "./next-agent.ts"
import type { Said } from "./presence-words.ts"

/** A change of hands as it was written down. */
export type Kept = {
  rule: string
  reason: string
  toAgentId: number | null
  candidates: readonly CandidateRow[]
  asked: Asked | null
}

/** How a person stood, in words a table shows; `words` follow the name: "is full at 20 of 20". */
export type Stood = {
  agentId: number
  name: string
  load: string
  share: string
  /** How long without a new one. */
  idle: string
  isChosen: boolean
  words: string
}

/** The change of hands in one line: who got it and what made the difference. Everything else is in the table. */
export function lineOf(kept: Kept): string {
  const chosen = chosenIn(kept)
  if (!chosen || !isByRule(kept)) return kept.reason
  return `Given to ${firstName(chosen.name)}: ${chosen.load} of ${chosen.limit}, ${difference(kept, chosen)}.`
}

/** Everybody who was looked at, the one chosen first, then whoever had room, then the others. */
export const stoodThen = (kept: Kept, said: Said) => table(kept, { got: "was given it", room: "had room", ...said })

/** The same of a choice that is only asked for. */
export const standNow = (kept: Kept, said: Said) => table(kept, { got: "would get it", room: "has room", ...said })

type Tense = { got: string; room: string } & Said

function table(kept: Kept, tense: Tense): Stood[] {
  const chosen = chosenIn(kept)
  const rank = (row: CandidateRow) => (row === chosen ? 0 : row.skipped === null ? 1 : 2)
  return kept.candidates
    .toSorted((a, b) => rank(a) - rank(b) || byRoom(a, b))
    .map((row) => ({
      ...{ agentId: row.agentId, name: row.name, load: `${row.load} of ${row.limit}`, share: shareWords(row) },
      idle: row.idleMinutes === null ? "none given yet" : span(row.idleMinutes),
      isChosen: row === chosen,
      words: outcome(row, kept, chosen, tense),
    }))
}

const chosenIn = ({ candidates, toAgentId }: Kept) => candidates.find(({ agentId }) => agentId === toAgentId)
const isByRule = ({ rule }: Kept) => rule === "spare room" || rule === "knows it"

function outcome(row: CandidateRow, kept: Kept, chosen: CandidateRow | undefined, tense: Tense): string {
  const { got, room } = tense
  if (row === chosen) return isByRule(kept) ? `${got}: ${difference(kept, row)}` : byHand(kept.rule)
  if (row.skipped !== null) return row.hindrance ? atLength(row.hindrance, tense) : row.skipped
  if (!chosen) return `${room}, but older cases came first`
  return isByRule(kept) ? `${room}, but ${behind(row, chosen, kept)}` : room
}

const byHand = (rule: string) => (rule === "taken" ? "took it" : "was handed it")

/** Why the chosen one and nobody else. */
export function difference(kept: Kept, chosen: CandidateRow): string {
  const knew = knowing(kept, chosen)
  if (knew) return knew
  const next = kept.candidates.filter((row) => row.skipped === null && row !== chosen).toSorted(byRoom)[0]
  return next ? decisive(chosen, next).first : "the only one with room"
}

function knowing({ rule, asked }: Kept, { agentId }: CandidateRow): string | null {
  if (rule !== "knows it") return null
  return asked && asked.knowsIt !== agentId ? "usually answers this customer" : "replied last"
}

function behind(row: CandidateRow, chosen: CandidateRow, kept: Kept): string {
  const knew = knowing(kept, chosen)
  return knew ? `${firstName(chosen.name)} ${knew}` : decisive(chosen, row).other
}

/** The first of the rules of `byRoom` in which two people differ, said of either. */
function decisive(first: CandidateRow, other: CandidateRow): { first: string; other: string } {
  if (first.load / first.limit !== other.load / other.limit)
    return { first: "the lowest load for the limit", other: "a higher load for the limit" }
  if (shareOf(first) !== shareOf(other))
    return { first: "the smallest share of the day’s mail", other: "a larger share of the day’s mail" }
  if ((first.lastGivenAt ?? never) !== (other.lastGivenAt ?? never))
    return { first: "the longest without a new one", other: "was given one more lately" }
  return { first: "equal to others, the first by number", other: "came later by number, equal in all else" }
}

/** Cases given that day, and in how many hours on shift. */
function shareWords({ givenToday, hoursToday, share }: CandidateRow) {
  if (givenToday === undefined || hoursToday === undefined) return `${share.toFixed(1)} an hour`
  return `${givenToday} in ${hoursToday.toFixed(1)} h`
}
