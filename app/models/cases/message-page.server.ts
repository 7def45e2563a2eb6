import { and, asc, desc, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { attachments, cases, messages } from "#db/tables/cases.ts"
import { messagePages } from "#db/tables/pages.ts"
import { type Cleaned, type CleanPage, cleanerVersion } from "#emails/incoming/html/clean-html.ts"
import { cleanApart } from "#emails/incoming/html/cleaner.server.ts"
import type { Viewer } from "../people/agent.ts"
import { withInlineImages } from "./inline-images.ts"
import { visibleTo } from "./visible.server.ts"

/** The page of a message as it is shown, or why its text is shown instead. */
export type ShownPage = Cleaned & { text: string }

/** Keeps the clean form beside the message; `fileIds` are its files in the order they came. */
export async function keepPage(tx: Tx, messageId: number, { page, trouble }: Cleaned, fileIds: readonly number[]) {
  const html = page && withInlineImages(page.html, fileIds)
  const made = { cleaner: cleanerVersion, trouble, ...(page ?? { remoteImages: 0, hasColours: false }), html }
  await tx
    .insert(messagePages)
    .values({ messageId, ...made })
    // While two versions of the desk run side by side, the newer one's stays.
    .onConflictDoUpdate({
      target: messagePages.messageId,
      set: made,
      setWhere: lt(messagePages.cleaner, cleanerVersion),
    })
}

/** Whether a message is shown as a page: it has one, or it has HTML that nobody has tried to clean. */
export const hasPage = sql<boolean>`(${messages.html} is not null and
  (${messagePages.html} is not null or coalesce(${messagePages.cleaner}, 0) < ${cleanerVersion}))`

/** The stored page; one that an older cleaner made, or none, is cleaned first. Null: no HTML, or not the viewer's. */
export async function pageFor(viewer: Viewer, messageId: number): Promise<ShownPage | null> {
  const stored = await storedPage(viewer, messageId)
  if (!stored || (stored.cleaner ?? 0) >= cleanerVersion) return stored && shown(stored)
  await cleanAgain(messageId, "a person")
  const cleaned = await storedPage(viewer, messageId)
  return cleaned && shown(cleaned)
}

async function storedPage(viewer: Viewer, messageId: number) {
  const [stored] = await db
    .select({
      html: messagePages.html,
      trouble: messagePages.trouble,
      remoteImages: messagePages.remoteImages,
      hasColours: messagePages.hasColours,
      cleaner: messagePages.cleaner,
      text: sql<string>`case when ${messagePages.html} is null then left(${messages.text}, 100000) else '' end`,
    })
    .from(messages)
    .innerJoin(cases, eq(cases.number, messages.caseNumber))
    .leftJoin(messagePages, eq(messagePages.messageId, messages.id))
    .where(and(eq(messages.id, messageId), isNotNull(messages.html), visibleTo(viewer)))
  return stored ?? null
}

/** The whole text of a message, for who wants more of it than a case page holds. Null: not the viewer's. */
export async function textFor(viewer: Viewer, messageId: number): Promise<ShownPage | null> {
  const [message] = await db
    .select({ text: messages.text })
    .from(messages)
    .innerJoin(cases, eq(cases.number, messages.caseNumber))
    .where(and(eq(messages.id, messageId), visibleTo(viewer)))
  return message ? { page: null, trouble: "", text: message.text } : null
}

type Stored = NonNullable<Awaited<ReturnType<typeof storedPage>>>

function shown({ html, trouble, remoteImages, hasColours, text }: Stored): ShownPage {
  if (html === null) return { page: null, trouble: trouble ?? "", text }
  return {
    page: { html, remoteImages: remoteImages ?? 0, hasColours: hasColours ?? false } satisfies CleanPage,
    trouble: null,
    text,
  }
}

/** The message that came as HTML, cleaned by the cleaner of today in a thread that may be killed. */
async function cleanAgain(messageId: number, waiting: "a person" | "nobody") {
  const [message] = await db
    .select({ html: messages.html, newText: sql<string>`left(${messages.newText}, 100000)` })
    .from(messages)
    .where(eq(messages.id, messageId))
  if (!message?.html) return
  const files = await db
    .select({ id: attachments.id, contentId: attachments.contentId })
    .from(attachments)
    .where(eq(attachments.messageId, messageId))
    .orderBy(asc(attachments.id))
  const contentIds = files.map(({ contentId }) => contentId)
  const cleaned = await cleanApart({ html: message.html, newText: message.newText, contentIds, waiting })
  const fileIds = files.map(({ id }) => id)
  await db.transaction((tx) => keepPage(tx, messageId, cleaned, fileIds))
}

const atOnce = 20

/**
 * What goes through the messages an older cleaner cleaned, or none, newest first, a few each time it is called. Tells
 * whether there may be more; after the last it begins again.
 */
export function recleaning() {
  let before = Number.MAX_SAFE_INTEGER
  return async () => {
    const stale = or(isNull(messagePages.cleaner), lt(messagePages.cleaner, cleanerVersion))
    const rows = await db
      .select({ id: messages.id })
      .from(messages)
      .leftJoin(messagePages, eq(messagePages.messageId, messages.id))
      .where(and(lt(messages.id, before), isNotNull(messages.html), stale))
      .orderBy(desc(messages.id))
      .limit(atOnce)
    for (const { id } of rows) await cleanAgain(id, "nobody")
    before = rows.at(-1)?.id ?? Number.MAX_SAFE_INTEGER
    return rows.length > 0
  }
}
