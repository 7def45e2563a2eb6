import { type PresenceFacts, standing } from "../people/agent.ts"
import { type Duty, dutyAtOrAfter, dutyHoursBetween, type Hours, lastDutyEnd } from "../people/duty.ts"
import { latest } from "../people/hours.ts"

export type Switch = Omit<PresenceFacts, "deactivatedAt"> & { switchedAt: Date | null }

/** When somebody present came: their shift began, or they switched back, or their switch ran out; the last of these. */
export function cameAt(facts: Switch, duty: Duty | null, now: Date): Date | null {
  const began = duty && duty.from <= now ? [duty.from] : []
  const ranOut = facts.switchedTo !== "present" && facts.switchedUntil && facts.switchedUntil <= now
  const back = ranOut
    ? [facts.switchedUntil ?? now]
    : facts.switchedTo === "present"
      ? [facts.switchedAt ?? []].flat()
      : []
  return [...began, ...back].reduce<Date | null>((last, at) => (last ? latest(last, at) : at), null)
}

/** Since when somebody who is not present has not been: their switch, or their shift's end, whichever was first. */
export function goneSince(facts: Switch, hours: Hours, now: Date): Date | null {
  const duty = dutyAtOrAfter(now, hours)
  const isOn = duty !== null && duty.from <= now
  const { switchedTo } = standing(facts, now)
  const switched = switchedTo === "present" ? null : facts.switchedAt
  if (isOn) return switched
  const stayed = facts.switchedTo === "present" && facts.switchedUntil && facts.switchedUntil <= now
  const ends = [lastDutyEnd(now, hours) ?? [], stayed && facts.switchedUntil ? facts.switchedUntil : []].flat()
  const ended = ends.reduce<Date | null>((last, at) => (last ? latest(last, at) : at), null)
  return switched && ended && switched < ended ? switched : (ended ?? switched)
}

/** Hours on shift since the desk's midnight, and what somebody has stayed beyond theirs. At least a quarter. */
export function hoursToday(facts: Switch, hours: Hours, { today, now }: { today: Date; now: Date }): number {
  const onShift = dutyHoursBetween(today, now, hours)
  const { switchedTo, switchedUntil } = standing(facts, now)
  if (switchedTo !== "present" || !switchedUntil || !facts.switchedAt) return Math.max(0.25, onShift)
  const since = latest(today, facts.switchedAt)
  const stayed = (now.getTime() - since.getTime()) / 3_600_000 - dutyHoursBetween(since, now, hours)
  return Math.max(0.25, onShift + stayed)
}
