import { parentPort } from "node:worker_threads"
import type { Email } from "./email.ts"
import { readEmail, readHead } from "./parse.server.ts"
import type { Answer, Question } from "./thread.server.ts"

/** What runs in a thread of reader.server.ts: one mail after the other, until it is ended. */
parentPort?.on("message", async ({ bytes, trouble }: Question) => {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  answer(trouble === null ? await readEmail(raw) : readHead(raw, trouble))
})

/** Files are handed over, not copied; a small one lies in memory shared with others and is. */
function answer(email: Email) {
  const attachments = email.attachments.map((file) => ({ ...file, bytes: alone(file.bytes) }))
  const buffers = new Set(attachments.map(({ bytes }) => bytes.buffer))
  parentPort?.postMessage({ email: { ...email, attachments } } satisfies Answer, [...buffers])
}

function alone(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  return buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes)
}
