/** Charsets that switch between alphabets by escapes, rewritten as the eight-bit one of the same characters. */

const [ESC, SO, SI, DOLLAR, PAREN, TILDE, LF] = [0x1b, 0x0e, 0x0f, 0x24, 0x28, 0x7e, 0x0a]

type Japanese = "one byte" | "kana" | "two bytes" | "two more bytes"

/** ISO-2022-JP, Microsoft's additions and half-width kana included, as EUC-JP. */
export function eucFromIso2022(bytes: Uint8Array): number[] {
  const out: number[] = []
  let mode: Japanese = "one byte"
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    const next = bytes[at + 1] ?? 0
    if (byte === ESC) {
      const change = japaneseEscape(bytes, at)
      mode = change.mode ?? mode
      at += change.length - 1
    } else if (byte === SO || byte === SI) mode = byte === SO ? "kana" : "one byte"
    // A line begins in ASCII, whatever somebody forgot at the end of the one above.
    else if (byte === LF || byte === 0x0d) {
      mode = "one byte"
      out.push(byte)
    } else if (byte < 0x21 || byte > 0x7e || mode === "one byte") out.push(byte)
    else if (mode === "kana") out.push(0x8e, byte | 0x80)
    else if (next > 0x20 && next < 0x7f) {
      out.push(...(mode === "two more bytes" ? [0x8f] : []), byte | 0x80, next | 0x80)
      at++
    }
  }
  return out
}

/** ESC ( B and J, ESC ( I, ESC $ @ and B, ESC $ ( D; others are passed over. */
function japaneseEscape(bytes: Uint8Array, at: number): { mode: Japanese | null; length: number } {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at + 1, at + 4)
  if (first === PAREN) return { mode: second === 0x49 ? "kana" : "one byte", length: 3 }
  if (first !== DOLLAR) return { mode: null, length: 1 }
  if (second !== PAREN) return { mode: "two bytes", length: 3 }
  return { mode: third === 0x44 ? "two more bytes" : "two bytes", length: 4 }
}

/** ISO-2022-KR as EUC-KR: shifted out, a pair of bytes is Korean. */
export function eucFromKorean(bytes: Uint8Array): number[] {
  const out: number[] = []
  let isKorean = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === ESC && bytes[at + 1] === DOLLAR) at += 3
    else if (byte === SO || byte === SI) isKorean = byte === SO
    else out.push(isKorean && byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte)
  }
  return out
}

/** HZ (RFC 1843) as GB 2312: between `~{` and `~}`, a pair of bytes is Chinese. */
export function gbFromHz(bytes: Uint8Array): number[] {
  const out: number[] = []
  let isChinese = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    const next = bytes[at + 1]
    if (byte === LF) isChinese = false
    if (byte !== TILDE) out.push(isChinese && byte > 0x20 ? byte | 0x80 : byte)
    else {
      if (next === 0x7b || next === 0x7d) isChinese = next === 0x7b
      else if (next === TILDE) out.push(TILDE)
      at++
    }
  }
  return out
}
