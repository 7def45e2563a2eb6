import { and, desc, eq, gt } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { type Address, drafts, messages } from "#db/tables/cases.ts"
import type { Viewer } from "../people/agent.ts"
import { caseFor } from "./case.server.ts"
import { addToDraft, draftFiles, dropDraftFiles, type NewFile } from "./draft-file.server.ts"
import { isBeginningOf } from "./repeat.ts"

/** More than can be sent: what is too long is said before it goes, and loses nothing until it is shorter. */
const draftLimit = 1_000_000

/** Keeps what is being written, so that a closed laptop loses nothing and colleagues see who writes. Empty text ends it, unless files wait with it. */
export async function saveDraft(viewer: Viewer, caseNumber: number, body: string, cc: Address[], now: Date) {
  const { id: agentId } = viewer
  if (agentId === null || !(await caseFor(viewer, caseNumber))) return "no such case"
  if (body.length > draftLimit) return "too long"
  return db.transaction(async (tx) => {
    const isNothing = body.trim() === "" && (await draftFiles({ caseNumber, agentId }, tx)).length === 0
    if (isNothing) await dropDraft(tx, caseNumber, agentId)
    else await putDraft(tx, { caseNumber, agentId, body, cc, savedAt: now })
    await announce(tx, { kind: "draft", caseNumber }, now)
    return "saved"
  })
}

const onItsWay = 30_000

/** The same while somebody types: what was on its way while its reply was sent must not bring the words back. */
export async function autosaveDraft(viewer: Viewer, caseNumber: number, body: string, cc: Address[], now: Date) {
  const { id: agentId } = viewer
  if (agentId !== null && (await isOfSent({ caseNumber, agentId }, body, now))) return "sent"
  return saveDraft(viewer, caseNumber, body, cc, now)
}

async function isOfSent(whose: { caseNumber: number; agentId: number }, body: string, now: Date) {
  const [last] = await db
    .select({ text: messages.text, at: messages.at })
    .from(messages)
    .where(
      and(
        eq(messages.caseNumber, whose.caseNumber),
        eq(messages.kind, "reply"),
        eq(messages.agentId, whose.agentId),
        gt(messages.at, new Date(now.getTime() - onItsWay)),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(1)
  return last !== undefined && body.trim() !== "" && isBeginningOf(body, last.text)
}

/** Files are kept as they are chosen, whether or not a word is written yet. */
export async function saveFiles(viewer: Viewer, caseNumber: number, files: NewFile[], now: Date) {
  const { id: agentId } = viewer
  if (agentId === null || !(await caseFor(viewer, caseNumber))) return "no such case"
  await addToDraft({ caseNumber, agentId }, files, now)
  await db
    .insert(drafts)
    .values({ caseNumber, agentId, body: "", savedAt: now })
    .onConflictDoUpdate({ target: [drafts.caseNumber, drafts.agentId], set: { savedAt: now } })
  return "saved"
}

export async function putDraft(tx: Tx, draft: typeof drafts.$inferInsert) {
  const { body, cc, savedAt } = draft
  await tx
    .insert(drafts)
    .values(draft)
    .onConflictDoUpdate({ target: [drafts.caseNumber, drafts.agentId], set: { body, savedAt, ...(cc ? { cc } : {}) } })
}

export async function dropDraft(tx: Tx, caseNumber: number, agentId: number) {
  await tx.delete(drafts).where(and(eq(drafts.caseNumber, caseNumber), eq(drafts.agentId, agentId)))
  await dropDraftFiles(tx, { caseNumber, agentId })
}
