import type { Presence } from "../people/agent.ts"
import { sayMoment } from "../people/when.ts"

/** "off till Mon 09:00", in the desk's zone. */
export const presenceWords = ({ state, until }: Presence, timeZone: string, now: Date) =>
  until ? `${state} till ${sayMoment(new Date(until), now, timeZone)}` : state
