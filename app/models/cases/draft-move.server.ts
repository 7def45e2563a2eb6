import { and, eq } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { type Address, attachments, drafts } from "#db/tables/cases.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { lockCase } from "./case.server.ts"
import { dropDraft, putDraft } from "./draft.server.ts"
import { waitingWith } from "./draft-file.server.ts"
import { livingNumber } from "./family.server.ts"
import { isVisibleTo } from "./visible.server.ts"

/** Takes what somebody was writing in a case that was merged to where it goes on; that case's number, or why not. */
export function moveDraft(viewer: Viewer & { id: number }, from: number, now: Date) {
  return once(viewer, "move draft", async (tx) => {
    const into = await livingNumber(tx, from)
    const living = into === null ? null : await lockCase(tx, into)
    if (!living || !isVisibleTo(viewer, living)) return "no such case"
    if (living.number === from) return "not possible now"
    await takeAlong(tx, { from, into: living.number, agentId: viewer.id }, now)
    await announce(tx, { kind: "draft", caseNumber: living.number }, now)
    return { into: living.number }
  })
}

/** After whatever they have begun to write there. */
async function takeAlong(tx: Tx, { from, into, agentId }: { from: number; into: number; agentId: number }, now: Date) {
  const [moved, begun] = [await draftIn(tx, from, agentId), await draftIn(tx, into, agentId)]
  if (!moved) return
  await tx
    .update(attachments)
    .set({ caseNumber: into })
    .where(waitingWith({ caseNumber: from, agentId }))
  await dropDraft(tx, from, agentId)
  const body = begun?.body.trim() ? `${begun.body}\n\n${moved.body}` : moved.body
  await putDraft(tx, { caseNumber: into, agentId, body, cc: allOf(begun?.cc ?? [], moved.cc), savedAt: now })
}

const allOf = (some: Address[], more: Address[]) => [
  ...new Map([...some, ...more].map((one) => [one.address, one])).values(),
]

async function draftIn(tx: Tx, caseNumber: number, agentId: number) {
  const mine = and(eq(drafts.caseNumber, caseNumber), eq(drafts.agentId, agentId))
  const [row] = await tx.select().from(drafts).where(mine).for("update")
  return row ?? null
}
