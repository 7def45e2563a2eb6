import { inArray } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { files } from "#db/files.server.ts"
import { attachments } from "#db/tables/cases.ts"
import { deskId } from "../people/desk-id.server.ts"

const day = 24 * 3_600_000
const shelves = 256

/**
 * Takes away files that no row names: of a reply that failed half way, a mail that was called spam, a draft that was
 * struck out. Each call looks through one part of them. A day is left to whatever stores a file before its row, by the
 * clock of the disk.
 */
export function fileSweep(): (now: Date) => Promise<number> {
  let shelf = -1
  return async (now) => {
    shelf = (shelf + 1) % shelves
    return sweepShelf(shelf, now)
  }
}

async function sweepShelf(shelf: number, now: Date): Promise<number> {
  // The folder may have been exchanged since the start; then none of its files is ours to take away.
  if ((await files.owner()) !== (await deskId(now))) return 0
  const before = new Date(Date.now() - day)
  const old = await files.untouchedSince(before, shelf)
  const wanted = await named(old)
  let gone = 0
  for (const sha256 of old.filter((one) => !wanted.has(one)))
    if (await files.remove(sha256, before, async () => (await named([sha256])).size > 0)) gone++
  return gone
}

async function named(some: string[]): Promise<Set<string>> {
  if (some.length === 0) return new Set()
  const rows = await db
    .selectDistinct({ sha256: attachments.sha256 })
    .from(attachments)
    .where(inArray(attachments.sha256, some))
  return new Set(rows.map(({ sha256 }) => sha256))
}
