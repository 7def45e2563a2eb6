import { and, eq, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases, participants } from "#db/tables/cases.ts"
import { agents, customerAddresses, customers, mailboxes } from "#db/tables/people.ts"
import { comparable } from "../people/address.ts"
import type { Viewer } from "../people/agent.ts"
import { type Filter, type View, views } from "./views.server.ts"
import { inMailboxesOf } from "./visible.server.ts"

const stateViews: Record<string, View> = {
  "waiting-on-us": "everyone",
  "waiting-on-them": "waiting-on-them",
  snoozed: "snoozed",
  closed: "closed",
  spam: "spam",
  all: "all",
}

/** A query string of the API or a list, as a filter; a word it does not know is refused by name. */
export async function filterFrom(viewer: Viewer, asked: URLSearchParams): Promise<Filter | { refused: string }> {
  const state = asked.get("state") ?? "all"
  const view = views.find((name) => name === asked.get("view")) ?? stateViews[state]
  if (!view) return { refused: `There is no state ${state}; use ${Object.keys(stateViews).join(", ")}` }
  const mailboxId = await idOf(asked.get("mailbox"), (address) => mailboxIdOf(viewer, address))
  if (mailboxId === "unknown") return { refused: `There is no mailbox ${asked.get("mailbox")}` }
  const agentId = await idOf(asked.get("agent"), agentIdOf)
  if (agentId === "unknown") return { refused: `There is no agent ${asked.get("agent")}` }
  const customerId = await idOf(asked.get("customer"), customerIdOf)
  // Nobody of that address has written: an empty page, not an error.
  const nobody = customerId === "unknown" ? -1 : customerId
  return { view, mailboxId, agentId, customerId: nobody, q: asked.get("q"), cursor: asked.get("cursor") }
}

async function idOf(text: string | null, find: (text: string) => Promise<number | null>) {
  return text ? ((await find(comparable(text))) ?? "unknown") : null
}

async function mailboxIdOf(viewer: Viewer, address: string) {
  const mine = inMailboxesOf(viewer, mailboxes.id)
  const [row] = await db
    .select({ id: mailboxes.id })
    .from(mailboxes)
    .where(and(eq(mailboxes.address, address), mine))
  return row?.id ?? null
}

export async function agentIdOf(email: string) {
  const [row] = await db
    .select({ id: agents.id })
    .from(agents)
    .where(eq(agents.email, comparable(email)))
  return row?.id ?? null
}

async function customerIdOf(address: string) {
  const [row] = await db
    .select({ id: customerAddresses.customerId })
    .from(customerAddresses)
    .where(eq(customerAddresses.address, address))
  return row?.id ?? null
}

/** Name and address of whoever the case is with; null for mail without a sender. */
export async function customerNamed(caseNumber: number) {
  const [row] = await db
    .select({
      name: sql<string>`coalesce(nullif(${customers.name}, ''), ${participants.name}, '')`,
      email: participants.address,
    })
    .from(cases)
    .leftJoin(customers, eq(customers.id, cases.customerId))
    .innerJoin(participants, and(eq(participants.caseNumber, cases.number), eq(participants.standing, "requester")))
    .where(eq(cases.number, caseNumber))
  return row ?? null
}

export async function personNamed(agentId: number | null) {
  if (agentId === null) return null
  const [row] = await db.select({ name: agents.name, email: agents.email }).from(agents).where(eq(agents.id, agentId))
  return row ?? null
}
