import type { Asked } from "#db/tables/sharing.ts"
import type { Candidate } from "./eligible.ts"
import { nextAgent } from "./next-agent.ts"
import { type Offered, offerOf } from "./offer.ts"

export type Remedy = { first: { agentId: number; name: string } | null; others: Offered[] }
type Between = { holder: number | null; me: number | null }

/**
 * Whom a case on the load page is offered to. In one press only to somebody the rules would give it to: whoever looks at
 * the page, else the next by the rules. The others of its mailbox after them, who is here first, with what handing it to
 * them goes past.
 */
export function remedyFor(people: readonly Candidate[], { holder, me }: Between, asked: Asked, now: Date): Remedy {
  const able = people.filter((one) => one.answersHere && !one.isInvited && one.agentId !== holder)
  const { agentId: next, rows } = nextAgent(able, asked, now)
  const mine = rows.find(({ agentId, skipped }) => agentId === me && skipped === null)
  const first = able.find(({ agentId }) => agentId === (mine?.agentId ?? next)) ?? null
  const others = able.filter((one) => one !== first).toSorted(byPlace)
  return {
    first: first && { agentId: first.agentId, name: first.name },
    others: others.map((one) => offerOf(one, holder, asked, now)),
  }
}

const order = { present: 0, away: 1, off: 2 }
const byPlace = (a: Candidate, b: Candidate) =>
  order[a.presence.state] - order[b.presence.state] || a.load / a.limit - b.load / b.limit || a.agentId - b.agentId
