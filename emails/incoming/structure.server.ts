import libmime from "libmime"

/** More than any mail program makes, and little enough to be read in a moment. */
export const mostParts = 500
export const deepest = 30
const mostBoundaries = 100
const longestPartHead = 1024 * 1024
/** In MB: twice the largest mail the door takes, for undoing an encoding never makes it longer. */
const most = 70
/** In MB: of one text, of which no more than 2 MB are kept in the end; a page may carry its pictures in itself. */
const mostOfText = { plain: 8, html: 12 }

const megabyte = 1024 * 1024
const LF = 0x0a
const DASH = 0x2d
const delimiterStart = Buffer.from("\n--")

export type Sound = { body: Buffer; trouble: string | null }

/** What stands above a body that counts here. */
export type Declared = { type: string; disposition: string }

/**
 * A body as far as it stays within what a person's mail program would ever make, seen in one pass over its raw bytes
 * before any parser does. What is left out is read by nobody; it is in the original.
 */
export function soundBody(body: Buffer, { type, disposition }: Declared): Sound {
  const walk = new Walk(body.subarray(0, most * megabyte))
  const { end, trouble } = walk.from(boundaryOf(type), mostOf(type, disposition))
  const cuts = body.length > most * megabyte ? `Only its first ${most} MB were read.` : walk.cutWords
  return { body: walk.without(end), trouble: trouble ?? cuts }
}

/** How much of such a part is read, in MB; null: all of it, for it is a file or holds other parts. */
function mostOf(type: string, disposition: string): number | null {
  const isNamed = /name\*?\d*\*?\s*=/i.test(`${type};${disposition}`)
  if (isNamed || /^\s*attachment/i.test(disposition)) return null
  if (/^\s*text\/html\s*(;|$)/i.test(type)) return mostOfText.html
  return /^\s*(text\/plain\s*(;|$)|$)/i.test(type) ? mostOfText.plain : null
}

/** The multiparts open at a place, outermost first, the counts so far, and what of long texts is left out. */
class Walk {
  #body: Buffer
  #text: { start: number; most: number | null } | null = null
  #cuts: { from: number; to: number; most: number }[] = []
  #open: Buffer[] = []
  #boundaries = 0
  #parts = 0

  constructor(body: Buffer) {
    this.#body = body
  }

  /** `text` says how much is read of what is no multipart. */
  from(boundary: string | null, text: number | null): { end: number; trouble: string | null } {
    this.#enter(boundary)
    if (boundary === null) this.#text = { start: 0, most: text }
    for (let at = this.#next(0); at >= 0; at = this.#next(at)) {
      const delimiter = this.#delimiterAt(at)
      if (!delimiter) {
        at += 2
        continue
      }
      // The end of line before a delimiter is part of it.
      this.#endText(at - 1)
      this.#open.length = delimiter.place + (delimiter.closes ? 0 : 1)
      if (delimiter.closes) {
        at = delimiter.end
        continue
      }
      const head = this.#headFrom(delimiter.end)
      const trouble = this.#count(head)
      if (trouble) return { end: at, trouble }
      at = head.end
    }
    this.#endText(this.#body.length)
    return { end: this.#body.length, trouble: null }
  }

  get cutWords() {
    const [first] = this.#cuts
    return first ? `Only the first ${first.most} MB of a text were read.` : null
  }

  /** The body up to there, without what was left out of its texts. */
  without(end: number): Buffer {
    const kept = this.#cuts.map(({ from }, index) => this.#body.subarray(this.#cuts[index - 1]?.to ?? 0, from))
    const rest = this.#body.subarray(this.#cuts.at(-1)?.to ?? 0, end)
    return kept.length === 0 ? rest : Buffer.concat([...kept, rest])
  }

  #endText(end: number) {
    const { start, most } = this.#text ?? { start: 0, most: null }
    this.#text = null
    if (most !== null && end - start > most * megabyte)
      this.#cuts.push({ from: start + most * megabyte, to: end, most })
  }

  #enter(boundary: string | null) {
    if (boundary === null) return
    this.#open.push(Buffer.from(`--${boundary}`))
    this.#boundaries++
  }

  /** The next line that begins with two dashes, at or after a place; none matters outside a multipart. */
  #next(from: number) {
    if (this.#open.length === 0) return -1
    if (from === 0 && this.#body[0] === DASH && this.#body[1] === DASH) return 0
    const found = this.#body.indexOf(delimiterStart, Math.max(0, from - 1))
    return found < 0 ? -1 : found + 1
  }

  /** The innermost open multipart whose delimiter stands there, and whether it is the closing one. */
  #delimiterAt(at: number) {
    for (let place = this.#open.length - 1; place >= 0; place--) {
      const line = this.#open[place]
      if (!line || !this.#body.subarray(at, at + line.length).equals(line)) continue
      const rest = this.#lineEnd(at + line.length)
      const tail = this.#body.toString("latin1", at + line.length, Math.min(rest, at + line.length + 1002))
      const [, closing] = /^(--)?[ \t]*\r*\n?$/.exec(tail) ?? []
      if (closing !== undefined || /^[ \t]*\r*\n$/.test(tail)) return { place, closes: closing === "--", end: rest }
    }
    return null
  }

  #lineEnd(at: number) {
    const end = this.#body.indexOf(LF, at)
    return end < 0 ? this.#body.length : end + 1
  }

  /** The header of a part: to its empty line, or to a delimiter standing in its way. */
  #headFrom(start: number) {
    let cost = 0
    let at = start
    while (at < this.#body.length && cost <= longestPartHead) {
      const end = this.#lineEnd(at)
      const isEmpty = this.#body[at] === LF || (end - at === 2 && this.#body[end - 1] === LF && this.#body[at] === 0x0d)
      if (isEmpty) return { start, end, cost }
      if (this.#body[at] === DASH && this.#body[at + 1] === DASH && this.#delimiterAt(at))
        return { start, end: at, cost }
      // A line costs its parser more than its letters.
      cost += Math.max(end - at, 64)
      at = end
    }
    return { start, end: at, cost }
  }

  /** One more part; what it breaks, if anything. */
  #count({ start, end, cost }: { start: number; end: number; cost: number }) {
    const { type, disposition } = declaredIn(this.#body.toString("latin1", start, end))
    this.#text = { start: end, most: mostOf(type, disposition) }
    if (++this.#parts > mostParts) return `Only its first ${mostParts} parts were read.`
    if (cost > longestPartHead) return "Only its beginning could be read: a part has a header longer than 1 MB."
    this.#enter(boundaryOf(type))
    if (this.#open.length > deepest)
      return `Only its beginning could be read: its parts are nested deeper than ${deepest}.`
    return this.#boundaries > mostBoundaries
      ? `Only its beginning could be read: more than ${mostBoundaries} boundaries.`
      : null
  }
}

function declaredIn(head: string): Declared {
  const field = (name: string) =>
    new RegExp(`^${name}[ \\t]*:(.*(?:\\r?\\n[ \\t].*)*)`, "im").exec(head)?.[1]?.replace(/\r?\n/g, "") ?? ""
  return { type: field("content-type"), disposition: field("content-disposition") }
}

/** As mailparser takes it: ASCII, and of a multipart only. */
function boundaryOf(contentType: string) {
  if (!/^\s*multipart\//i.test(contentType)) return null
  const boundary = (libmime.parseHeaderValue(contentType, { stripComments: true }).params.boundary ?? "").trimEnd()
  return boundary !== "" && Buffer.byteLength(boundary) === boundary.length ? boundary : null
}
