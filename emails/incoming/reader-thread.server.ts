import { parentPort } from "node:worker_threads"
import type { Attachment, Email } from "./email.ts"
import { readEmail, readHead } from "./parse.server.ts"
import type { Answer, Kind, Question, Work } from "./thread-work.ts"

/** `buffers` are handed over, not copied. */
type Done<K extends Kind> = { told: Work[K]["told"]; buffers?: ArrayBuffer[] }
type Does = { [K in Kind]: (asked: Work[K]["asked"]) => Done<K> | Promise<Done<K>> }

/** What runs in a thread of threads.server.ts: one question after the other, until it is ended. */
const does: Does = {
  async read({ raw, trouble }) {
    const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
    return withFiles(trouble === null ? await readEmail(bytes) : readHead(bytes, trouble))
  },
}

parentPort?.on("message", (question: Question) => answer(question))
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

/** Files are handed over; a small one lies in memory shared with others and is copied. */
function withFiles(email: Email): Done<"read"> {
  const files = email.attachments.map(({ bytes, ...file }) => ({ ...file, bytes: alone(bytes) }))
  const buffers = [...new Set(files.map(({ bytes }) => bytes.buffer))]
  return { told: { ...email, attachments: files satisfies Attachment[] }, buffers }
}

function alone(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  return buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes)
}
