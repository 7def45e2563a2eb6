import { type Contest, contests, type Landing, type PastVote } from "./contest.ts"
import type { Face } from "./face.ts"
import type { VoteStatus } from "./standing.ts"

/** Everything the rules R1 to R8 below look at to tell a person's press from a scanner's. */
export type PressFacts = {
  link: LinkState
  /** When the mail left; when it was written while that is not known. */
  sentAt: Date
  /** When our signed page was made; null when it was missing, forged or another link's. */
  pageAt: Date | null
  isCrossSite: boolean
  isStaff: boolean
  honeypot: string
  /** The page's script ran; without it there is no gesture to ask for. */
  withScript: boolean
  withGesture: boolean
  face: Face
  /** The same person as before, as far as cookie and page can tell. */
  lineageHash: string
  clientKey: string
  landings: readonly Landing[]
  votes: readonly PastVote[]
}

export type LinkState = "live" | "expired" | "revoked"
type Rejected = "expired" | "revoked" | "no page" | "cross-site" | "preview" | "honeypot"
type Held = "too fast" | "too old" | "no gesture" | "too soon" | "page from before a contest"
export type Because = Rejected | Held | Contest | "other device" | ""

export type Verdict = { status: VoteStatus; because: Because; contested: ReadonlyMap<number, Contest> }

const fastest = 700
const oldest = 86_400_000
const soonest = 20_000

/**
 * What becomes of a press: rejected (R1 to R5), held until it is pressed once more, contested and asked again,
 * or accepted. `contested` are the earlier votes that a contest takes with it.
 */
export function judge(press: PressFacts, now: Date): Verdict {
  const rejected = whyRejected(press)
  if (rejected) return { status: "rejected", because: rejected, contested: new Map() }
  const held = whyHeld(press, now)
  if (held) return { status: "held", because: held, contested: new Map() }
  return judgeAmong(press, now)
}

function whyRejected({ link, pageAt, isCrossSite, isStaff, honeypot }: PressFacts): Rejected | null {
  if (link !== "live") return link
  if (!pageAt) return "no page"
  if (isCrossSite) return "cross-site"
  if (isStaff) return "preview"
  return honeypot === "" ? null : "honeypot"
}

function whyHeld(press: PressFacts, now: Date): Held | null {
  const age = now.getTime() - (press.pageAt?.getTime() ?? 0)
  if (age < fastest) return "too fast"
  if (age > oldest) return "too old"
  if (press.withScript && !press.withGesture) return "no gesture"
  return now.getTime() - press.sentAt.getTime() < soonest ? "too soon" : null
}

/** Looked at as one more accepted vote among those there are. */
function judgeAmong(press: PressFacts, now: Date): Verdict {
  const { face, lineageHash, clientKey } = press
  const candidate = {
    id: 0,
    at: now,
    face,
    status: "accepted",
    because: "",
    settledAt: null,
    lineageHash,
    clientKey,
  } as const
  const found = new Map(contests([...press.votes, candidate], press.landings))
  const own = found.get(0)
  found.delete(0)
  if (own) return { status: "contested", because: own, contested: found }
  if (isFromBeforeContest(press)) return { status: "held", because: "page from before a contest", contested: new Map() }
  const isOther = press.votes.some((vote) => vote.status === "accepted" && vote.lineageHash !== lineageHash)
  return { status: "accepted", because: isOther ? "other device" : "", contested: found }
}

/** After a contest only a page made since then counts: one kept open from before proves nobody looked again. */
function isFromBeforeContest({ votes, lineageHash, pageAt }: PressFacts) {
  return votes.some(
    (vote) => vote.because === "contest" && vote.lineageHash !== lineageHash && pageAt !== null && pageAt < vote.at,
  )
}
