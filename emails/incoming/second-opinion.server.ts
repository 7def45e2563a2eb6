import PostalMime, { type Attachment } from "postal-mime"
import type { Part } from "./body.ts"
import type { Split } from "./parts.server.ts"
import { pgLine, pgText } from "./text.ts"

/** A mail mailparser would not read, read by postal-mime, which bends in other places. */
export async function secondOpinion(mail: Buffer): Promise<Split> {
  try {
    const read = await PostalMime.parse(mail, { forceRfc822Attachments: true, maxNestingDepth: 30 })
    const text = read.text === undefined ? [] : [shown("text/plain", pgText(read.text))]
    const html = read.html === undefined ? [] : [shown("text/html", pgText(read.html))]
    return { parts: [...text, ...html, ...read.attachments.map(attached)], subject: "", problem: null }
  } catch (error) {
    // Both parsers failed: the mail is shown by its header, with the original attached.
    return { parts: [], subject: "", problem: error instanceof Error ? error : new Error(String(error)) }
  }
}

const nowhere = { disposition: "", filename: "", contentId: "", location: "", place: 0 }

/** Its text and its page are one message said twice. */
function shown(type: string, text: string): Part {
  return { ...nowhere, type, text, bytes: Buffer.from(text), inside: [{ type: "multipart/alternative", id: 0 }] }
}

function attached({ filename, mimeType, disposition, contentId, content }: Attachment): Part {
  const bytes = typeof content === "string" ? Buffer.from(content) : new Uint8Array(content)
  const id = pgLine(contentId ?? "").replace(/^<|>$/g, "")
  const place = { disposition: disposition ?? "attachment", filename: pgLine(filename ?? ""), contentId: id }
  return { ...nowhere, ...place, type: mimeType, bytes, text: null, inside: [] }
}
