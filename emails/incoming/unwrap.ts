import type { Part } from "./body.ts"
import { invitationWords } from "./calendar.ts"
import type { Mark } from "./email.ts"
import { pgLine, pgText } from "./text.ts"
import { readWinmail, type Winmail } from "./tnef.ts"

/** What a mail's wrappings hold, beside what was there: nothing is taken away. */
export function unwrap(parts: readonly Part[]): { parts: Part[]; marks: Mark[] } {
  const marks = new Map<string, Mark>()
  const out = parts.flatMap((part) => {
    const mark = markOf(part)
    if (mark) marks.set(mark.words, mark)
    return isWinmail(part) ? opened(part, parts, marks) : [part]
  })
  const sealed = parts.some((part) => isShownText(part) && /^-----BEGIN PGP MESSAGE-----/m.test(part.text ?? ""))
  if (sealed) marks.set(pgpMark.words, pgpMark)
  return { parts: out, marks: [...marks.values()].slice(0, 10) }
}

const isWinmail = ({ type, filename }: Part) =>
  /^application\/(?:vnd\.)?ms-tnef$/.test(type) || (/^winmail\.dat$/i.test(filename) && type.startsWith("application/"))

const isShownText = ({ text, type, disposition }: Part) =>
  text !== null && type === "text/plain" && disposition !== "attachment"

function markOf(part: Part): Mark | null {
  const { type, inside } = part
  if (type === "text/calendar") return { kind: "invitation", words: invitationWords(part.text ?? "").slice(0, 300) }
  if (/^application\/(?:x-)?pkcs7-signature$/.test(type))
    return { kind: "signed", words: "Signed (S/MIME, not checked)" }
  if (type === "application/pgp-signature") return { kind: "signed", words: "Signed (PGP, not checked)" }
  if (type === "message/partial") return { kind: "partial", words: "One piece of a mail that was sent in several" }
  if (inside.some((container) => container.type === "multipart/encrypted")) return pgpMark
  return null
}

const pgpMark: Mark = {
  kind: "encrypted",
  words: "Encrypted (PGP): open the attachment with the key it was written for, or ask the sender to write in clear",
}

/** Its files and words in its place, and itself, for whoever trusts Outlook more than us. */
function opened(part: Part, parts: readonly Part[], marks: Map<string, Mark>): Part[] {
  const winmail = readWinmail(part.bytes)
  if (!winmail) return [part]
  marks.set("winmail", { kind: "winmail", words: "Sent by Outlook in its own wrapping (winmail.dat), unwrapped" })
  const hasWords = parts.some(
    (other) => other.text !== null && other.text.trim() !== "" && other.disposition !== "attachment",
  )
  const files = winmail.files.map(
    (file): Part => ({
      ...bare,
      type: typeOf(file.contentType),
      disposition: file.contentId === "" ? "attachment" : "",
      filename: pgLine(file.filename).slice(0, 255),
      contentId: pgLine(file.contentId),
      inside: part.inside,
      place: 1,
      bytes: file.bytes,
    }),
  )
  return [...(hasWords ? [] : wordsIn(winmail)), ...files, { ...part, disposition: "attachment" }]
}

const bare = { disposition: "", filename: "", contentId: "", location: "", place: 0, text: null }
const typeOf = (type: string) => (/^[\w.+-]+\/[\w.+-]+$/.test(type) ? type.toLowerCase() : "application/octet-stream")

function wordsIn({ text, html }: Winmail): Part[] {
  const both = [{ type: "multipart/alternative", id: -1 }]
  const shown = (type: string, words: string): Part => {
    const clean = pgText(words)
    return { ...bare, type, text: clean, bytes: new TextEncoder().encode(clean), inside: both }
  }
  return [...(text.trim() ? [shown("text/plain", text)] : []), ...(html.trim() ? [shown("text/html", html)] : [])]
}
