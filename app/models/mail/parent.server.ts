import { and, desc, eq, inArray, isNull, or } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { inVisibleFamily } from "../cases/visible.server.ts"
import { canonicalAddress } from "../people/address.ts"
import type { Viewer } from "../people/agent.ts"
import type { Party } from "./recipients.ts"

export type Parent = Pick<
  typeof messages.$inferSelect,
  "kind" | "at" | "from" | "replyTo" | "subject" | "text" | "newText" | "rfcMessageId" | "references" | "machine"
>

/**
 * What a reply answers (RFC 5322 3.6.4): the last thing a person wrote to us that its writer may read, else the email of
 * a list or a machine that opened the case, else our own last words. Of a case merged into this one, only what somebody wrote who takes part in this one: its other words were not
 * written to those who get the answer, and would be quoted to them.
 */
export async function parentIn(
  tx: Tx,
  viewer: Viewer,
  caseNumber: number,
  parties: readonly Party[],
): Promise<Parent | null> {
  const { id, kind, from } = messages
  const byPeople = and(isAnswerable, eq(messages.unverified, false))
  const said = await tx
    .select({ id, kind, from, caseNumber: messages.caseNumber })
    .from(messages)
    .where(and(inVisibleFamily(viewer, messages.caseNumber, caseNumber), byPeople))
    .orderBy(kind, desc(id))
  const inside = new Set(parties.filter(({ standing }) => standing !== "pending").map(({ address }) => address))
  const isInside = (address: string) => inside.has(canonicalAddress(address) ?? "")
  const parent = said.find(
    (one) => one.caseNumber === caseNumber || (one.kind === "email" && isInside(one.from.address)),
  )
  return parent ? readParent(tx, parent.id) : null
}

const isOpening = and(inArray(messages.machine, ["auto", "list"]), isNull(messages.joinedBecause))
const isAnswerable = or(isNull(messages.machine), isOpening)

async function readParent(tx: Tx, messageId: number): Promise<Parent | null> {
  const { kind, at, from, replyTo, subject, text, newText, rfcMessageId, references, machine } = messages
  const [row] = await tx
    .select({ kind, at, from, replyTo, subject, text, newText, rfcMessageId, references, machine })
    .from(messages)
    .where(eq(messages.id, messageId))
  return row ?? null
}
