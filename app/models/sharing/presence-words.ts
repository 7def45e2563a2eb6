import type { Presence } from "../people/agent.ts"
import { sayMoment } from "../people/when.ts"

/** When and in which zone a moment is said: the desk's own zone. */
export type Said = { timeZone: string; now: Date }

/** "off till Mon 09:00" */
export const presenceWords = ({ state, until }: Presence, till: "till" | "until", { timeZone, now }: Said) =>
  until ? `${state} ${till} ${sayMoment(new Date(until), now, timeZone)}` : state
