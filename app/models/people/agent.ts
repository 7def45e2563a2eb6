import { type Calendar, openAtOrAfter, type WeekRow } from "./hours.ts"

export const roles = ["agent", "lead", "admin"] as const
export type Role = (typeof roles)[number]

/** Who asks. A leads' and admins' `mailboxIds` are all mailboxes; an API token has no id and may what an admin may. */
export type Viewer = { id: number | null; name: string; email: string; role: Role; mailboxIds: number[] }

export const presences = ["present", "away", "off"] as const
export type PresenceState = (typeof presences)[number]
export type Presence = { state: PresenceState; until: string | null }

export type PresenceFacts = {
  switchedTo: PresenceState
  switchedUntil: Date | null
  deactivatedAt: Date | null
  /** The person's own zone, or the desk's where they have none. */
  timeZone: string
}
export type Absence = { startsAt: Date; endsAt: Date }

export const isAtLeast = (viewer: Pick<Viewer, "role">, role: Role) => roles.indexOf(viewer.role) >= roles.indexOf(role)
export const isRole = (text: unknown): text is Role => roles.some((role) => role === text)
export const isPresence = (text: unknown): text is PresenceState => presences.some((state) => state === text)

/**
 * Present, away or off, and until when. In this order: an account that ended, a switch to "present until" (somebody
 * works late or on a day off), an absence, the other switches, the week. No week at all is always on shift.
 */
export function presenceOf(
  facts: PresenceFacts,
  week: readonly WeekRow[],
  absences: readonly Absence[],
  now: Date,
): Presence {
  if (facts.deactivatedAt) return { state: "off", until: null }
  const switched = facts.switchedUntil !== null && facts.switchedUntil <= now ? "present" : facts.switchedTo
  if (switched === "present" && facts.switchedUntil && facts.switchedUntil > now) return until(facts.switchedUntil)
  const absence = absences.find(({ startsAt, endsAt }) => startsAt <= now && now < endsAt)
  if (absence) return { state: "off", until: absence.endsAt.toISOString() }
  if (switched === "off") return { state: "off", until: facts.switchedUntil?.toISOString() ?? null }
  return byWeek(switched, facts, { timeZone: facts.timeZone, week, holidays: [] }, now)
}

function byWeek(switched: "present" | "away", facts: PresenceFacts, calendar: Calendar, now: Date): Presence {
  const shift = calendar.week.length === 0 ? null : openAtOrAfter(now, calendar)
  if (shift && shift.from > now) return { state: "off", until: shift.from.toISOString() }
  if (switched === "away") return { state: "away", until: facts.switchedUntil?.toISOString() ?? null }
  return { state: "present", until: shift?.to.toISOString() ?? null }
}

const until = (at: Date): Presence => ({ state: "present", until: at.toISOString() })
