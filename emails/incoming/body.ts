import type { Attachment } from "./email.ts"
import { extensionOf } from "./file-extension.ts"
import { htmlText } from "./html-text.ts"
import { type Shown, shownOn } from "./referenced.ts"

/** One leaf of a mail's tree, transfer encoding undone. */
export type Part = {
  type: string
  /** The containers it lies in, outermost first, each with a number that tells it from others of its type. */
  inside: readonly { type: string; id: number }[]
  /** Its place among the parts of its container. */
  place: number
  disposition: string
  filename: string
  contentId: string
  location: string
  bytes: Uint8Array
  /** Decoded, for types of text; null for the rest. */
  text: string | null
}

export type Body = { text: string; html: string | null; attachments: Attachment[] }

/** What is read, and what is attached. */
export function bodyOf(parts: readonly Part[]): Body {
  const shown = parts.filter(isShown)
  const segments = segmentsOf(shown)
  const html = segments.some((segment) => segment.html !== null)
    ? segments.map((segment) => segment.html ?? asHtml(segment.text ?? "")).join("\n")
    : null
  const text = segments.map(textOf).join("\n")
  const rest = parts.filter((part) => !shown.includes(part))
  const isOnPage = shownOn(html)
  return {
    text: text === "" ? lastResort(rest) : text,
    html,
    attachments: rest.map((part) => attached(part, isOnPage)),
  }
}

/**
 * The rule of JMAP (RFC 8621 4.1.4): text that opens its container is read, a named one further down is a file, and
 * what stands beside the page of a multipart/related belongs to that page.
 */
function isShown(part: Part) {
  if (part.text === null || (part.type !== "text/plain" && part.type !== "text/html")) return false
  if (part.disposition !== "" && part.disposition !== "inline") return false
  const container = part.inside.at(-1)?.type
  return part.place === 0 || (container !== "multipart/related" && part.filename === "")
}

type Segment = { text: string | null; html: string | null }

/** Alternatives say the same thing twice and are one segment; everything else follows one another. */
function segmentsOf(shown: readonly Part[]): Segment[] {
  const segments: Segment[] = []
  const byAlternative = new Map<number, Segment>()
  for (const part of shown) {
    const alternative = part.inside.find(({ type }) => type === "multipart/alternative")
    const known = alternative && byAlternative.get(alternative.id)
    const segment = known ?? { text: null, html: null }
    if (!known) segments.push(segment)
    if (alternative) byAlternative.set(alternative.id, segment)
    const key = part.type === "text/html" ? "html" : "text"
    const before = segment[key]
    segment[key] = before === null ? (part.text ?? "") : `${before}\n${part.text}`
  }
  return segments
}

/** Some programs send an empty text beside a full page; then the page speaks. */
function textOf({ text, html }: Segment) {
  return html !== null && (text === null || text.trim() === "") ? htmlText(html) : (text ?? "")
}

function asHtml(text: string) {
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
  return `<div>${escaped.replace(/\n/g, "<br>\n")}</div>`
}

/** A mail that is one unnamed text of a rare type is read as that text. */
function lastResort(parts: readonly Part[]) {
  const [first] = parts
  return parts.length === 1 && first?.text != null && first.filename === "" && first.disposition !== "attachment"
    ? first.text
    : ""
}

function attached(part: Part, isOnPage: Shown): Attachment {
  const contentId = part.contentId === "" ? null : part.contentId
  return {
    filename: part.filename === "" ? `attachment.${extensionOf(part.bytes, part.type)}` : part.filename,
    contentType: /^[\w.+-]+\/[\w.+-]+$/.test(part.type) ? part.type : "application/octet-stream",
    size: part.bytes.length,
    inline: part.disposition !== "attachment" && isOnPage(part),
    contentId,
    bytes: part.bytes,
  }
}
