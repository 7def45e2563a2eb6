import { redactRatingLinks } from "#app/models/ratings/link-redaction.ts"
import { readEmail } from "./parse.server.ts"

/** A mail of ours as it left: its header lines, and what it says. */
export type SentView = { headers: { name: string; value: string }[]; text: string; html: string | null }

/** More than this of a header is nothing a person reads. */
const longestHead = 64 * 1024

/** In bytes: our own mail is quoted-printable, in which a link stands as it was written. */
export function withoutLinks(raw: Buffer): Buffer | null {
  const text = raw.toString("latin1")
  const clean = redactRatingLinks(text)
  return clean === text ? null : Buffer.from(clean, "latin1")
}

export async function viewOf(raw: Buffer, keepsLinks: boolean): Promise<SentView> {
  const shown = keepsLinks ? raw : (withoutLinks(raw) ?? raw)
  const { text, html } = await readEmail(shown)
  return { headers: headersOf(shown), text, html }
}

/** The header as it stands in the mail, folded lines joined. */
function headersOf(raw: Buffer) {
  const text = raw.subarray(0, longestHead).toString("utf8")
  const head = text.slice(0, text.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ")
  return head.split("\r\n").map((line) => {
    const colon = line.indexOf(":")
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() }
  })
}
