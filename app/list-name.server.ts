import { listName } from "./components/case-views.ts"
import { customerOf } from "./models/cases/customers.server.ts"
import { personNamed } from "./models/cases/lookup.server.ts"
import type { Filter } from "./models/cases/views.server.ts"
import type { Viewer } from "./models/people/agent.ts"
import { mailboxById } from "./models/people/mailbox.server.ts"

/** What a list of cases is called, by all it is narrowed to; nothing is named that the viewer may not see. */
export async function nameOfList(viewer: Viewer, { view, q, mailboxId, agentId, customerId }: Filter) {
  const isTheirs = mailboxId !== null && viewer.mailboxIds.includes(mailboxId)
  const [mailbox, agent, customer] = await Promise.all([
    isTheirs ? mailboxById(mailboxId) : null,
    agentId === null ? null : personNamed(agentId),
    customerId === null ? null : customerOf(viewer, customerId),
  ])
  return listName(view, q, {
    mailbox: mailboxId === null ? null : (mailbox?.name ?? "a mailbox you do not answer"),
    agent: agentId === null ? null : (agent?.name ?? "nobody known"),
    customer: customerId === null ? null : customer?.name || customer?.addresses[0]?.address || "somebody unknown",
  })
}
