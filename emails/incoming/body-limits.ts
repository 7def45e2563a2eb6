import type { Body } from "./body.ts"
import { nestsDeeper } from "./html-depth.ts"

/** Limits of mail.md 3.10: a page beyond them is read as text only, a text beyond them as far as it goes. */
const longestHtml = 2 * 1024 * 1024
const longestText = 2 * 1024 * 1024
const deepestElement = 500

/** A body that every screen and every rule after this can afford, and what was left out to make it so. */
export function affordable(body: Body): { body: Body; troubles: string[] } {
  const page = troubleOfPage(body.html)
  const html = page === null ? body.html : null
  // Beside a page that is not shown, its pictures are files like any other.
  const attachments = page === null ? body.attachments : body.attachments.map((file) => ({ ...file, inline: false }))
  if (body.text.length <= longestText) return { body: { ...body, html, attachments }, troubles: page ? [page] : [] }
  const text = body.text.slice(0, longestText)
  return {
    body: { text, html, attachments },
    troubles: [...(page ? [page] : []), "Only the first 2 MB of its text were read."],
  }
}

function troubleOfPage(html: string | null) {
  if (html === null) return null
  if (html.length >= longestHtml) return "Its page is larger than 2 MB and is shown as text."
  return nestsDeeper(html, deepestElement)
    ? `Its page is nested deeper than ${deepestElement} and is shown as text.`
    : null
}
