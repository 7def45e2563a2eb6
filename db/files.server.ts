import { randomBytes } from "node:crypto"
import { access, mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { sha256Of } from "./bytes.server.ts"

/**
 * Where attachment bytes live, by their sha256. A folder on one machine; a bucket can stand behind the same methods when
 * roles run on several.
 */
export type Files = {
  put(bytes: Buffer): Promise<string>
  get(sha256: string): Promise<Buffer>
  has(sha256: string): Promise<boolean>
  /** Those whose sha256 begins with a byte, unless somebody has put them since. */
  untouchedSince(before: Date, firstByte: number): Promise<string[]>
  /** Takes one away, unless it was put again or is wanted after all. */
  remove(sha256: string, before: Date, isWanted: () => Promise<boolean>): Promise<boolean>
  /** The id of the desk they are kept for; null when no desk has begun to. */
  owner(): Promise<string | null>
  giveTo(desk: string): Promise<void>
}

export let files: Files

export function setFiles(store: Files) {
  files = store
}

/** A folder. The bytes are on disk, synced and under their final name before `put` answers: the row may then commit. */
export function folderFiles(folder: string): Files {
  const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2))
  const isThere = (sha256: string) => unlessMissing(access(path(sha256)).then(() => true))
  return {
    has: async (sha256) => (await isThere(sha256)) ?? false,
    async get(sha256) {
      const bytes = await unlessMissing(readFile(path(sha256)))
      if (bytes) return bytes
      await putBack(path(sha256) + aside)
      return readFile(path(sha256))
    },
    async put(bytes) {
      const sha256 = await sha256Of([bytes])
      if (!(await touched(path(sha256)))) await writeSynced(path(sha256), bytes)
      return sha256
    },
    async untouchedSince(before, firstByte) {
      const shelf = firstByte.toString(16).padStart(2, "0")
      const names = (await unlessMissing(readdir(join(folder, shelf)))) ?? []
      for (const name of names) await tidied(join(folder, shelf, name), before)
      const all = names.filter((name) => /^[\da-f]{62}$/.test(name)).map((name) => shelf + name)
      const old = await Promise.all(all.map((sha256) => isOlder(path(sha256), before)))
      return all.filter((_, index) => old[index])
    },
    remove: (sha256, before, isWanted) => removeUnless(path(sha256), before, isWanted),
    owner: () => unlessMissing(readFile(join(folder, "desk"), "utf8")),
    async giveTo(desk) {
      const partial = join(folder, `desk.${randomBytes(6).toString("hex")}`)
      await mkdir(folder, { recursive: true })
      await writeFile(partial, desk)
      await rename(partial, join(folder, "desk"))
    },
  }
}

const aside = ".aside"

/** Put again while it was on its way out, it stays: whoever put it may be about to commit a row that names it. */
async function removeUnless(path: string, before: Date, isWanted: () => Promise<boolean>): Promise<boolean> {
  await unlessMissing(rename(path, path + aside))
  if ((await isOlder(path + aside, before)) && !(await isWanted())) {
    await rm(path + aside)
    return true
  }
  await putBack(path + aside)
  return false
}

/** After a crash: what was on its way out comes back, what was never whole goes. */
async function tidied(path: string, before: Date) {
  if (path.endsWith(aside)) await putBack(path)
  else if (/\.[\da-f]{12}$/.test(path) && (await isOlder(path, before))) await rm(path, { force: true })
}

const putBack = (pathAside: string) => unlessMissing(rename(pathAside, pathAside.slice(0, -aside.length)))
const isOlder = async (path: string, before: Date) => ((await unlessMissing(stat(path)))?.mtime ?? before) < before

/** Whether it is there, and then as new. */
function touched(path: string) {
  const now = new Date()
  return unlessMissing(utimes(path, now, now).then(() => true))
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    // Not there is an answer; anything else is trouble.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}

async function writeSynced(path: string, bytes: Buffer) {
  await mkdir(dirname(path), { recursive: true })
  const partial = `${path}.${randomBytes(6).toString("hex")}`
  const file = await open(partial, "wx", 0o640)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partial, path)
  const folder = await open(dirname(path))
  await folder.sync()
  await folder.close()
}
