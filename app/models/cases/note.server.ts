import { announce } from "#db/announce.server.ts"
import { notes } from "#db/tables/cases.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { lockCase } from "./case.server.ts"
import { isVisibleTo } from "./visible.server.ts"

export const noteLimit = 50_000

/** Leaves a private note. Its table is not one that is mailed. */
export async function leaveNote(viewer: Viewer, caseNumber: number, body: string, now: Date) {
  const text = body.trim()
  const { id: agentId } = viewer
  if (agentId === null) return "a note needs an agent"
  if (text === "") return "empty"
  if (text.length > noteLimit) return "too long"
  return once(viewer, "note", async (tx) => {
    const kase = await lockCase(tx, caseNumber)
    if (!kase || !isVisibleTo(viewer, kase)) return "no such case"
    await tx.insert(notes).values({ caseNumber, agentId, body: text, at: now })
    await announce(tx, { kind: "note", caseNumber, mailboxId: kase.mailboxId, agentId: kase.agentId }, now)
    return "left"
  })
}
