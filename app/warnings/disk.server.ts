import { existsSync, realpathSync } from "node:fs"
import { stat, statfs } from "node:fs/promises"
import { join } from "node:path"
import type { Warning } from "./warning.ts"

const gigabyte = 1024 ** 3
/** The mail door refuses below this: room for an email of the largest size, twice, and for PostgreSQL to write at all. */
const mailFloor = 102 * 1024 * 1024

/** What is left on the disks the desk's own folders lie on. A database elsewhere looks after its own. */
export async function diskWarnings(folder: string, now: Date): Promise<Warning[]> {
  const database = join(folder, "postgres")
  const folders = [folder, ...(existsSync(database) ? [realpathSync(database)] : [])]
  const found = await Promise.all(folders.map((one) => spaceAt(one)))
  const disks = found.filter((one, place) => found.findIndex(({ device }) => device === one.device) === place)
  return disks.flatMap(({ path, free }) => warningOf(path, free, now) ?? [])
}

async function spaceAt(path: string) {
  const [{ bavail, bsize }, { dev }] = await Promise.all([statfs(path), stat(path)])
  return { path, free: bavail * bsize, device: dev }
}

export function warningOf(path: string, free: number, now: Date): Warning | null {
  if (free >= gigabyte) return null
  const facts = { about: path, since: now, count: 1, to: "/settings/warnings" }
  const left = `${Math.round(free / 1024 ** 2)} MB`
  if (free < mailFloor)
    return {
      ...{ ...facts, kind: "disk-full", line: `The disk of ${path} is full: ${left} are left, and mail is refused` },
      more: "Senders keep their mail and try again for some days. Make room on it.",
    }
  return {
    ...{ ...facts, kind: "disk-low", line: `The disk of ${path} is almost full: ${left} are left` },
    more: "Below 100 MB mail is refused. Make room on it.",
  }
}
