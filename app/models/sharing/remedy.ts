import type { Presence } from "../people/agent.ts"

type Person = { agentId: number; presence: Presence; load: number; limit: number }
/** `answering`: who answers each mailbox, by its id. */
export type Team<P extends Person = Person> = { people: readonly P[]; answering: Record<string, number[]>; me: number }

/**
 * Whom a case on the load page is offered to: in one press to whoever looks at the page, if they could work it, else to
 * the emptiest plate; the others of its mailbox after them, who is here first. By hand past limits, never past that.
 */
export function remedyFor<P extends Person>(
  { mailboxId, agentId: holder }: { mailboxId: number; agentId: number | null },
  { people, answering, me }: Team<P>,
): { first: P | null; others: P[] } {
  const here = answering[mailboxId] ?? []
  const able = people.filter(({ agentId }) => here.includes(agentId) && agentId !== holder).toSorted(byRoom)
  const mine = able.find(({ agentId, presence }) => agentId === me && presence.state === "present")
  const first = mine ?? able.find(hasRoom) ?? null
  return { first, others: able.filter((person) => person !== first) }
}

const order = { present: 0, away: 1, off: 2 }
const byRoom = (a: Person, b: Person) =>
  order[a.presence.state] - order[b.presence.state] || a.load / a.limit - b.load / b.limit || a.agentId - b.agentId

const hasRoom = ({ presence, load, limit }: Person) => presence.state === "present" && load < limit
