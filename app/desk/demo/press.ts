import type { Face } from "#app/models/ratings/face.ts"
import { later } from "./days.ts"
import type { Dice } from "./dice.ts"
import type { DemoAsk, DemoFrown, DemoVote } from "./story.ts"
import { happyComments } from "./words/happy-comments.ts"
import { frownComments, okComments } from "./words/other-comments.ts"

/** Smiley's own figure: 59 of 100 raters wrote a line. */
const commenting = 0.59
const settleSeconds = 181
/** The reply leaves when nobody has undone it. */
const undoSeconds = 11

export const settled = (at: Date) => new Date(at.getTime() + settleSeconds * 1000)
export const sentAfter = (at: Date) => new Date(at.getTime() + undoSeconds * 1000)

export function unasked(repliedAt: Date, leftOff: boolean): DemoAsk {
  return { leftOff, recovery: false, sentAt: sentAfter(repliedAt), votes: [], comment: null }
}

export const accepted = (at: Date, face: Face): DemoVote => ({
  at,
  face,
  status: "accepted",
  because: "",
  settledAt: settled(at),
})

type OpenFrown = Omit<DemoFrown, "author" | "cause">
type Pressed = { ask: DemoAsk; frown: OpenFrown | null; cause: string | null }

/** How somebody comes to the face they are counted with, on the way some press another one first. */
export function askOf(
  repliedAt: Date,
  face: Face,
  causes: readonly string[],
  say: (template: string) => string,
  until: Date,
  dice: Dice,
): Pressed {
  const cause = dice.chance(0.75) ? dice.pick(causes) : dice.pick(anyCause)
  const ask = unasked(repliedAt, false)
  const at = between(ask.sentAt, later(ask.sentAt, dice.lognormal(150, 1.5)), until, dice)
  ask.votes = votesFor(face, at, until, dice)
  const last = ask.votes.at(-1)?.at ?? at
  if (dice.chance(commenting)) ask.comment = { at: later(last, 0.8), body: say(words(face, cause, dice)) }
  const misclick = ask.votes.find((vote) => vote.face === "frown" && vote.status === "accepted" && face !== "frown")
  const isWithdrawn = misclick !== undefined && later(misclick.at, 5) < last
  if (face !== "frown" && !isWithdrawn) return { ask, frown: null, cause: null }
  const opened = settled(misclick?.at ?? last)
  return isWithdrawn ? { ask, frown: withdrawn(opened, last), cause: null } : { ask, frown: openFrown(opened), cause }
}

const anyCause = ["slow-first-reply", "misunderstood", "felt-canned", "had-to-repeat", "tone", "bug", "slow-to-solve"]

function words(face: Face, cause: string, dice: Dice) {
  if (face === "happy") return dice.pick(happyComments)
  return dice.pick(face === "ok" ? okComments : (frownComments[cause] ?? okComments))
}

function votesFor(face: Face, at: Date, until: Date, dice: Dice): DemoVote[] {
  const final = accepted(at, face)
  const kind = dice.next()
  if (kind < 0.008)
    return [{ ...final, status: "held", because: "too fast", settledAt: null }, accepted(later(at, 0.1), face)]
  if (kind < 0.02 && face === "happy") return [accepted(at, "ok"), accepted(later(at, 0.5), face)]
  // A misclick found out later: it stood as a frown for a while and nobody had written yet.
  const corrected = later(at, dice.between(20, 90))
  if (kind < 0.022 && face === "happy" && later(corrected, 10) < until)
    return [accepted(at, "frown"), accepted(corrected, face)]
  return [final]
}

/** Not before a minute after it was sent, and not after `until`: then anywhere in between. */
function between(sent: Date, wished: Date, until: Date, dice: Dice) {
  const soonest = later(sent, 1.5)
  if (wished < until) return wished < soonest ? soonest : wished
  return new Date(soonest.getTime() + dice.next() * Math.max(0, until.getTime() - soonest.getTime()))
}

const openFrown = (openedAt: Date): OpenFrown => ({
  openedAt,
  dueAt: openedAt,
  owner: null,
  claimedAt: null,
  firstContactAt: null,
  contactedBy: null,
  lastContactAt: null,
  outcome: null,
  outcomeAt: null,
  closedAt: null,
  closedBy: null,
  whatWeDid: "",
  events: [{ at: openedAt, by: null, kind: "opened", detail: "" }],
})

function withdrawn(openedAt: Date, at: Date): OpenFrown {
  const frown = openFrown(openedAt)
  const closedAt = settled(at)
  const events: OpenFrown["events"] = [
    ...frown.events,
    { at, by: null, kind: "outcome", detail: "withdrawn" },
    { at: closedAt, by: null, kind: "closed", detail: "withdrawn" },
  ]
  return { ...frown, outcome: "withdrawn", outcomeAt: at, closedAt, events }
}
