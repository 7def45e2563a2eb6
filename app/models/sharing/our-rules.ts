import { nextAgent } from "./next-agent.ts"
import type { SharingRules } from "./simulated.ts"

/** The desk's own rules as it uses them: `nextAgent` chooses, the rest says when a case goes back to the pool. */
export function ourRules(timeZone: string, rampCases = 5): SharingRules {
  return {
    choose: (candidates, knowsIt, now) =>
      nextAgent(candidates, { knowsIt, usual: null, rampCases, timeZone, mailbox: "", asksFor: [] }, now).agentId,
    keepsOwner: false,
    releases: true,
    unansweredMinutes: 240,
  }
}
