import { createReadStream } from "node:fs"
import type { FileMail } from "./mail-files.server.ts"

/** A line this long is handed on in pieces. */
const longLine = 64 * 1024
const fromWord = Buffer.from("From ")
/** With the time of day and the year, as nearly every program writes it; a sentence that begins so has neither. */
const strictFrom = /^From .{0,400}?\d:\d{2}\b.{0,100}?\b\d{4}\b/

/** How the mails of an mbox begin, told from its first line; null when it is none. */
export function fromLineOf(start: string): RegExp | null {
  if (!/^From [^\n]*\d{4}/.test(start)) return null
  return strictFrom.test(start) ? strictFrom : /^From /
}

/**
 * The mails of an mbox from a place on that is the start of one (RFC 4155): each begins at a `From ` line after an
 * empty line, and lines quoted for that reason lose one `>`. One larger than `most` is told and passed over.
 */
export async function* mailsOfMbox(
  file: string,
  fromLine: RegExp,
  from: number,
  most: number,
): AsyncGenerator<FileMail> {
  let mail = emptyMail(most)
  let isAfterBlank = true
  let end = from
  for await (const { bytes, isStart } of linesOf(file, from)) {
    if (isStart && isAfterBlank && isFrom(bytes, fromLine)) {
      if (end > from) yield mail.done(end)
      mail = emptyMail(most)
    } else mail.add(isStart ? unquoted(bytes) : bytes)
    isAfterBlank = isStart && isBlank(bytes)
    end += bytes.length
  }
  if (end > from) yield mail.done(end)
}

function emptyMail(most: number) {
  let lines: Buffer[] = []
  let size = 0
  return {
    add(line: Buffer) {
      size += line.length
      if (size > most) lines = []
      else lines.push(line)
    },
    done(end: number): FileMail {
      if (size > most) return { problem: "a mail in it is larger than the desk takes", end }
      const last = lines.at(-1)
      // The empty line before the next mail belongs to the file.
      const raw = Buffer.concat(last && isBlank(last) ? lines.slice(0, -1) : lines)
      return raw.length === 0 ? { problem: "a mail in it is empty", end } : { raw, end }
    },
  }
}

const isFrom = (line: Buffer, fromLine: RegExp) =>
  line.subarray(0, 5).equals(fromWord) && fromLine.test(line.subarray(0, 500).toString("latin1"))

const isBlank = (line: Buffer) => line.length <= 2 && (line[0] === 10 || (line[0] === 13 && line[1] === 10))

function unquoted(line: Buffer) {
  if (line[0] !== 62) return line
  let at = 0
  while (line[at] === 62) at++
  return line.subarray(at, at + 5).equals(fromWord) ? line.subarray(1) : line
}

/** Lines with their ends; a very long one in pieces, of which only the first is a start. */
async function* linesOf(file: string, from: number): AsyncGenerator<{ bytes: Buffer; isStart: boolean }> {
  let rest: Buffer = Buffer.alloc(0)
  let isStart = true
  for await (const chunk of createReadStream(file, { start: from, highWaterMark: 1 << 20 })) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (let end = bytes.indexOf(10, at); end >= 0; end = bytes.indexOf(10, at)) {
      yield { bytes: bytes.subarray(at, end + 1), isStart }
      isStart = true
      at = end + 1
    }
    rest = bytes.subarray(at)
    if (rest.length < longLine) continue
    yield { bytes: rest, isStart }
    isStart = false
    rest = Buffer.alloc(0)
  }
  if (rest.length > 0) yield { bytes: rest, isStart }
}
