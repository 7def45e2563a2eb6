import { straighten } from "./bytes.server.ts"
import { idOf, idsOf, rawOf, readFields } from "./head.server.ts"

/** A header says which thread it belongs to in its first lines, or it is no mail program's. */
const enough = 64 * 1024

export type ThreadIds = { own: string | null; inReplyTo: string | null; references: string[] }

/** The ids a mail bears and names, from its header alone: what has to be known before anybody has read it. */
export function threadIdsIn(raw: Buffer): ThreadIds {
  const fields = readFields(straighten(raw.subarray(0, enough)).head)
  return {
    own: idOf(rawOf(fields, "message-id")),
    inReplyTo: idsOf(rawOf(fields, "in-reply-to"), 1000)[0] ?? null,
    references: idsOf(rawOf(fields, "references"), 50),
  }
}
