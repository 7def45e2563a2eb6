import { and, eq, inArray } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import { comparable } from "../people/address.ts"
import type { Viewer } from "../people/agent.ts"
import type { Refused } from "./question.ts"

export type Narrow = { mailboxId: number | null; agentId: number | null }

/** A report narrowed to a mailbox and an agent by their addresses. Closed mailboxes and people who left have a past too. */
export async function narrowBy(
  { mailboxIds }: Pick<Viewer, "mailboxIds">,
  mailbox: string | null,
  agent: string | null,
): Promise<Narrow | Refused> {
  const mailboxId = mailbox ? await mailboxIdOf(mailboxIds, mailbox) : null
  if (mailboxId === undefined) return { refused: `There is no mailbox ${mailbox}` }
  const agentId = agent ? await agentIdOf(agent) : null
  if (agentId === undefined) return { refused: `There is no agent ${agent}` }
  return { mailboxId, agentId }
}

async function mailboxIdOf(mailboxIds: number[], address: string) {
  const mine = and(inArray(mailboxes.id, mailboxIds), eq(mailboxes.address, comparable(address)))
  return (await db.select({ id: mailboxes.id }).from(mailboxes).where(mine))[0]?.id
}

async function agentIdOf(email: string) {
  const mine = eq(agents.email, comparable(email))
  return (await db.select({ id: agents.id }).from(agents).where(mine))[0]?.id
}
