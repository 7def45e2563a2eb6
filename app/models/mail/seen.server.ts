import { and, eq, gt, isNull, ne, or } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { messages, notes } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import { inVisibleFamily } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"

type Seen = {
  caseNumber: number
  agentId: number
  seenMessageId: number | null
  seenNoteId: number | null
  seenMergeId: number | null
}

/**
 * Whether there is what the writer's page does not show: somebody wrote, or a whole case came in by a merge, whose words
 * may be older than what they have seen. A machine's mail is no reason to stop.
 */
export async function isNewSince(tx: Tx, viewer: Viewer, seen: Seen): Promise<boolean> {
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
