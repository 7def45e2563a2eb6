import type { Address } from "#db/tables/cases.ts"
import type { BoxKey } from "./cast.ts"

/** The ids behind the demo's names. */
export type Register = {
  agent(key: string): number
  /** Nobody stays nobody. */
  person(key: string | null): number | null
  mailbox(key: BoxKey): number
  address(key: BoxKey): Address
  cause(key: string): { id: number; name: string }
}

export type Known = {
  agents: Map<string, number>
  mailboxes: Map<string, number>
  causes: Map<string, { id: number; name: string }>
}

export function registerOf({ agents, mailboxes, causes }: Known, addresses: Record<BoxKey, Address>): Register {
  return {
    agent: (key) => known(agents, key),
    person: (key) => (key === null ? null : known(agents, key)),
    mailbox: (key) => known(mailboxes, key),
    address: (key) => addresses[key],
    cause: (key) => known(causes, key),
  }
}

function known<T>(ids: Map<string, T>, key: string) {
  const found = ids.get(key)
  if (found === undefined) throw new Error(`the demo knows no ${key}`)
  return found
}
