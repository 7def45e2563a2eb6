import type { Viewer } from "../people/agent.ts"
import { isAtLeast } from "../people/agent.ts"

export const outcomes = ["flipped", "improved", "unmoved", "no answer", "unreachable", "withdrawn", "void"] as const
export type Outcome = (typeof outcomes)[number]

export type FrownFacts = {
  openedAt: Date
  dueAt: Date
  ownerId: number | null
  claimedAt: Date | null
  firstContactAt: Date | null
  contactedBy: "reply" | "call" | null
  lastContactAt: Date | null
  outcome: Outcome | null
  outcomeAt: Date | null
  closedAt: Date | null
  reopenedAt: Date | null
  reopenedCount: number
}

export const frownStates = ["new", "claimed", "contacted", ...outcomes, "let go"] as const
export type FrownState = (typeof frownStates)[number]

/** What the customer did names a frown before what we did: a flip stays a flip when somebody closes it. */
export function stateOf(frown: FrownFacts): FrownState {
  const { outcome } = frown
  if (outcome === "flipped" || outcome === "improved" || outcome === "withdrawn" || outcome === "void") return outcome
  if (frown.closedAt) return "let go"
  if (outcome) return outcome
  if (frown.firstContactAt) return "contacted"
  return frown.ownerId === null ? "new" : "claimed"
}

export type Step = "contact" | "wait" | "close"

/** What is to be done next: write or call, wait for the customer, or set the cause and close. Null once closed. */
export function nextStep(frown: FrownFacts): Step | null {
  if (frown.closedAt) return null
  if (cameBackSinceContact(frown)) return "contact"
  if (frown.outcome) return "close"
  return frown.firstContactAt ? "wait" : "contact"
}

const cameBackSinceContact = ({ reopenedAt, lastContactAt }: FrownFacts) =>
  reopenedAt !== null && (lastContactAt === null || lastContactAt <= reopenedAt)

/** Hours after the last contact in which the customer may still speak before silence is an answer. */
export const silenceHours = 14 * 24
/** Hours after the first contact, or after it came back, in which a happier face counts as ours. */
export const flipHours = 30 * 24
/** Hours in which a frown that has its outcome should get its cause and line: writing to the next person comes first. */
export const closingHours = 7 * 24
export const hoursAfter = (at: Date, hours: number) => new Date(at.getTime() + hours * 3_600_000)

/** When the next step falls due; the queue is read in this order. */
export function nextAt(frown: FrownFacts): Date {
  const step = nextStep(frown)
  if (step === "close") return hoursAfter(frown.outcomeAt ?? frown.dueAt, closingHours)
  if (step === "wait") return hoursAfter(frown.lastContactAt ?? frown.firstContactAt ?? frown.dueAt, silenceHours)
  return frown.dueAt
}

/** What is due first comes first; of two due at once, the older frown. */
export const dueFirst = (a: FrownFacts & { id: number }, b: FrownFacts & { id: number }) =>
  nextAt(a).getTime() - nextAt(b).getTime() || a.id - b.id

/**
 * Whether a frown on another reply of the case belongs to this closed one: it answers a reply that followed it up, or
 * comes within 30 days of the flip. Otherwise it is a new matter.
 */
export function comesBackTo(
  frown: FrownFacts & { id: number },
  { at, recoveryFrownId }: { at: Date; recoveryFrownId: number | null },
) {
  const { outcome, outcomeAt, firstContactAt } = frown
  if (recoveryFrownId === frown.id) return firstContactAt !== null && at <= hoursAfter(firstContactAt, flipHours)
  return (outcome === "flipped" || outcome === "improved") && !!outcomeAt && at <= hoursAfter(outcomeAt, flipHours)
}

export const isLate = (frown: FrownFacts, now: Date) => nextStep(frown) === "contact" && frown.dueAt < now

export const dismissals = ["misclick", "abuse", "spam", "duplicate"] as const
/** Why a lead takes a frown out of the queue without a contact. The rating itself stays counted. */
export type Dismissal = (typeof dismissals)[number]
export const isDismissal = (text: unknown): text is Dismissal => dismissals.some((reason) => reason === text)

export type Act = "claim" | "unclaim" | "call" | "cause" | "close" | "dismiss"

/**
 * What this person may do with it now. Nobody sets an outcome: only the customer's rating and the clock do. Closing
 * needs a contact or an outcome first; without either, only a lead may dismiss it, with a reason.
 */
export function mayDo(viewer: Pick<Viewer, "id" | "role">, frown: FrownFacts): Record<Act, boolean> {
  const open = frown.closedAt === null
  const lead = isAtLeast(viewer, "lead")
  const person = viewer.id !== null
  const worked = frown.firstContactAt !== null || frown.outcome !== null
  return {
    claim: open && person && frown.ownerId === null,
    unclaim: open && person && frown.ownerId !== null && (frown.ownerId === viewer.id || lead),
    call: open && person,
    cause: person && (open || lead),
    close: open && person && worked,
    dismiss: open && person && lead && !worked,
  }
}
