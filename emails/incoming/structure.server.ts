import libmime from "libmime"

/** Limits of mail.md 3.10. */
export const mostParts = 500
export const deepest = 30
const mostBoundaries = 100
const longestPartHead = 1024 * 1024
/** In MB: twice the largest mail the door takes, for undoing an encoding never makes it longer. */
const most = 70
/** In MB: of a mail that is one text, of which no more than 2 MB are kept in the end. */
const mostOfOneText = 12

const LF = 0x0a
const DASH = 0x2d
const delimiterStart = Buffer.from("\n--")

export type Sound = { end: number; trouble: string | null }

/**
 * How far the body of a mail stays within what a person's mail program would ever make, seen in one pass over its raw
 * bytes before any parser does. What lies behind is read by nobody; it is in the original.
 */
export function soundLength(body: Buffer, type: string, disposition: string): Sound {
  const megabytes = isOneText(type, disposition) ? mostOfOneText : most
  const bytes = megabytes * 1024 * 1024
  const { end, trouble } = new Walk(body.subarray(0, bytes)).from(boundaryOf(type))
  if (trouble !== null || body.length <= bytes) return { end, trouble }
  return { end, trouble: `Only its first ${megabytes} MB were read.` }
}

const isOneText = (type: string, disposition: string) =>
  /^\s*(text\/(plain|html)\s*(;|$)|$)/i.test(type) && !/^\s*attachment/i.test(disposition)

/** The multiparts open at a place, outermost first, and the counts so far. */
class Walk {
  #body: Buffer
  #open: Buffer[] = []
  #boundaries = 0
  #parts = 0

  constructor(body: Buffer) {
    this.#body = body
  }

  from(boundary: string | null): Sound {
    this.#enter(boundary)
    for (let at = this.#next(0); at >= 0; at = this.#next(at)) {
      const delimiter = this.#delimiterAt(at)
      if (!delimiter) {
        at += 2
        continue
      }
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
    return { end: this.#body.length, trouble: null }
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
    if (++this.#parts > mostParts) return `Only its first ${mostParts} parts were read.`
    if (cost > longestPartHead) return "Only its beginning could be read: a part has a header longer than 1 MB."
    this.#enter(boundaryOf(contentTypeIn(this.#body.toString("latin1", start, end))))
    if (this.#open.length > deepest)
      return `Only its beginning could be read: its parts are nested deeper than ${deepest}.`
    return this.#boundaries > mostBoundaries
      ? `Only its beginning could be read: more than ${mostBoundaries} boundaries.`
      : null
  }
}

function contentTypeIn(head: string) {
  return /^content-type[ \t]*:(.*(?:\r?\n[ \t].*)*)/im.exec(head)?.[1]?.replace(/\r?\n/g, "") ?? ""
}

/** As mailparser takes it: ASCII, and of a multipart only. */
function boundaryOf(contentType: string) {
  if (!/^\s*multipart\//i.test(contentType)) return null
  const boundary = (libmime.parseHeaderValue(contentType, { stripComments: true }).params.boundary ?? "").trimEnd()
  return boundary !== "" && Buffer.byteLength(boundary) === boundary.length ? boundary : null
}
