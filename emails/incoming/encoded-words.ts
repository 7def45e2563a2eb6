/** RFC 2047 encoded words in a header, however carelessly they were made (RFC 7103). Strings hold bytes, one a letter. */

/** Longer than any word is; what goes on beyond it is not looked at, so that a hostile header costs no more than its length. */
const longest = 16_000

/** Charset as named in a word; null for what stands between words. */
export type Token = { charset: string | null; bytes: string; source: string }

/** Words and what stands between them, by turns; there is always something between two words, if only "". */
export function tokensOf(value: string): Token[] {
  const found: Token[] = []
  const between = (source: string) => found.push({ charset: null, bytes: source, source })
  let from = 0
  let open = value.indexOf("=?")
  while (open >= 0) {
    const word = wordAt(value, open)
    if (word) {
      between(value.slice(from, open))
      found.push({ charset: word.charset, bytes: word.bytes, source: value.slice(open, word.end) })
      from = word.end
    }
    open = value.indexOf("=?", word ? word.end : open + 2)
  }
  between(value.slice(from))
  return found
}

function wordAt(value: string, open: number) {
  const head = /^=\?\s?([^?\s]{0,64})\s?\?\s?([bq])\s?\?/i.exec(value.slice(open, open + 80))
  if (!head) return null
  const [opening, charset = "", letter = ""] = head
  const start = open + opening.length
  const isBase64 = letter.toLowerCase() === "b"
  const { close, end } = endOf(value, start)
  const body = value.slice(start, close)
  return { charset, bytes: isBase64 ? fromBase64(body) : unquoted(body), end }
}

/** Where the body of a word ends, and the word: at `?=`, or where another begins, or at the next space. */
function endOf(whole: string, start: number) {
  const { close, end } = endWithin(whole.slice(start, start + longest))
  return { close: start + close, end: start + end }
}

function endWithin(value: string) {
  let close = value.indexOf("?=")
  const next = value.slice(0, close < 0 ? 1000 : close).search(/\s=\?[^?\s]{1,64}\?[bq]\?/i)
  if (next >= 0) return { close: next, end: next }
  if (close < 0) return unclosed(value)
  // A question mark nobody escaped, right before an escape, looks like the end.
  for (let tries = 0; tries < 5 && /^[0-9A-F]{2}/.test(value.slice(close + 2, close + 4)); tries++) {
    const later = value.indexOf("?=", close + 2)
    if (later < 0 || value.slice(close + 2, later).includes("=?")) break
    close = later
  }
  return { close, end: close + 2 }
}

function unclosed(value: string) {
  const space = value.search(/\s/)
  const end = space < 0 ? value.length : space
  return { close: value[end - 1] === "?" ? end - 1 : end, end }
}

function unquoted(body: string) {
  return body
    .replace(/_/g, " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Padding may be missing, or stand in the middle where two words were glued together. */
function fromBase64(body: string) {
  return body
    .split(/=+/)
    .map((piece) => Buffer.from(piece, "base64").toString("latin1"))
    .join("")
}
