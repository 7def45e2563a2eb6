import { decodeAs, decodeBytes, guess } from "./charset.server.ts"
import { charsetNamed } from "./charset-names.ts"
import { type Token, tokensOf } from "./encoded-words.ts"
import { strictUtf8 } from "./unicode.server.ts"

/**
 * A header value from its bytes, given as a latin1 string: RFC 2047 encoded words, raw 8-bit between them and even
 * inside them. Neighbouring words of one charset, whatever they call it, are joined before decoding,
 * because senders cut characters in two.
 */
export function decodeWords(value: string): string {
  if (!value.includes("=?")) return plain(value)
  const text = decodeOnce(value)
  // Some gateways encode what is encoded already.
  return wordInIt.test(text) && text !== value ? decodeOnce(Buffer.from(text).toString("latin1")) : text
}

const wordInIt = /=\?[\w-]{1,40}\?[bq]\?[^?]{1,1000}\?=/i

function decodeOnce(value: string): string {
  const pieces = tokensOf(value)
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

/** Whether a word of the same charset follows the word at `i`, nothing but space between. */
function joins(pieces: Token[], i: number) {
  const [word, gap, next] = pieces.slice(i, i + 3)
  if (word?.charset == null || gap?.charset !== null || next?.charset == null || gap.bytes.trim() !== "") return false
  const charset = charsetNamed(word.charset)
  // Each word of these begins anew: two read as one would go on in the wrong alphabet, or hold a mark in the middle.
  return charset === charsetNamed(next.charset) && !/^utf-(?:7|16|32)/.test(charset)
}

/** Header text outside encoded words: ASCII by the book, UTF-8 since RFC 6532, anything in practice. */
function plain(bytes: string) {
  return isPlain(bytes) ? bytes : guess(Buffer.from(bytes, "latin1"), "")
}

const isPlain = (bytes: string) => !/[\u0080-\u00ff]|\p{Cc}/u.test(bytes)

/**
 * The same value with what stands raw in it rewritten in UTF-8, when it is in the charset that the mail declares for
 * its text: who writes headers raw writes both in the same.
 */
export function rawInUtf8(value: string, declared: string): string {
  const charset = charsetNamed(declared)
  if (charset === "" || charset === "utf-8" || isPlain(value)) return value
  return tokensOf(value)
    .map(({ charset: encoded, source }) => {
      const bytes = Buffer.from(source, "latin1")
      if (encoded !== null || isPlain(source) || strictUtf8(bytes) !== null) return source
      return Buffer.from(decodeAs(bytes, charset)).toString("latin1")
    })
    .join("")
}
