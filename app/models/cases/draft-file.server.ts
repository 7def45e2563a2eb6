import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { attachments } from "#db/tables/cases.ts"
import { keepFile } from "./attachment.server.ts"

export type DraftFile = { id: number; filename: string; contentType: string; sha256: string; size: number }
export type KeptFile = Omit<DraftFile, "id">
/** A file as it came, which is nowhere yet. */
export type NewFile = Omit<KeptFile, "sha256"> & { bytes: Buffer }

/** Of a case, or of one that its writer is about to open. */
type Draft = { caseNumber: number | null; agentId: number }

/** The files that wait with somebody's draft: attached to a case, by a person, and to no message yet. */
export function draftFiles(draft: Draft, from: Pick<Tx, "select"> = db): Promise<DraftFile[]> {
  const { id, filename, contentType, sha256, size } = attachments
  return from
    .select({ id, filename, contentType, sha256, size })
    .from(attachments)
    .where(waitingWith(draft))
    .orderBy(asc(id))
}

/** A draft's files as they are chosen, and those of a reply that could not be sent as it was; what it has already, once. */
export async function addToDraft(draft: Draft, files: (KeptFile | NewFile)[], now: Date) {
  const { caseNumber, agentId } = draft
  const kept = await keepFiles(files)
  if (kept.length === 0) return
  await db.transaction(async (tx) => {
    // Chosen in two windows at once, a file would go out twice.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`draft ${caseNumber} ${agentId}`}, 0))`)
    const waiting = new Set((await draftFiles(draft, tx)).map(sameAs))
    const fresh = new Map(kept.filter((file) => !waiting.has(sameAs(file))).map((file) => [sameAs(file), file]))
    const rows = [...fresh.values()].map(({ filename, contentType, sha256, size }) => {
      return { filename, contentType, sha256, size, caseNumber, uploadedBy: agentId, createdAt: now }
    })
    if (rows.length > 0) await tx.insert(attachments).values(rows)
  })
}

const sameAs = ({ sha256, filename }: KeptFile) => `${sha256} ${filename}`

/** Keeps those that are nowhere yet. */
export function keepFiles(files: (KeptFile | NewFile)[]): Promise<KeptFile[]> {
  return Promise.all(
    files.map(async (file) => {
      if (!("bytes" in file)) return file
      const { bytes, ...facts } = file
      return { ...facts, ...(await keepFile(bytes)) }
    }),
  )
}

/** Before the message itself is taken out of the case, which would take them along. */
export async function backWithDraft(tx: Tx, messageId: number, { caseNumber, agentId }: Draft) {
  await tx
    .update(attachments)
    .set({ messageId: null, caseNumber, uploadedBy: agentId })
    .where(eq(attachments.messageId, messageId))
}

export async function dropDraftFiles(tx: Tx, draft: Draft) {
  await tx.delete(attachments).where(waitingWith(draft))
}

export const waitingWith = ({ caseNumber, agentId }: Draft): SQL | undefined =>
  and(
    caseNumber === null ? isNull(attachments.caseNumber) : eq(attachments.caseNumber, caseNumber),
    eq(attachments.uploadedBy, agentId),
    isNull(attachments.messageId),
  )
