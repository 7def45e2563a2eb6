import type { Body } from "./body.ts"
import type { Email } from "./email.ts"
import { cleanHtml } from "./html/clean-html.ts"
import { newTextOfMail } from "./html-new.ts"

const longestText = 2 * 1024 * 1024

export type ReadBody = Pick<Email, "text" | "newText" | "html" | "page" | "attachments">

/** Nothing but a header could be read. */
export const noBody: ReadBody = { text: "", newText: "", html: null, page: null, attachments: [] }

/**
 * A body that every screen and every rule after this can afford, and what was left out to make it so: a page too costly
 * to clean is read as text only, a text too long as far as it goes.
 */
export function affordable(body: Body): { body: ReadBody; troubles: string[] } {
  const text = body.text.slice(0, longestText)
  const cut = text === body.text ? [] : ["Only the first 2 MB of its text were read."]
  const newText = newTextOfMail(text, body.html)
  if (body.html === null) return { body: { ...body, text, newText, page: null }, troubles: cut }
  const contentIds = body.attachments.map(({ contentId }) => contentId)
  const { page, trouble } = cleanHtml(body.html, { newText, contentIds })
  if (page !== null) return { body: { ...body, text, newText, page }, troubles: cut }
  // Beside a page that is not shown, its pictures are files like any other.
  const attachments = body.attachments.map((file) => ({ ...file, inline: false }))
  const shown = { text, newText: newTextOfMail(text, null), html: null, page: null, attachments }
  return { body: shown, troubles: [trouble, ...cut] }
}
