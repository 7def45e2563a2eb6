import { and, eq, isNull } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import type { Email } from "#emails/incoming/email.ts"
import { forwardedIn, isForwardSubject } from "#emails/incoming/forwarded.ts"
import { addressesOf, readFields } from "#emails/incoming/head.server.ts"
import { settingIn } from "../people/settings.server.ts"
import type { Arrived } from "./arrived.server.ts"
import { type Sender, senderOf } from "./participants.ts"

/** The agent who handed a mail on, and the customer who wrote it. */
export type Forwarder = { agentId: number; name: string; customer: Sender }

/**
 * Mail an agent forwards to a mailbox is its first writer's, where the desk allows it: from an agent whose domain
 * vouches for it, and with a forward in it. Anything else from an agent's address is a customer's mail,
 * for a From line proves nothing.
 */
export async function forwarderOf(tx: Tx, { email, authenticity }: Arrived): Promise<Forwarder | null> {
  if (authenticity.level !== "pass" || !mayHoldForward(email)) return null
  if (!(await settingIn(tx, "mail.agentForwards"))) return null
  const { address } = senderOf(email, [])
  const agent = address === null ? null : await agentAt(tx, address)
  const customer = agent && writerOf(email)
  return agent && customer ? { agentId: agent.id, name: agent.name, customer } : null
}

export const isAgent = async (tx: Tx, address: string) => (await agentAt(tx, address)) !== null

async function agentAt(tx: Tx, address: string) {
  const active = and(eq(agents.email, address), isNull(agents.deactivatedAt))
  const [agent] = await tx.select({ id: agents.id, name: agents.name }).from(agents).where(active)
  return agent ?? null
}

const mayHoldForward = (email: Email) => isForwardSubject(email.subject) || attachedMail(email) !== undefined

const attachedMail = ({ attachments }: Email) => attachments.find(({ contentType }) => contentType === "message/rfc822")

/** The attached mail says it surest; else the block that mail programs write above what they hand on. */
function writerOf(email: Email): Sender | null {
  const attached = attachedMail(email)
  if (attached) {
    const head = Buffer.from(attached.bytes.subarray(0, 64 * 1024))
    const sender = senderOf({ from: addressesOf(readFields(headOf(head)), "from"), replyTo: [] }, [])
    return sender.address === null ? null : sender
  }
  const from = isForwardSubject(email.subject) ? forwardedIn(email.text) : null
  const sender = from && senderOf({ from: [from], replyTo: [] }, [])
  return sender && sender.address !== null ? sender : null
}

function headOf(bytes: Buffer) {
  const end = bytes.indexOf("\r\n\r\n") + 1 || bytes.indexOf("\n\n") + 1 || bytes.length
  return bytes.subarray(0, end)
}
