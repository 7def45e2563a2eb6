import { and, desc, eq, gt, isNull, ne, or } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { messages, notes } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import { isRepeat } from "../cases/repeat.ts"
import { inVisibleFamily } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"

type Seen = {
  caseNumber: number
  agentId: number
  seenMessageId: number | null
  seenNoteId: number | null
  seenMergeId: number | null
}

/** Why a reply is not sent yet, for its writer to look again. */
export type Stop = "something new arrived" | "you replied meanwhile" | "you sent that already"

/**
 * What its writer has to know before a reply goes. Two windows of one person hold the same draft: what went from the one
 * stops the other, unless they were told of it and send `again`. The case is locked, so of two at once one is second.
 */
export async function stopFor(
  tx: Tx,
  viewer: Viewer,
  reply: Seen & { text: string; again: boolean },
  now: Date,
): Promise<Stop | null> {
  if (await isNewSince(tx, viewer, reply)) return "something new arrived"
  if (reply.again) return null
  const last = await ownLastReply(tx, viewer, reply)
  if (isRepeat(reply.text, last, now)) return "you sent that already"
  const isUnseen = typeof reply.seenMessageId === "number" && last !== undefined && last.id > reply.seenMessageId
  return isUnseen ? "you replied meanwhile" : null
}

async function ownLastReply(tx: Tx, viewer: Viewer, { caseNumber, agentId }: Seen) {
  const here = inVisibleFamily(viewer, messages.caseNumber, caseNumber)
  const own = and(here, eq(messages.kind, "reply"), eq(messages.agentId, agentId))
  const { id, text, at } = messages
  const [last] = await tx.select({ id, text, at }).from(messages).where(own).orderBy(desc(id)).limit(1)
  return last
}

/**
 * Whether there is what the writer's page does not show: somebody wrote, or a whole case came in by a merge, whose words
 * may be older than what they have seen. A machine's mail is no reason to stop.
 */
async function isNewSince(tx: Tx, viewer: Viewer, seen: Seen): Promise<boolean> {
  return (await wasWritten(tx, viewer, seen)) || (await wasNoted(tx, viewer, seen)) || (await wasMerged(tx, seen))
}

async function wasWritten(tx: Tx, viewer: Viewer, { caseNumber, agentId, seenMessageId }: Seen) {
  if (typeof seenMessageId !== "number") return false
  const byOthers = or(and(eq(messages.kind, "email"), isNull(messages.machine)), ne(messages.agentId, agentId))
  const here = inVisibleFamily(viewer, messages.caseNumber, caseNumber)
  const newer = and(here, gt(messages.id, seenMessageId), byOthers)
  return (await tx.select({ id: messages.id }).from(messages).where(newer).limit(1)).length > 0
}

async function wasNoted(tx: Tx, viewer: Viewer, { caseNumber, agentId, seenNoteId }: Seen) {
  if (typeof seenNoteId !== "number") return false
  const here = inVisibleFamily(viewer, notes.caseNumber, caseNumber)
  const newer = and(here, gt(notes.id, seenNoteId), ne(notes.agentId, agentId))
  return (await tx.select({ id: notes.id }).from(notes).where(newer).limit(1)).length > 0
}

async function wasMerged(tx: Tx, { caseNumber, seenMergeId }: Seen) {
  if (typeof seenMergeId !== "number") return false
  const merged = and(eq(caseEvents.caseNumber, caseNumber), eq(caseEvents.kind, "merged"))
  const newer = and(merged, gt(caseEvents.id, seenMergeId))
  return (await tx.select({ id: caseEvents.id }).from(caseEvents).where(newer).limit(1)).length > 0
}
