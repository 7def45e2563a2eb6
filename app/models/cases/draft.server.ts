import { and, desc, eq } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { type Address, drafts } from "#db/tables/cases.ts"
import { agents } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { caseFor } from "./case.server.ts"
import { type DraftFile, draftFiles, dropDraftFiles } from "./draft-file.server.ts"
import { filedVisiblyTo } from "./visible.server.ts"

const draftLimit = 200_000

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

/** Who is writing in this case, newest first; the viewer's own draft comes with its text and files, others' only as a fact. */
export async function draftsOf(viewer: Viewer, caseNumber: number) {
  const rows = await db
    .select({ agentId: drafts.agentId, name: agents.name, body: drafts.body, cc: drafts.cc, savedAt: drafts.savedAt })
    .from(drafts)
    .innerJoin(agents, eq(agents.id, drafts.agentId))
    .where(and(eq(drafts.caseNumber, caseNumber), filedVisiblyTo(viewer, drafts.caseNumber)))
    .orderBy(desc(drafts.savedAt))
  const own = rows.find((row) => row.agentId === viewer.id) ?? null
  const files = own ? (await draftFiles({ caseNumber, agentId: own.agentId })).map(shown) : []
  const others = rows.filter((row) => row !== own).map(({ name, savedAt }) => ({ name, savedAt }))
  return { mine: own && { ...own, files }, others }
}

const shown = ({ id, filename, size }: DraftFile) => ({ id, filename, size })
