import { createHash, randomBytes } from "node:crypto"
import { access, mkdir, open, readFile, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"

/**
 * Where attachment bytes live, by their sha256. A folder on one machine; a bucket can stand behind the same four
 * methods when roles run on several (decisions 15, 43).
 */
export type Files = {
  put(bytes: Buffer): Promise<string>
  get(sha256: string): Promise<Buffer>
  has(sha256: string): Promise<boolean>
  remove(sha256: string): Promise<void>
}

export let files: Files

export function setFiles(store: Files) {
  files = store
}

/** A folder. The bytes are on disk, synced and under their final name before `put` answers: the row may then commit. */
export function folderFiles(folder: string): Files {
  const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2))
  const has = (sha256: string) =>
    access(path(sha256)).then(
      () => true,
      () => false,
    )
  return {
    has,
    get: (sha256) => readFile(path(sha256)),
    remove: (sha256) => rm(path(sha256), { force: true }),
    async put(bytes) {
      const sha256 = await sha256Of(bytes)
      if (!(await has(sha256))) await writeSynced(path(sha256), bytes)
      return sha256
    },
  }
}

/** Hashed at a stretch; so much takes a few milliseconds, and then others have their turn. */
const stretch = 4 * 1024 * 1024

async function sha256Of(bytes: Buffer) {
  const hash = createHash("sha256")
  for (let at = 0; at < bytes.length; at += stretch) {
    if (at > 0) await new Promise((go) => setImmediate(go))
    hash.update(bytes.subarray(at, at + stretch))
  }
  return hash.digest("hex")
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
