import iconv from "iconv-lite"
import { alphabets } from "./alphabets.server.ts"
import { charsetNamed, isSevenBit } from "./charset-names.ts"
import { plausibility } from "./plausible.ts"
import { eucFromIso2022, eucFromKorean, gbFromHz } from "./seven-bit.ts"
import {
  broken,
  damagedUtf8,
  healed,
  lossyUtf8,
  markedUnicode,
  strange,
  strictUtf8,
  unmarkedUtf16,
  utf16,
} from "./unicode.server.ts"

/** Bytes that are looked at to tell what they are. */
const sampleBytes = 8 * 1024
const [ESC, LF, DOLLAR, PAREN] = [0x1b, 0x0a, 0x24, 0x28]

/**
 * Text from bytes in a declared charset. A declaration that is missing, unknown or plainly untrue gives
 * way to what the bytes are; `hint` is what else there is to go by.
 */
export function decodeBytes(bytes: Uint8Array, declared: string, hint: string): string {
  const charset = charsetNamed(declared)
  if (isAscii(bytes) && !isSevenBit(charset))
    return isEscaped(bytes) ? guess(bytes, "") : Buffer.from(bytes).toString("latin1")
  if (charset === "") return guess(bytes, hint)
  const marked = markedUnicode(bytes)
  if (marked !== null) return marked
  const text = decodeAs(bytes, charset)
  if (charset === "utf-8" && strange(text) >= 2 * broken(text)) return healed(text, bytes, inOlder)
  return isUntrue(text) ? guess(bytes, hint) : text
}

/** Whatever reads without error, UTF-8 first because nothing else passes for it by chance; else what reads like words. */
export function guess(bytes: Uint8Array, hint: string): string {
  const unicode = markedUnicode(bytes) ?? unmarkedUtf16(bytes)
  if (unicode !== null) return unicode
  if (isEscaped(bytes)) return decodeAs(bytes, isKorean(bytes) ? "iso-2022-kr" : "iso-2022-jp")
  const whole = strictUtf8(bytes)
  if (whole !== null) return whole
  const charset = charsetNamed(hint)
  const hinted = charset === "" || charset === "utf-8" ? "" : decodeAs(bytes, charset)
  if (hinted !== "" && !isUntrue(hinted)) return hinted
  const damaged = damagedUtf8(bytes)
  return damaged === null ? inOlder(bytes) : healed(damaged, bytes, inOlder)
}

export function decodeAs(bytes: Uint8Array, charset: string): string {
  if (charset === "utf-8") return lossyUtf8(bytes)
  if (charset.startsWith("utf-16")) return utf16(bytes, (/[lb]e$/.exec(charset)?.[0] as "le" | "be" | undefined) ?? "")
  if (charset === "iso-2022-jp") return iconv.decode(Buffer.from(eucFromIso2022(bytes)), "euc-jp")
  if (charset === "iso-2022-kr") return iconv.decode(Buffer.from(eucFromKorean(bytes)), "euc-kr")
  if (charset === "hz") return iconv.decode(Buffer.from(gbFromHz(bytes)), "gb18030")
  // UTF-7 is not in the browsers' table, and our cleaner runs after it, so it is safe here.
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), wider(bytes, charset))
}

/** What Windows programs call by the name of a standard that leaves 0x80 to 0x9f empty. */
const windowsOf: Record<string, string> = {
  "iso-8859-2": "windows-1250",
  "iso-8859-5": "windows-1251",
  "iso-8859-6": "windows-1256",
  "iso-8859-7": "windows-1253",
  "iso-8859-8": "windows-1255",
  "iso-8859-13": "windows-1257",
  "iso-8859-15": "windows-1252",
}

function wider(bytes: Uint8Array, charset: string) {
  const windows = windowsOf[charset]
  return windows && bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? windows : charset
}

const inOlder = (bytes: Uint8Array) => decodeAs(bytes, likeliest(bytes))

/** The charset in which the bytes look most like words; windows-1252, which can read anything, when none does. */
function likeliest(bytes: Uint8Array): string {
  const sample = Buffer.from(linesWithHighBytes(bytes))
  let best = { charset: "windows-1252", score: -1 }
  for (const alphabet of alphabets) {
    const score = plausibility(iconv.decode(sample, alphabet.charset), alphabet)
    if (score > best.score + (alphabet.isLatin ? 0.25 : 0.1)) best = { charset: alphabet.charset, score }
  }
  return best.score < 0 ? "windows-1252" : best.charset
}

function linesWithHighBytes(bytes: Uint8Array): number[] {
  const out: number[] = []
  for (let at = 0; at < bytes.length && out.length < sampleBytes; ) {
    const found = bytes.indexOf(LF, at)
    const end = found < 0 ? bytes.length : found + 1
    const line = bytes.subarray(at, Math.min(end, at + sampleBytes))
    if (!isAscii(line)) out.push(...line)
    at = end
  }
  return out
}

/** More than one letter in a hundred cannot be read, or most of those that are not ASCII. */
function isUntrue(text: string) {
  const count = broken(text)
  if (count === 0) return false
  const odd = strange(text)
  return (count > text.length / 100 && odd <= 4 * count) || count * 2 > odd
}

/** ISO-2022 is seven bits with ESC $ or ESC ( in it, and older programs send it undeclared. */
function isEscaped(bytes: Uint8Array) {
  const at = bytes.indexOf(ESC)
  return at >= 0 && (bytes[at + 1] === DOLLAR || (bytes[at + 1] === PAREN && bytes[at + 2] === 0x4a)) && isAscii(bytes)
}

function isKorean(bytes: Uint8Array) {
  const at = bytes.indexOf(ESC)
  return bytes[at + 2] === 0x29 && bytes[at + 3] === 0x43
}

/** A zero is none: UTF-16 without its mark has one in every letter of English. */
function isAscii(bytes: Uint8Array) {
  return bytes.every((byte) => byte > 0 && byte < 0x80)
}
