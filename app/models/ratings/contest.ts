import type { Face } from "./face.ts"
import type { VoteStatus } from "./standing.ts"

export type Landing = { at: Date; face: Face | null; clientKey: string }

export type PastVote = {
  id: number
  at: Date
  face: Face
  status: VoteStatus
  because: string
  lineageHash: string | null
  clientKey: string | null
  settledAt: Date | null
}

export type Contest = "sweep" | "contest"

/** Presses and landings nearer than this are looked at together. Milliseconds. */
const quiet = 120_000
const sweepWithin = 60_000

/**
 * Which accepted votes cannot stand, and why (R7 and R8). A client that opened all three links
 * within a minute is a scanner, and its presses around then are void. Two different faces from two people within two
 * minutes void each other, as one of them is likely a machine. What is settled is final and only ever wins.
 */
export function contests(votes: readonly PastVote[], landings: readonly Landing[]): Map<number, Contest> {
  const swept = votes.filter((vote) => isOpen(vote) && isInSweep(vote, landings))
  const rest = votes.filter((vote) => !swept.includes(vote))
  const contested = rest.filter((vote) => isOpen(vote) && rest.some((other) => isRival(vote, other)))
  return new Map<number, Contest>([
    ...swept.map(({ id }) => [id, "sweep"] as const),
    ...contested.map(({ id }) => [id, "contest"] as const),
  ])
}

const isOpen = ({ status, settledAt }: PastVote) => status === "accepted" && settledAt === null

/** A vote already found contested stays a rival, so that a third face cannot slip in behind the first two. */
function isRival(vote: PastVote, other: PastVote) {
  const counts = other.status === "accepted" || other.because === "contest"
  const shared = vote.lineageHash !== null && vote.lineageHash === other.lineageHash
  return counts && !shared && vote.face !== other.face && Math.abs(+vote.at - +other.at) <= quiet
}

function isInSweep({ at, clientKey }: PastVote, landings: readonly Landing[]) {
  const own = landings.filter((landing) => landing.face !== null && landing.clientKey === clientKey)
  return sweeps(own).some(({ from, to }) => +at >= from - quiet && +at <= to + quiet)
}

/** Every minute in which all three were opened, each as short as it can be. */
function sweeps(landings: readonly Landing[]) {
  const ordered = landings.toSorted((a, b) => +a.at - +b.at)
  return ordered.flatMap((last, end) => {
    const minute = ordered.slice(0, end + 1).filter(({ at }) => +last.at - +at <= sweepWithin)
    const latest = new Map(minute.map(({ face, at }) => [face, +at]))
    return latest.size === 3 ? [{ from: Math.min(...latest.values()), to: +last.at }] : []
  })
}
