import { createHash } from "node:crypto"
import { eq, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { imports } from "#db/tables/ways.ts"

/** How far an import has come in one file; everything before `offset` is committed. */
export type Mark = { file: string; offset: number; taken: number; finishedAt: Date | null }

/** Where to go on in a file: the same file, unchanged and asked for in the same way, is the same import. */
export async function beginImport(path: string, identity: unknown[]): Promise<Mark> {
  const file = createHash("sha256").update(JSON.stringify(identity)).digest("hex")
  const [row] = await db
    .insert(imports)
    .values({ file, path, offset: 0, attempts: 1 })
    .onConflictDoUpdate({ target: imports.file, set: { attempts: sql`least(${imports.attempts} + 1, 32000)` } })
    .returning()
  return row ?? { file, offset: 0, taken: 0, finishedAt: null }
}

/** Never back: two imports of one file at once only find each other's mail known. */
export async function moveImport({ file, offset, taken }: Mark) {
  await db
    .update(imports)
    .set({ offset: sql`greatest(${imports.offset}, ${offset})`, taken: sql`greatest(${imports.taken}, ${taken})` })
    .where(eq(imports.file, file))
}

export async function finishImport(mark: Mark, finishedAt: Date) {
  await moveImport(mark)
  await db.update(imports).set({ finishedAt }).where(eq(imports.file, mark.file))
}
