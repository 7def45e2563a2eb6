import { type Duty, dutyAtOrAfter, type Hours } from "./duty.ts"
import { latest } from "./hours.ts"

export const roles = ["agent", "lead", "admin"] as const
export type Role = (typeof roles)[number]

/** Who asks. A leads' and admins' `mailboxIds` are all mailboxes; an API token has no id, and its owner's role and mailboxes at most. */
export type Viewer = {
  id: number | null
  name: string
  email: string
  role: Role
  mailboxIds: number[]
  /** What tells this press of theirs from every other. */
  opId?: string | null
}

export const presences = ["present", "away", "off"] as const
export type PresenceState = (typeof presences)[number]
export type Presence = { state: PresenceState; until: string | null }

export type PresenceFacts = {
  switchedTo: PresenceState
  switchedUntil: Date | null
  deactivatedAt: Date | null
}

export const isAtLeast = (viewer: Pick<Viewer, "role">, role: Role) => roles.indexOf(viewer.role) >= roles.indexOf(role)
export const isRole = (text: unknown): text is Role => roles.some((role) => role === text)
export const isPresence = (text: unknown): text is PresenceState => presences.some((state) => state === text)

/**
 * Present, away or off, and until when. In this order: an account that ended, a switch to "present until" (somebody
 * works late or on a day off), a switch to off, the hours, a switch to away. `until` of whoever is not present is when
 * they will be, where that is known: a day off that ends on a Friday evening ends on Monday.
 */
export function presenceOf(facts: PresenceFacts, hours: Hours, now: Date): Presence {
  if (facts.deactivatedAt) return told("off", null)
  const { switchedTo, switchedUntil } = standing(facts, now)
  const duty = dutyAtOrAfter(now, hours)
  const back = switchedUntil ? dutyAtOrAfter(switchedUntil, hours) : duty
  if (switchedTo === "present" && switchedUntil) return told("present", endOf(switchedUntil, back))
  const next = back && latest(back.from, switchedUntil ?? now)
  if (switchedTo === "off") return told("off", switchedUntil && next)
  if (!duty || duty.from > now) return told("off", next)
  return switchedTo === "away" ? told("away", switchedUntil && next) : told("present", duty.to)
}

/** The switch as it stands: one whose time is over is back at present. */
export function standing({ switchedTo, switchedUntil }: Omit<PresenceFacts, "deactivatedAt">, now: Date) {
  const isOver = switchedUntil !== null && switchedUntil <= now
  return isOver ? ({ switchedTo: "present", switchedUntil: null } as const) : { switchedTo, switchedUntil }
}

/** Whoever stays until a moment within their hours stays until those end. */
const endOf = (until: Date, duty: Duty | null) => (duty && duty.from <= until ? duty.to : until)

const told = (state: PresenceState, until: Date | null): Presence => ({ state, until: until?.toISOString() ?? null })

/** The ways a program may read the list of people. */
export const agentOrders = ["id", "name"] as const
