import { rtfHtml, rtfText, unpackRtf } from "./rtf.ts"

/** What Outlook wraps into winmail.dat ([MS-OXTNEF]): files under their long names, and the words in up to three forms. */
export type Winmail = { files: WinmailFile[]; text: string; html: string }
export type WinmailFile = { filename: string; contentType: string; contentId: string; bytes: Uint8Array }

const signature = 0x223e9f78
const attributes = {
  renderData: 0x00069002,
  title: 0x00018010,
  data: 0x0006800f,
  attachment: 0x00069005,
  message: 0x00069003,
  body: 0x0002800c,
}
const property = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  data: 0x3701,
  mime: 0x370e,
  shortName: 0x3704,
  name: 0x3707,
  contentId: 0x3712,
}
const mostFiles = 200

/** Null for what is no TNEF. Every length is checked against what is there: a broken end ends the reading, not the mail. */
export function readWinmail(bytes: Uint8Array): Winmail | null {
  const view = viewOf(bytes)
  if (bytes.length < 6 || view.getUint32(0, true) !== signature) return null
  const found: Winmail = { files: [], text: "", html: "" }
  for (let at = 6; at + 9 <= bytes.length; ) {
    const id = view.getUint32(at + 1, true)
    const length = view.getUint32(at + 5, true)
    const data = bytes.subarray(at + 9, at + 9 + length)
    if (data.length < length) break
    take(found, id, data)
    at += 9 + length + 2
  }
  return { ...found, files: found.files.filter(({ bytes: content }) => content.length > 0) }
}

function take(found: Winmail, id: number, data: Uint8Array) {
  const file = found.files.at(-1)
  if (id === attributes.renderData && found.files.length < mostFiles)
    found.files.push({ filename: "", contentType: "", contentId: "", bytes: new Uint8Array() })
  else if (id === attributes.body) found.text = plain(data)
  else if (id === attributes.message) takeMessage(found, propertiesIn(data))
  else if (!file) return
  else if (id === attributes.title) file.filename ||= plain(data)
  else if (id === attributes.data) file.bytes = data
  else if (id === attributes.attachment) takeFile(file, propertiesIn(data))
}

function takeMessage(found: Winmail, properties: Properties) {
  found.text ||= wordsOf(properties.get(property.body))
  const html = properties.get(property.html)
  const packed = properties.get(property.rtf)
  const rtf = packed ? unpackRtf(packed.data) : ""
  found.html = html ? (html.isWide ? wordsOf(html) : plain(html.data)) : rtfHtml(rtf)
  found.text ||= found.html === "" ? rtfText(rtf) : ""
}

function takeFile(file: WinmailFile, properties: Properties) {
  file.filename = wordsOf(properties.get(property.name)) || file.filename || wordsOf(properties.get(property.shortName))
  file.contentType = wordsOf(properties.get(property.mime))
  file.contentId = wordsOf(properties.get(property.contentId))
  const content = properties.get(property.data)
  // An object's bytes stand behind the 16 of its interface.
  if (content && file.bytes.length === 0) file.bytes = content.isObject ? content.data.subarray(16) : content.data
}

type Property = { data: Uint8Array; isWide: boolean; isObject: boolean }
type Properties = Map<number, Property>

const sizes: Record<number, number> = { 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 }
const isVariable = (type: number) => type === 0x1e || type === 0x1f || type === 0x0d || type === 0x102
const padded = (length: number) => (length + 3) & ~3

/** The MAPI properties of a message or a file, the first value of each; those before a length that cannot be. */
function propertiesIn(bytes: Uint8Array): Properties {
  const view = viewOf(bytes)
  const found: Properties = new Map()
  const count = bytes.length >= 4 ? Math.min(view.getUint32(0, true), 5000) : 0
  let at = 4
  for (let n = 0; n < count && at + 4 <= bytes.length; n++) {
    const type = view.getUint16(at, true)
    const id = view.getUint16(at + 2, true)
    const start = afterName(view, bytes.length, at + 4, id)
    const value = start === null ? null : valueAt(bytes, view, start, type)
    if (!value) break
    if (value.data)
      found.set(id, { data: value.data, isWide: (type & 0xfff) === 0x1f, isObject: (type & 0xfff) === 0x0d })
    at = value.end
  }
  return found
}

/** Named properties carry the name before the value. */
function afterName(view: DataView, size: number, at: number, id: number): number | null {
  if (id < 0x8000) return at
  if (at + 24 > size) return null
  if (view.getUint32(at + 16, true) === 0) return at + 24
  const length = view.getUint32(at + 20, true)
  return length > size ? null : at + 24 + padded(length)
}

function valueAt(bytes: Uint8Array, view: DataView, start: number, type: number) {
  const base = type & 0xfff
  const isMany = (type & 0x1000) !== 0
  let at = start
  let count = 1
  if (isMany || isVariable(base)) {
    if (at + 4 > bytes.length) return null
    count = Math.min(view.getUint32(at, true), 1000)
    at += 4
  }
  let first: Uint8Array | null = null
  for (let n = 0; n < count; n++) {
    const length = lengthAt(view, bytes.length, at, base)
    if (length === null) return null
    const begin = isVariable(base) ? at + 4 : at
    if (begin + length > bytes.length) return null
    first ??= bytes.subarray(begin, begin + length)
    at = begin + padded(length)
  }
  return { data: first, end: at }
}

function lengthAt(view: DataView, size: number, at: number, base: number): number | null {
  if (!isVariable(base)) return sizes[base] ?? null
  return at + 4 > size ? null : view.getUint32(at, true)
}

function wordsOf(found: Property | undefined) {
  if (!found) return ""
  return found.isWide ? withoutEnd(new TextDecoder("utf-16le").decode(found.data)) : plain(found.data)
}

/** Old strings are in a code page nobody names reliably: UTF-8 where it can be, else Western. */
function plain(bytes: Uint8Array) {
  const text = new TextDecoder().decode(bytes)
  return withoutEnd(text.includes("\ufffd") ? new TextDecoder("windows-1252").decode(bytes) : text)
}

const withoutEnd = (text: string) => text.replace(/\0[\s\S]*$/, "")
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
