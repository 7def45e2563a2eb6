import type { Presence } from "../people/agent.ts"

type Holder = { presence: Presence; switchedAt: Date | null }

/** Away for longer is gone: their cases go to somebody who is here. */
const shortAway = 2 * 3_600_000

/**
 * Why whoever holds a case cannot work it now, in words that follow "is"; null while they can. Away for up to two hours
 * is a meal or a meeting: their cases wait for them.
 */
export function cannotWork({ presence, switchedAt }: Holder, now: Date): string | null {
  if (presence.state === "off") return "off shift"
  if (presence.state !== "away") return null
  const since = switchedAt?.getTime() ?? now.getTime()
  const until = presence.until ? Date.parse(presence.until) : now.getTime()
  return until - since > shortAway ? "away for long" : null
}
