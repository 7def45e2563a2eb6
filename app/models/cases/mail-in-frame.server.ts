import { and, eq, inArray } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { attachments, cases, messages } from "#db/tables/cases.ts"
import type { Viewer } from "../people/agent.ts"
import { type CleanMail, cleanHtml, foldHidesWords, htmlLimit } from "./clean-html.ts"

/** The HTML of a message, cleaned and folded; null when there is none, or the viewer does not answer its mailbox. */
export async function mailInFrame(viewer: Viewer, messageId: number, images: "own" | "all"): Promise<CleanMail | null> {
  const [message] = await db
    .select({ html: messages.html, newText: messages.newText })
    .from(messages)
    .innerJoin(cases, eq(cases.number, messages.caseNumber))
    .where(and(eq(messages.id, messageId), inArray(cases.mailboxId, viewer.mailboxIds)))
  if (!message || message.html === null || message.html.length > htmlLimit) return null
  const inlineImage = await inlineImages(messageId)
  const folded = cleanHtml(message.html, { inlineImage, images, quotes: "fold" })
  if (!foldHidesWords(folded.html, message.newText)) return folded
  return cleanHtml(message.html, { inlineImage, images, quotes: "show" })
}

async function inlineImages(messageId: number) {
  const rows = await db
    .select({ id: attachments.id, contentId: attachments.contentId })
    .from(attachments)
    .where(eq(attachments.messageId, messageId))
  const byId = new Map(rows.map(({ id, contentId }) => [contentId?.replace(/^<|>$/g, ""), id]))
  return (contentId: string) => {
    const id = byId.get(contentId)
    return id === undefined ? null : `/attachments/${id}?inline`
  }
}
