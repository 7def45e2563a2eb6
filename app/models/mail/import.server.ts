import { stat } from "node:fs/promises"
import { filesAt, mailsIn, mboxLineOf } from "#emails/incoming/mail-files.server.ts"
import { mostBytes, ourRecipients } from "./hand-in.server.ts"
import { beginImport, finishImport, type Mark, moveImport } from "./import-mark.server.ts"
import { keep } from "./inbox.server.ts"

export type ImportCounts = {
  files: number
  taken: number
  known: number
  skipped: number
  /** What was skipped and why, the first hundred of it. */
  problems: string[]
}

type Import = {
  path: string
  /** The address everything is taken for; null: what is written on each mail. */
  mailbox: string | null
  asClosed: boolean
  now: () => Date
  /** `done` and `of` in bytes. */
  onProgress(counts: ImportCounts, done: number, of: number): void
}

/** Mails of an mbox between two marks of how far it has come. */
const betweenMarks = 100
const mostProblems = 100

/**
 * Mail from files into the ledger, from where the worker takes it as it takes any. Once more is the same: what was
 * taken before is known again, and a large mbox goes on where it was cut off. What is empty, broken or larger than any
 * door would accept is named and skipped.
 */
export async function importMail({ path, mailbox, asClosed, now, onProgress }: Import): Promise<ImportCounts> {
  const files = await filesAt(path)
  const sizes = await Promise.all(files.map(sizeOf))
  const of = sizes.reduce((sum, size) => sum + size, 0)
  const counts: ImportCounts = { files: 0, taken: 0, known: 0, skipped: 0, problems: [] }
  let done = 0
  for (const [index, file] of files.entries()) {
    const tell = (end: number) => onProgress(counts, done + end, of)
    await importFile(
      { file, counts, tell, take: (raw) => importOne(raw, mailbox, asClosed, now()) },
      [mailbox, asClosed],
      now,
    )
    done += sizes[index] ?? 0
    counts.files++
    onProgress(counts, done, of)
  }
  return counts
}

type OneFile = {
  file: string
  counts: ImportCounts
  tell(end: number): void
  take(raw: Buffer): Promise<"taken" | "known">
}

async function importFile({ file, counts, tell, take }: OneFile, how: unknown[], now: () => Date) {
  const mark = await markOf(file, how)
  if (mark) counts.known += mark.taken
  if (mark?.finishedAt) return
  let since = 0
  for await (const mail of mailsIn(file, mark?.offset ?? 0, mostBytes)) {
    const outcome = "problem" in mail ? "skipped" : await take(mail.raw)
    counts[outcome]++
    if ("problem" in mail && counts.problems.length < mostProblems) counts.problems.push(`${file}: ${mail.problem}`)
    if (mark) {
      if (outcome !== "skipped") mark.taken++
      mark.offset = mail.end
      if (++since % betweenMarks === 0) await moveImport(mark)
    }
    tell(mail.end)
  }
  if (mark) await finishImport(mark, now())
}

/** Only of a file with many mails in it; one of its own is soon read again. A file that cannot be read has none. */
async function markOf(file: string, how: unknown[]): Promise<Mark | null> {
  const facts = await stat(file).catch(() => null)
  const isMbox = facts !== null && (await mboxLineOf(file).catch(() => null)) !== null
  return isMbox ? beginImport(file, [file, facts.size, facts.mtimeMs, ...how]) : null
}

async function importOne(raw: Buffer, mailbox: string | null, asClosed: boolean, now: Date) {
  const envelopeTo = mailbox === null ? await ourRecipients(raw) : [mailbox]
  const { known } = await keep({ via: "import", envelopeFrom: "", envelopeTo, remote: "", raw, asClosed }, now)
  return known ? "known" : "taken"
}

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )
