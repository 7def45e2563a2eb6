/** What compressed RTF begins from ([MS-OXRTFCP] 2.1.2.1): both sides know these words before the first byte. */
const known =
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
const compressed = 0x75465a4c
const plain = 0x414c454d
const most = 8 * 1024 * 1024

/** RTF as Outlook packs it, unpacked; empty for what is none. Runs that point nowhere end it. */
export function unpackRtf(bytes: Uint8Array): string {
  if (bytes.length < 16) return ""
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = Math.min(view.getUint32(4, true), most)
  const kind = view.getUint32(8, true)
  if (kind === plain) return latin(bytes.subarray(16, 16 + size))
  return kind === compressed ? latin(inflate(bytes, size)) : ""
}

function inflate(bytes: Uint8Array, size: number): Uint8Array {
  const window = new Uint8Array(4096)
  for (let i = 0; i < known.length; i++) window[i] = known.charCodeAt(i)
  const out = new Uint8Array(size)
  let [write, length] = [known.length, 0]
  const put = (byte: number) => {
    if (length < size) out[length++] = byte
    window[write] = byte
    write = (write + 1) % 4096
  }
  for (let at = 16; at < bytes.length && length < size; ) {
    const flags = bytes[at++] ?? 0
    for (let bit = 0; bit < 8 && at < bytes.length && length < size; bit++) {
      if (!(flags & (1 << bit))) {
        put(bytes[at++] ?? 0)
        continue
      }
      const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
      at += 2
      const from = pair >> 4
      if (from === write) return out.subarray(0, length)
      for (let n = 0; n < (pair & 15) + 2; n++) put(window[(from + n) % 4096] ?? 0)
    }
  }
  return out.subarray(0, length)
}

const latin = (bytes: Uint8Array) => new TextDecoder("windows-1252").decode(bytes)

/** The page that was turned into RTF for Outlook's sake ([MS-OXRTFEX]); empty when it never was one. */
export function rtfHtml(rtf: string): string {
  return /\\fromhtml1/.test(rtf.slice(0, 2000)) ? said(rtf, "page") : ""
}

export const rtfText = (rtf: string) => said(rtf, "words").trim()

const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+/gi
const unread =
  /^(?:fonttbl|colortbl|stylesheet|info|pict|object|themedata|datastore|latentstyles|listtable|listoverridetable|generator)$/

type Group = { isHidden: boolean; isTag: boolean; isRtf: boolean }

/** One pass over the groups. A page stands in `htmltag` groups and between them; what `htmlrtf` marks is there for Outlook only. */
function said(rtf: string, form: "page" | "words"): string {
  const out: string[] = []
  const groups: Group[] = [{ isHidden: false, isTag: false, isRtf: false }]
  const top = () => groups[groups.length - 1] ?? { isHidden: false, isTag: false, isRtf: false }
  let skip = 0
  const say = (words: string) => {
    const { isHidden, isTag, isRtf } = top()
    if (isHidden || (form === "page" && isRtf && !isTag)) return
    out.push(form === "page" && !isTag ? escaped(words) : words)
  }
  for (const [, word, number, hex, sign, brace, words] of rtf.matchAll(token)) {
    if (brace) openOrClose(groups, brace)
    else if (hex && skip > 0) skip--
    else if (hex) say(latin(Uint8Array.of(Number.parseInt(hex, 16))))
    else if (sign === "*") top().isHidden = true
    else if (sign) say(signs[sign] ?? "")
    else if (words) {
      say(words.slice(skip))
      skip = 0
    } else if (word) {
      if (word === "u") skip = 1
      obey(word, number, top(), form, say)
    }
  }
  return out.join("")
}

const signs: Partial<Record<string, string>> = { "~": "\u00a0", _: "-", "\\": "\\", "{": "{", "}": "}" }

function openOrClose(groups: Group[], brace: string) {
  const last = groups.at(-1)
  if (brace === "{" && last) groups.push({ ...last })
  else if (groups.length > 1) groups.pop()
}

function obey(
  word: string,
  number: string | undefined,
  group: Group,
  form: "page" | "words",
  say: (words: string) => void,
) {
  if (word === "htmltag") Object.assign(group, { isHidden: form === "words", isTag: true })
  else if (word === "htmlrtf") group.isRtf = number !== "0"
  else if (unread.test(word)) group.isHidden = true
  else if (word === "par" || word === "line") say("\n")
  else if (word === "tab") say("\t")
  else if (word === "u") say(String.fromCharCode((Number(number) + 0x10000) % 0x10000))
}

const escaped = (words: string) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
