/** Reading UTF-8 and UTF-16 as they come: unmarked, cut, or with lines of another charset among them. */

const strict = new TextDecoder("utf-8", { fatal: true })
const lossy = new TextDecoder("utf-8")
const little = new TextDecoder("utf-16le")
const big = new TextDecoder("utf-16be")
const LF = 0x0a

export const lossyUtf8 = (bytes: Uint8Array) => lossy.decode(bytes)

export function strictUtf8(bytes: Uint8Array) {
  try {
    return strict.decode(bytes)
  } catch {
    // Not UTF-8, which is the question.
    return null
  }
}

/** UTF-8 that was cut or hurt somewhere on the way: far more of it reads than does not. */
export function damagedUtf8(bytes: Uint8Array) {
  const text = lossyUtf8(bytes)
  return strange(text) > 4 * broken(text) ? text : null
}

/** Lines that somebody pasted in from an older charset, in which nothing reads as UTF-8, read as `old` reads them. */
export function healed(text: string, bytes: Uint8Array, old: (line: Uint8Array) => string): string {
  if (!text.includes("\ufffd")) return text
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const lines = text.split("\n").map((line) => {
    const found = bytes.indexOf(LF, at)
    const raw = bytes.subarray(at, found < 0 ? bytes.length : found)
    at += raw.length + 1
    return line.includes("\ufffd") && strange(line) === broken(line) ? old(raw) : line
  })
  return lines.join("\n")
}

/** UTF-16 or UTF-8 that says so in its first bytes, whatever its header says. */
export function markedUnicode(bytes: Uint8Array) {
  const [first, second, third, fourth] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return strictUtf8(bytes)
  const isUtf32 = first === 0xff && second === 0xfe && third === 0 && fourth === 0
  return isMarked(bytes) && !isUtf32 ? (first === 0xff ? little : big).decode(bytes) : null
}

/** Every other byte of most text is zero then, or nearly so. */
export function unmarkedUtf16(bytes: Uint8Array) {
  const sample = bytes.subarray(0, 2000)
  const zeros: [number, number] = [0, 0]
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at % 2 === 0 ? 0 : 1]++
  const [even, odd] = zeros.map((count) => (2 * count) / sample.length)
  if (even === undefined || odd === undefined || sample.length < 4) return null
  if (odd > 0.3 && even < 0.05) return little.decode(bytes)
  return even > 0.3 && odd < 0.05 ? big.decode(bytes) : null
}

/**
 * What is called UTF-16 and bears no mark: UTF-8 after all, or the end first whose bytes are fewer, for letters of one
 * script share their upper byte; when both are as many, the big one (RFC 2781 4.3). `called`: the end that was declared.
 */
export function utf16(bytes: Uint8Array, called: "le" | "be" | ""): string {
  const marked = markedUnicode(bytes) ?? unmarkedUtf16(bytes)
  if (marked !== null) return marked
  const narrow = strictUtf8(bytes)
  if (narrow !== null && readsLikeWords(narrow)) return narrow
  const isLittle = called === "le" || (called === "" && kindsAt(bytes, 1) < kindsAt(bytes, 0))
  return (isLittle ? little : big).decode(bytes)
}

/** Letters taken for pairs of signs make as many signs as letters. */
const readsLikeWords = (text: string) =>
  !/[^\P{Cc}\t\n\r]/u.test(text) && text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, "").length >= text.length * 0.8

/** How many values the bytes at even or at odd places have. */
function kindsAt(bytes: Uint8Array, first: 0 | 1) {
  const kinds = new Set<number>()
  for (let at = first; at < Math.min(bytes.length, 2000); at += 2) kinds.add(bytes[at] ?? 0)
  return kinds.size
}

const isMarked = ([first, second]: Uint8Array) =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

/** Letters that are not ASCII, what cannot be read included. */
export const strange = (text: string) => text.length - text.replace(/[^\p{ASCII}]/gu, "").length

export function broken(text: string) {
  let count = 0
  for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) count++
  return count
}
