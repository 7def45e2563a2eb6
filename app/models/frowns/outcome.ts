import type { Face } from "../ratings/face.ts"
import { flipHours, hoursAfter, type Outcome, silenceHours } from "./frown.ts"

/** A settled press. `settledAt` is when the desk came to know of it. */
export type Vote = { at: Date; settledAt: Date; face: Face }

/** One rated reply the frown follows: `frowned` when it is what the frown is about, else an answer that followed it up. */
export type RatedReply = { frowned: boolean; voided: boolean; votes: readonly Vote[] }

export type OutcomeFacts = {
  rated: readonly RatedReply[]
  firstContactAt: Date | null
  lastContactAt: Date | null
  contactedBy: "reply" | "call" | null
  /** When the customer last wrote to us themselves. */
  spokeAt: Date | null
  /** False when no address of the customer takes our mail. */
  reachable: boolean
}

export type Verdict = { outcome: Outcome | null; at: Date | null; relapsedAt: Date | null }

const said: Record<Face, Outcome> = { happy: "flipped", ok: "improved", frown: "unmoved" }

/**
 * What has become of a frown, from what the customer pressed and from the clock; no person can set it.
 * Windows: 30 days to turn a face, 14 days of silence.
 */
export function outcomeOf(facts: OutcomeFacts, now: Date): Verdict {
  const counted = facts.rated.filter(({ voided }) => !voided)
  if (!counted.some(({ frowned }) => frowned)) return { outcome: "void", at: now, relapsedAt: null }
  const { outcome, at, relapsedAt } = byVotes(counted, facts.firstContactAt)
  if (outcome) return { outcome, at, relapsedAt }
  const corrected = relapsedAt ? null : correctedAt(counted, facts.firstContactAt)
  if (corrected) return { outcome: "withdrawn", at: corrected, relapsedAt }
  return { outcome: byClock(facts, relapsedAt, now), at: now, relapsedAt }
}

type Track = Verdict & { windowFrom: Date }

/** The presses after the contact, in their order. */
function byVotes(counted: readonly RatedReply[], contactAt: Date | null): Verdict {
  if (!contactAt) return { outcome: null, at: null, relapsedAt: null }
  const start: Track = { outcome: null, at: null, relapsedAt: null, windowFrom: contactAt }
  return inOrder(counted)
    .filter(({ at }) => at >= contactAt)
    .reduce(turned, start)
}

/** A frown after a flip takes the flip back and starts the window anew; what comes after its window changes nothing. */
function turned(track: Track, { at, face }: Vote): Track {
  const relapses = face === "frown" && (track.outcome === "flipped" || track.outcome === "improved")
  const from = relapses && track.at ? track.at : track.windowFrom
  if (at > hoursAfter(from, flipHours)) return track
  if (relapses) return { outcome: null, at: null, relapsedAt: at, windowFrom: at }
  return track.outcome === said[face] ? track : { ...track, outcome: said[face], at }
}

/** When the last of its frowns was changed for a happier face before anybody had reached the customer: a correction, no flip. */
function correctedAt(counted: readonly RatedReply[], contactAt: Date | null): Date | null {
  const words = counted
    .filter(({ frowned }) => frowned)
    .map(({ votes }) => votes.filter(({ at }) => !contactAt || at < contactAt).at(-1))
    .filter((vote) => vote !== undefined)
  if (words.length === 0 || words.some(({ face }) => face === "frown")) return null
  return words.reduce((last, { at }) => (at > last ? at : last), new Date(0))
}

function byClock(facts: OutcomeFacts, relapsedAt: Date | null, now: Date): Outcome | null {
  const { firstContactAt, lastContactAt, contactedBy, spokeAt, reachable } = facts
  if (!reachable && contactedBy !== "call") return "unreachable"
  const since = lastContactAt ?? firstContactAt
  const spoken = [spokeAt, relapsedAt].some((at) => at && since && at > since)
  return since && !spoken && now >= hoursAfter(since, silenceHours) ? "no answer" : null
}

/** The last frown the customer pressed on any of these, corrected since or not. */
export const lastFrown = (rated: readonly RatedReply[]): Vote | null =>
  inOrder(rated.filter(({ voided }) => !voided)).findLast(({ face }) => face === "frown") ?? null

const inOrder = (rated: readonly RatedReply[]) =>
  rated.flatMap(({ votes }) => votes).toSorted((a, b) => a.at.getTime() - b.at.getTime())
