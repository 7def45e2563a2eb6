/** Header blocks beyond this are cut to the smaller figure and the mail is flagged. */
const longestHead = 1024 * 1024
const keptHead = 256 * 1024

const CR = 0x0d
const LF = 0x0a

export type Straight = { head: Buffer; body: Buffer; trouble: string | null }

/** A mail with line ends every parser understands, cut into header block and the rest. */
export function straighten(raw: Buffer): Straight {
  const bytes = withoutPreamble(withLineFeeds(raw))
  const { end, next } = blankLine(bytes)
  const head = bytes.subarray(0, end)
  const body = bytes.subarray(next)
  if (head.length <= longestHead) return { head, body, trouble: null }
  const cut = head.lastIndexOf(LF, keptHead)
  const short = head.subarray(0, cut > 0 ? cut + 1 : keptHead)
  return { head: short, body, trouble: "Its header is longer than 1 MB; only the beginning was read." }
}

/** Old Macs and broken gateways end lines with CR alone, others with CR CR LF. */
function withLineFeeds(raw: Buffer) {
  if (!raw.subarray(0, 64 * 1024).includes(LF) && raw.includes(CR))
    return Buffer.from(raw.toString("latin1").replaceAll("\r", "\n"), "latin1")
  return raw.includes("\r\r\n") ? Buffer.from(raw.toString("latin1").replaceAll("\r\r\n", "\r\n"), "latin1") : raw
}

/** The `From ` line of an mbox file, and empty lines somebody left before the first header. */
function withoutPreamble(bytes: Buffer) {
  let at = 0
  while (bytes[at] === CR || bytes[at] === LF) at++
  const first = bytes.subarray(at, at + 200).toString("latin1")
  if (/^>?From [^:]*\n/.test(first)) return bytes.subarray(bytes.indexOf(LF, at) + 1)
  return at > 0 && /^[!-9;-~]+[ \t]*:/.test(first) ? bytes.subarray(at) : bytes
}

/** Where the header block ends and the body begins. A mail without an empty line is all header. */
function blankLine(bytes: Buffer) {
  if (bytes[0] === LF) return { end: 0, next: 1 }
  if (bytes[0] === CR && bytes[1] === LF) return { end: 0, next: 2 }
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return { end: at + 1, next: at + 2 }
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return { end: at + 1, next: at + 3 }
  }
  return { end: bytes.length, next: bytes.length }
}
