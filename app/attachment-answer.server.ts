import { caseNumber } from "./components/case/number.ts"
import { attachmentFor, readFile } from "./models/cases/attachment.server.ts"
import { fileHeaders, pictureType } from "./models/cases/file-headers.ts"
import type { Viewer } from "./models/people/agent.ts"

/** The bytes of an attachment; null when there is none, or its case is in a mailbox the viewer does not answer. */
export async function attachmentAnswer(viewer: Viewer, id: string | undefined, isInline: boolean) {
  const row = await attachmentFor(viewer, caseNumber(id))
  if (!row) return null
  const bytes = await readFile(row.sha256)
  const headers = fileHeaders(row.filename, isInline ? pictureType(bytes) : null)
  return new Response(new Uint8Array(bytes), { headers: { ...headers, "Content-Length": String(bytes.length) } })
}
