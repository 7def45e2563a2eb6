import type { Face } from "./face.ts"

export type VoteStatus = "accepted" | "held" | "contested" | "rejected"

type Vote = { at: Date; face: Face; status: VoteStatus }

export type Standing = { first: Face; standing: Face; firstAt: Date; lastAt: Date }

/**
 * First word and last word of one reply. The last word is the last accepted vote. The
 * first is the last accepted one before a person got in touch about the frown: a misclick put right at once is a
 * correction, a change after that is recovery. Given only after the contact, the first vote is the first word.
 * Votes of one instant stand in the order given. `firstAt` is when they first rated at all, so that the day a rating is counted under never moves.
 */
export function standingOf(votes: readonly Vote[], firstContactAt: Date | null): Standing | null {
  const accepted = votes.filter(({ status }) => status === "accepted").toSorted((a, b) => +a.at - +b.at)
  const [earliest] = accepted
  const latest = accepted.at(-1)
  if (!earliest || !latest) return null
  const untouched = accepted.filter(({ at }) => firstContactAt === null || at < firstContactAt)
  const first = untouched.at(-1) ?? earliest
  return { first: first.face, standing: latest.face, firstAt: earliest.at, lastAt: latest.at }
}
