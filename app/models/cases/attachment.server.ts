import { and, asc, eq, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { files } from "#db/files.server.ts"
import { attachments, messages } from "#db/tables/cases.ts"
import type { Viewer } from "../people/agent.ts"
import { filedVisiblyTo, inVisibleFamily } from "./visible.server.ts"

export type AttachmentRow = typeof attachments.$inferSelect

/** Stores bytes before the row that names them commits: a row never points at nothing. */
export async function keepFile(bytes: Buffer): Promise<{ sha256: string; size: number }> {
  return { sha256: await files.put(bytes), size: bytes.length }
}

export const readFile = (sha256: string) => files.get(sha256)

type NewAttachment = {
  messageId: number
  caseNumber: number
  sha256: string
  size: number
  filename: string
  contentType: string
  inline: boolean
  contentId: string | null
}

/** Their ids, in order. */
export async function attach(tx: Tx, rows: NewAttachment[], now: Date): Promise<number[]> {
  if (rows.length === 0) return []
  const made = await tx
    .insert(attachments)
    .values(rows.map((row) => ({ ...row, createdAt: now })))
    .returning({ id: attachments.id })
  return made.map(({ id }) => id)
}

/** The attachment, if the viewer answers the mailbox of its case; one that waits with a draft is its writer's alone. */
export async function attachmentFor(viewer: Viewer, id: number): Promise<AttachmentRow | null> {
  const [row] = await db
    .select({ attachment: attachments })
    .from(attachments)
    .leftJoin(messages, eq(messages.id, attachments.messageId))
    .where(and(eq(attachments.id, id), filedVisiblyTo(viewer, filedIn)))
  if (!row || (row.attachment.messageId === null && row.attachment.uploadedBy !== viewer.id)) return null
  return row.attachment
}

/** Where its message is filed; while it waits with a draft, where that is written. */
const filedIn = sql`coalesce(${messages.caseNumber}, ${attachments.caseNumber})`

/** Everything attached to the messages of a case that the viewer may read, in order. */
export async function attachmentsOf(viewer: Pick<Viewer, "mailboxIds">, caseNumber: number): Promise<AttachmentRow[]> {
  const rows = await db
    .select({ attachment: attachments })
    .from(attachments)
    .innerJoin(messages, eq(messages.id, attachments.messageId))
    .where(inVisibleFamily(viewer, messages.caseNumber, caseNumber))
    .orderBy(asc(attachments.id))
  return rows.map((row) => row.attachment)
}
