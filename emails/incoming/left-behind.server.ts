import { createHash } from "node:crypto"
import type { FileLeft, TextPart } from "./imap-parts.ts"

type Left = { size: number; files: FileLeft[] }

/**
 * A mail that stands for one too large to fetch: its own header, a line about what was left, and its texts. Made of the
 * same again it is the same to the byte, so that a second visit knows it.
 */
export function leftBehind(head: Buffer, texts: (TextPart & { body: Buffer })[], left: Left): Buffer {
  const boundary = `left-${createHash("sha256").update(head).digest("hex").slice(0, 40)}`
  const opening = `--${boundary}\r\n`
  const note = `${opening}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`
  const lines = texts.flatMap(({ type, charset, encoding, body }) => [
    `${opening}Content-Type: ${type}; charset=${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`,
    body,
    "\r\n",
  ])
  const parts = [
    ...ownFields(head),
    `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`,
    ...[note, base64(wordsFor(left)), ...lines, `--${boundary}--\r\n`],
  ]
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)))
}

/** Its fields but those that said how its body was built. */
function ownFields(head: Buffer): Buffer[] {
  const fields = head
    .toString("latin1")
    .replace(/\r?\n/g, "\r\n")
    .split(/\r\n(?![ \t])/)
    .filter((field) => field !== "" && !/^(content-[\w-]*|mime-version)[ \t]*:/i.test(field))
  return fields.map((field) => Buffer.from(`${field}\r\n`, "latin1"))
}

function wordsFor({ size, files }: Left) {
  const names = files.map((file) => `- ${file.name} (${sizeOf(file.size)})\r\n`).join("")
  const about = names ? `\r\nWith it are:\r\n${names}` : ""
  return `[A message of ${sizeOf(size)}, left in the mailbox: it is larger than this desk takes. Its text follows.]\r\n${about}`
}

const base64 = (text: string) => `${Buffer.from(text).toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`

export const sizeOf = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.round(bytes / 1024 / 1024)} MB`
