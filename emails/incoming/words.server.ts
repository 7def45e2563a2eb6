import { decodeBytes, guess } from "./charset.server.ts"

/**
 * A header value from its bytes, given as a latin1 string: RFC 2047 encoded words, raw 8-bit between them and even
 * inside them (mail.md D2). Neighbouring words of one charset are joined before decoding, because senders cut
 * characters in two.
 */
export function decodeWords(value: string): string {
  if (!value.includes("=?")) return plain(value)
  const pieces = tokens(value)
  let text = ""
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]
    if (!piece) continue
    if (piece.charset === null) {
      const betweenWords = pieces[i - 1]?.charset != null && pieces[i + 1]?.charset != null
      if (!betweenWords || piece.bytes.trim() !== "") text += plain(piece.bytes)
      continue
    }
    let bytes = piece.bytes
    while (joins(pieces, i)) {
      i += 2
      bytes += pieces[i]?.bytes ?? ""
    }
    text += decodeBytes(Buffer.from(bytes, "latin1"), piece.charset, "")
  }
  return text
}

type Token = { charset: string | null; bytes: string }

/**
 * Whether a word of the same charset follows the word at `i`, nothing but space between. The ISO-2022 charsets begin
 * anew in each word, and reading two as one would find an escape too many.
 */
function joins(pieces: Token[], i: number) {
  const [word, gap, next] = pieces.slice(i, i + 3)
  return (
    word &&
    gap &&
    next &&
    gap.charset === null &&
    gap.bytes.trim() === "" &&
    next.charset === word.charset &&
    !word.charset?.startsWith("iso-2022")
  )
}

/** Words and what stands between them, by turns; there is always something between two words, if only "". */
function tokens(value: string): Token[] {
  const found: Token[] = []
  let from = 0
  let open = value.indexOf("=?")
  while (open >= 0) {
    const word = wordAt(value, open)
    if (word) {
      found.push({ charset: null, bytes: value.slice(from, open) }, word.token)
      from = word.end
    }
    open = value.indexOf("=?", word ? word.end : open + 2)
  }
  found.push({ charset: null, bytes: value.slice(from) })
  return found
}

function wordAt(value: string, open: number) {
  const [head, charset = "", encoding = ""] = /^=\?([^?\s]{1,64})\?([bq])\?/i.exec(value.slice(open, open + 80)) ?? []
  if (!head) return null
  const start = open + head.length
  const close = value.indexOf("?=", start)
  if (close < 0) return null
  const body = value.slice(start, close)
  const bytes = encoding.toLowerCase() === "b" ? Buffer.from(body, "base64").toString("latin1") : unquote(body)
  return { token: { charset: charset.toLowerCase().replace(/\*.*$/, ""), bytes }, end: close + 2 }
}

function unquote(body: string) {
  return body
    .replace(/_/g, " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Header text outside encoded words: ASCII by the book, UTF-8 since RFC 6532, anything in practice. */
function plain(bytes: string) {
  return /[\u0080-\u00ff]|\p{Cc}/u.test(bytes) ? guess(Buffer.from(bytes, "latin1"), "") : bytes
}
