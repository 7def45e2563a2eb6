import type { Dirent } from "node:fs"
import { open, readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { fromLineOf, mailsOfMbox } from "./mbox.server.ts"

/** One mail of a file, and where in the file the next one begins; or what stands in the way of reading it. */
export type FileMail = { raw: Buffer; end: number } | { problem: string; end: number }

/**
 * The files below a path, in the order of their names; the path itself when it is one. Hidden ones are left out. Of a
 * Maildir only what was delivered is a mail: not what is still being written, and not the server's own lists.
 */
export async function filesAt(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await entriesOf(path)
  const isMaildir = isMaildirOf(entries)
  const files = isMaildir
    ? await deliveredIn(path)
    : visible(
        entries.filter((entry) => entry.isFile()),
        path,
      )
  const below: string[] = []
  for (const folder of entries.filter((entry) => entry.isDirectory())) {
    if (isMaildir && ["cur", "new", "tmp"].includes(folder.name)) continue
    const deeper = join(path, folder.name)
    // Maildir++ hides its folders: `.Sent` lies beside `cur` and `new`.
    if (!folder.name.startsWith(".") || isMaildirOf(await entriesOf(deeper))) below.push(...(await filesAt(deeper)))
  }
  return isMaildir ? [...files, ...below] : [...files, ...below].sort()
}

const entriesOf = (path: string) =>
  readdir(path, { withFileTypes: true }).then((entries) => entries.sort((a, b) => (a.name < b.name ? -1 : 1)))

const isMaildirOf = (entries: Dirent[]) =>
  ["cur", "new"].every((name) => entries.some((entry) => entry.name === name && entry.isDirectory()))

const visible = (entries: Dirent[], path: string) =>
  entries.filter(({ name }) => !name.startsWith(".")).map(({ name }) => join(path, name))

/** In the order of their names, which begin with the time they came. */
async function deliveredIn(path: string) {
  const found: { name: string; file: string }[] = []
  for (const folder of ["cur", "new"])
    for (const entry of await entriesOf(join(path, folder)))
      if (entry.isFile() && !entry.name.startsWith("."))
        found.push({ name: entry.name, file: join(path, folder, entry.name) })
  return found.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ file }) => file)
}

/**
 * The mails of one file from a place in it on: an mbox holds many, anything else is one. What cannot be read is told,
 * not thrown, so that one broken file does not end an import; a large mbox is never in memory as a whole.
 */
export async function* mailsIn(file: string, from: number, most: number): AsyncGenerator<FileMail> {
  try {
    const fromLine = await mboxLineOf(file)
    if (fromLine) yield* mailsOfMbox(file, fromLine, from, most)
    else if (from === 0) yield await onlyMailOf(file, most)
  } catch (error) {
    // Not there any more, not ours to read, a broken disk: said of this file, and the next one has its turn.
    const { code, message } = error as NodeJS.ErrnoException
    yield { problem: `it cannot be read (${code ?? message})`, end: from }
  }
}

/** How its mails begin when it is an mbox; one mail saved by an old program is an mbox of one. */
export const mboxLineOf = async (file: string) => fromLineOf((await startOf(file, 500)).toString("latin1"))

async function onlyMailOf(file: string, most: number): Promise<FileMail> {
  const { size } = await stat(file)
  if (size === 0) return { problem: "it is empty", end: 0 }
  if (size > most) return { problem: "it is larger than the desk takes", end: size }
  const raw = await readFile(file)
  return isNoMail(raw) ? { problem: "it is no mail", end: size } : { raw, end: size }
}

/** A picture or an index among the mails. Text is taken however broken: what looks wrong to us was sent to somebody. */
function isNoMail(raw: Buffer) {
  const start = raw.subarray(0, 65_536)
  return start.includes(0) && !/^[!-9;-~]+[ \t]*:/m.test(start.toString("latin1"))
}

async function startOf(file: string, length: number) {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
