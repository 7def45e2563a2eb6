import { writeCursor } from "../cases/cursor.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { dayOf } from "../people/hours.ts"
import { voidingOf } from "../ratings/rating.server.ts"
import { inOneZone, type Zones } from "../ratings/tally-zone.server.ts"
import type { Behind } from "./behind.ts"
import { countBehind, countElsewhere } from "./behind-count.server.ts"
import { titleOf } from "./behind-query.ts"
import { pageSize, repliesBehind } from "./behind-rows.server.ts"
import { momentsOf } from "./period.ts"

/**
 * The replies that a number of a report counts; latest first, a page at a time. An agent sees their
 * own only, as far as they still answer the mailbox; the number stays what it was, and says how many are not listed.
 */
export const casesBehind = (viewer: Viewer, asked: Behind, now: Date) =>
  inOneZone((zones) => casesIn(zones, viewer, asked, now))

async function casesIn(zones: Zones, viewer: Viewer, asked: Behind, now: Date) {
  const { timeZone } = zones
  const moments = momentsOf(asked, timeZone)
  const own = isAtLeast(viewer, "lead") ? asked : { ...asked, agentId: viewer.id ?? 0 }
  const [count, elsewhere, rows] = await Promise.all([
    countBehind(own, moments, now),
    countElsewhere(viewer, own, moments, now),
    repliesBehind(viewer, own, moments, now),
  ])
  const page = rows.slice(0, pageSize).map((row) => ({ ...row, voiding: voidingOf(row) }))
  const last = page.at(-1)
  return {
    title: titleOf(asked, dayOf(now, timeZone)),
    ...{ ...zones, count },
    elsewhere,
    rows: page,
    next: rows.length > pageSize && last ? writeCursor({ at: last.at, number: last.id }) : null,
  }
}
