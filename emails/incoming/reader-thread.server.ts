import { parentPort } from "node:worker_threads"
import { documentOf } from "#app/models/cases/search-document.ts"
import { likenessAsSent } from "#app/models/mail/copies.ts"
import type { Resolve } from "./dns-limits.ts"
import type { Attachment } from "./email.ts"
import { cleanHtml } from "./html/clean-html.ts"
import { type Inbound, readInbound } from "./inbound.server.ts"
import { newTextBeside } from "./known.ts"
import { openResolver } from "./resolver.server.ts"
import { viewOf, withoutLinks } from "./sent-view.server.ts"
import type { Answer, Kind, Question, Work } from "./thread-work.ts"

/** `buffers` are handed over, not copied. */
type Done<K extends Kind> = { told: Work[K]["told"]; buffers?: ArrayBuffer[] }
type Does = { [K in Kind]: (asked: Work[K]["asked"]) => Done<K> | Promise<Done<K>> }

/** What runs in a thread of threads.server.ts: one question after the other, until it is ended. */
const does: Does = {
  read: async ({ raw, ...asked }) => handOver(await readInbound({ ...asked, raw: bufferOf(raw) })),
  async prove({ raw, from, hop, trust, nameServers }) {
    // Its library is the largest of all, and most threads never need it.
    const { authenticityFor } = await import("./authenticity.server.ts")
    return { told: await authenticityFor(bufferOf(raw), from, hop, trust, resolverFor(nameServers)) }
  },
  redact({ raw }) {
    const clean = withoutLinks(bufferOf(raw))
    if (clean === null) return { told: null }
    const told = alone(clean)
    return { told, buffers: [told.buffer] }
  },
  compare: ({ newText, said }) => ({ told: newTextBeside(newText, said) }),
  view: async ({ raw, keepsLinks }) => ({ told: await viewOf(bufferOf(raw), keepsLinks) }),
  clean: ({ html, ...beside }) => ({ told: cleanHtml(html, beside) }),
  words: ({ cases }) => ({ told: cases.map(documentOf) }),
  liken: ({ first, second }) => ({ told: likenessAsSent(first, second) }),
}

parentPort?.on("message", (question: Question) => answer(question))
parentPort?.postMessage("ready")
// What a library left running behind an answer may fail later: that is no fault of the next question.
process.on("unhandledRejection", () => {})

async function answer<K extends Kind>({ work, asked }: Question<K>) {
  try {
    const { told, buffers = [] } = await does[work](asked)
    parentPort?.postMessage({ told } satisfies Answer<K>, buffers)
  } catch (error) {
    // A bug in one kind of work is an answer: it need not cost the thread, and whoever asked decides.
    parentPort?.postMessage({ problem: error instanceof Error ? error.message : String(error) } satisfies Answer<K>)
  }
}

const bufferOf = (raw: Uint8Array) => Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)

let open: { servers: string; resolve: Resolve } | null = null

/** One for the thread, for it keeps answers; another when the desk is told to ask elsewhere. */
function resolverFor(nameServers: readonly string[]): Resolve {
  const servers = nameServers.join(" ")
  if (open?.servers !== servers) open = { servers, resolve: openResolver(nameServers) }
  return open.resolve
}

/** Files are handed over; a small one lies in memory shared with others and is copied. */
function handOver({ email, ...rest }: Inbound): Done<"read"> {
  const files = email.attachments.map(({ bytes, ...file }) => ({ ...file, bytes: alone(bytes) }))
  const buffers = [...new Set(files.map(({ bytes }) => bytes.buffer))]
  return { told: { ...rest, email: { ...email, attachments: files satisfies Attachment[] } }, buffers }
}

function alone(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  return buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes)
}
