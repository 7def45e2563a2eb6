import type { Email } from "./email.ts"
import type { Inbound } from "./inbound.server.ts"
import { bounds } from "./thread-work.ts"
import { copyOf, inThread } from "./threads.server.ts"

/** How long the whole of a mail may take, and its header when the whole took too long. */
export type Patience = { whole: number; head: number }

/** A header alone is read in no time, or never. */
const patience: Patience = { whole: 15_000, head: 5_000 }
/** All of the header, however long (bytes.server.ts keeps less). */
const headBytes = 2 * 1024 * 1024

/**
 * readInbound in a thread that may be killed. The mail comes back at least as its header; throws (ThreadEnded as a rule)
 * only when not even that is to be had.
 */
export const readInboundApart = (raw: Buffer, envelopeFrom: string | null) => readEither(raw, envelopeFrom, patience)

export const readApart = (raw: Buffer) => readWithin(raw, patience)

export const readWithin = (raw: Buffer, patience: Patience): Promise<Email> =>
  readEither(raw, null, patience).then(({ email }) => email)

async function readEither(raw: Buffer, envelopeFrom: string | null, { whole, head }: Patience): Promise<Inbound> {
  try {
    return await read(raw, { trouble: null, envelopeFrom }, whole)
  } catch (error) {
    // Whatever its body does to a reader, who wrote and about what can still be told.
    const words = error instanceof Error ? error.message : String(error)
    const trouble = `It could not be read, only its header: ${words}.`
    return read(raw.subarray(0, headBytes), { trouble, envelopeFrom }, head)
  }
}

type Rest = { trouble: string | null; envelopeFrom: string | null }

function read(raw: Buffer, rest: Rest, milliseconds: number): Promise<Inbound> {
  // More than any reader looks at (structure.server.ts), and than any door takes.
  const seen = raw.subarray(0, bounds.read.size)
  const ask = () => ({ ...rest, raw: copyOf(seen) })
  return inThread({ work: "read", size: seen.length, ask, waiting: "nobody", milliseconds })
}

export { endIdleThreads as stopReading } from "./threads.server.ts"
