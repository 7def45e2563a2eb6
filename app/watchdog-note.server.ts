import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** The emails a process had in hand when it was last looked at, in the data folder under its own number. */
export const noteFile = (folder: string) => join(folder, `in-hand-${process.pid}.json`)

const names = /^in-hand-(\d{1,10})\.json$/

/** Whole or not at all: the process may be killed in the middle. */
export function writeNote(file: string, mails: readonly number[]) {
  writeFileSync(`${file}.draft`, JSON.stringify(mails))
  renameSync(`${file}.draft`, file)
}

export const removeNote = (file: string) => rmSync(file, { force: true })

/** What processes that are no more have left behind, each with its file. One of our own number is an earlier one's. */
export function leftNotes(folder: string): { file: string; mails: number[] }[] {
  return readdirSync(folder).flatMap((name) => {
    const pid = Number(names.exec(name)?.[1] ?? 0)
    if (pid === 0 || (pid !== process.pid && isRunning(pid))) return []
    const file = join(folder, name)
    return [{ file, mails: idsOf(readFileSync(file, "utf8")) }]
  })
}

/** A full disk leaves a file that is cut off. */
const idsOf = (text: string) => (text.match(/\d{1,15}/g) ?? []).map(Number)

function isRunning(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: there is one, somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
