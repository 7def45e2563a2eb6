import { writeCursor } from "../cases/cursor.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { setting } from "../people/settings.server.ts"
import { type Behind, isAboutFrowns } from "./behind.ts"
import { countBehind, countElsewhere } from "./behind-count.server.ts"
import { frownsBehind, pageSize, repliesBehind } from "./behind-rows.server.ts"
import { momentsOf } from "./period.ts"

/**
 * The replies, or the frowns, that a number of a report counts; latest first, a page at a time. An agent sees their
 * own only, as far as they still answer the mailbox; the number stays what it was, and says how many are not listed.
 */
export async function casesBehind(viewer: Viewer, asked: Behind, now: Date) {
  const moments = momentsOf(asked, await setting("desk.timeZone"))
  const own = isAtLeast(viewer, "lead") ? asked : { ...asked, agentId: viewer.id ?? 0 }
  const [count, elsewhere, rows] = await Promise.all([
    countBehind(own, moments, now),
    countElsewhere(viewer, own, moments, now),
    isAboutFrowns(own) ? frownsBehind(viewer, own, moments, now) : repliesBehind(viewer, own, moments),
  ])
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    count,
    elsewhere,
    rows: page,
    next: rows.length > pageSize && last ? writeCursor({ at: last.at, number: last.id }) : null,
  }
}
