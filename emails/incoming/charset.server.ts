import iconv from "iconv-lite"

/** Names mail programs write for charsets under another name (mail.md 3.8). */
const aliases: Record<string, string> = {
  "": "us-ascii",
  none: "us-ascii",
  ansi: "windows-1252",
  "unknown-8bit": "us-ascii",
  "x-unknown": "us-ascii",
  unknown: "us-ascii",
  default: "us-ascii",
  "ks_c_5601-1987": "euc-kr",
  cp949: "euc-kr",
  gb2312: "gb18030",
  gbk: "gb18030",
  cp932: "shift_jis",
  "cp-850": "cp850",
  "unicode-1-1-utf-7": "utf-7",
  "iso-2022-jp-ms": "iso-2022-jp",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  utf7: "utf-7",
  utf8: "utf-8",
}

const utf8 = new TextDecoder("utf-8", { fatal: true })
const lossyUtf8 = new TextDecoder("utf-8")
const decoders = new Map<string, TextDecoder | null>()

/**
 * Text from bytes in a declared charset. A declaration that is missing, unknown or plainly untrue gives way to what
 * the bytes are: valid UTF-8, else windows-1252, which can read anything.
 */
export function decodeBytes(bytes: Uint8Array, declared: string): string {
  const name = declared
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "")
    .replace(/\*.*$/, "")
  const charset = aliases[name] ?? name
  if (isAscii(bytes) && !isJapanese(bytes) && !/utf-?(7|16|32)|2022|hz-|ucs/.test(charset))
    return Buffer.from(bytes).toString("latin1")
  if (charset === "us-ascii" || charset === "ascii") return guess(bytes)
  const text = decodeAs(bytes, charset)
  return text === null || mostlyBroken(text) ? guess(bytes) : text
}

/** Whatever reads without error, UTF-8 first because nothing else passes for it by chance. */
export function guess(bytes: Uint8Array) {
  if (isJapanese(bytes)) return decodeAs(bytes, "iso-2022-jp") ?? ""
  return strictUtf8(bytes) ?? damagedUtf8(bytes) ?? decodeAs(bytes, "windows-1252") ?? ""
}

/** UTF-8 that was cut or hurt somewhere on the way: far more of it reads than does not. */
function damagedUtf8(bytes: Uint8Array) {
  const text = lossyUtf8.decode(bytes)
  const odd = text.length - text.replace(/[^\p{ASCII}]/gu, "").length
  return odd > 4 * broken(text) ? text : null
}

export function strictUtf8(bytes: Uint8Array) {
  try {
    return utf8.decode(bytes)
  } catch {
    // Not UTF-8, which is the question.
    return null
  }
}

function decodeAs(bytes: Uint8Array, charset: string) {
  // Not in the browsers' table, and our cleaner runs after it, so it is safe here (D3).
  if (charset === "utf-7") return iconv.decode(Buffer.from(bytes), "utf-7")
  const decoder = decoderFor(charset)
  if (decoder) return decoder.decode(bytes)
  const name = /^(iso-?8859-?1|latin-?1|l1|us-ascii|cp1252|x-cp1252|ansi_x3.*)$/.test(charset)
    ? "windows-1252"
    : charset
  return iconv.encodingExists(name) ? iconv.decode(Buffer.from(bytes), name) : null
}

function decoderFor(charset: string) {
  const known = decoders.get(charset)
  if (known !== undefined) return known
  const made = makeDecoder(charset)
  if (decoders.size < 200) decoders.set(charset, made)
  return made
}

function makeDecoder(charset: string) {
  try {
    const decoder = new TextDecoder(charset)
    // Node's own shortcut for windows-1252 leaves 0x80 to 0x9f as control characters; iconv reads them.
    return decoder.encoding === "windows-1252" ? null : decoder
  } catch {
    // A name the browsers' table does not have; iconv may.
    return null
  }
}

function mostlyBroken(text: string) {
  return broken(text) > text.length / 100
}

function broken(text: string) {
  let count = 0
  for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) count++
  return count
}

/** ISO-2022-JP is seven bits with ESC $ in it, and older programs send it undeclared. */
function isJapanese(bytes: Uint8Array) {
  const at = bytes.indexOf(0x1b)
  return at >= 0 && bytes[at + 1] === 0x24
}

function isAscii(bytes: Uint8Array) {
  return bytes.every((byte) => byte < 0x80)
}
