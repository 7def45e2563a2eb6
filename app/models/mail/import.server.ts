import { filesAt, mailsIn } from "#emails/incoming/mail-files.server.ts"
import { mostBytes, ourRecipients } from "./hand-in.server.ts"
import { keep } from "./inbox.server.ts"

export type ImportCounts = { files: number; taken: number; known: number; skipped: number }

type Import = {
  path: string
  /** The address everything is taken for; null: what is written on each mail. */
  mailbox: string | null
  asClosed: boolean
  now: () => Date
  onProgress(counts: ImportCounts, of: number): void
}

/**
 * Mail from files into the ledger, from where the worker takes it as it takes any. Once more is the same: what was
 * taken before is known again. Empty files and what no door would accept are skipped and counted.
 */
export async function importMail({ path, mailbox, asClosed, now, onProgress }: Import): Promise<ImportCounts> {
  const files = await filesAt(path)
  const counts = { files: 0, taken: 0, known: 0, skipped: 0 }
  for (const file of files) {
    for await (const raw of mailsIn(file)) {
      const outcome = await importOne(raw, mailbox, asClosed, now())
      counts[outcome]++
      onProgress(counts, files.length)
    }
    counts.files++
    onProgress(counts, files.length)
  }
  return counts
}

async function importOne(raw: Buffer, mailbox: string | null, asClosed: boolean, now: Date) {
  if (raw.length === 0 || raw.length > mostBytes) return "skipped"
  const envelopeTo = mailbox === null ? await ourRecipients(raw) : [mailbox]
  const { known } = await keep({ via: "import", envelopeFrom: "", envelopeTo, remote: "", raw, asClosed }, now)
  return known ? "known" : "taken"
}
