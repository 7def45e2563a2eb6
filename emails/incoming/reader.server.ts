import type { Email } from "./email.ts"
import { bounds } from "./thread-work.ts"
import { copyOf, inThread } from "./threads.server.ts"

/** How long the whole of a mail may take, and its header when the whole took too long. */
export type Patience = { whole: number; head: number }

/** A header alone is read in no time, or never. */
const patience: Patience = { whole: 15_000, head: 5_000 }
/** All of the header, however long (bytes.server.ts keeps less). */
const headBytes = 2 * 1024 * 1024

/**
 * readEmail in a thread that may be killed. The mail comes back at least as its header; throws (ThreadEnded as a rule)
 * only when not even that is to be had.
 */
export const readApart = (raw: Buffer) => readWithin(raw, patience)

export async function readWithin(raw: Buffer, { whole, head }: Patience): Promise<Email> {
  try {
    return await read(raw, null, whole)
  } catch (error) {
    // Whatever its body does to a reader, who wrote and about what can still be told.
    const words = error instanceof Error ? error.message : String(error)
    return read(raw.subarray(0, headBytes), `It could not be read, only its header: ${words}.`, head)
  }
}

function read(raw: Buffer, trouble: string | null, milliseconds: number): Promise<Email> {
  // More than any reader looks at (structure.server.ts), and than any door takes.
  const seen = raw.subarray(0, bounds.read.size)
  const ask = () => ({ raw: copyOf(seen), trouble })
  return inThread({ work: "read", size: seen.length, ask, waiting: "nobody", milliseconds })
}

export { endIdleThreads as stopReading } from "./threads.server.ts"
