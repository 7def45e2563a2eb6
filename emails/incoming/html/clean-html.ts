import { sanitize } from "hast-util-sanitize"
import { toHtml } from "hast-util-to-html"
import { redactRatingLinks } from "#app/models/ratings/link-redaction.ts"
import { allowedHtml } from "./allowed-html.ts"
import { foldQuote } from "./fold-quotes.ts"
import { inlinePlaces } from "./links-and-images.ts"
import { asReadBack } from "./nesting.ts"
import { AttributeReader } from "./page-attributes.ts"
import { PageBudget, TooMuch } from "./page-limits.ts"
import { PageTree } from "./page-tree.ts"
import { parsePage, sheetsOf } from "./parse-page.ts"
import { foldHidesWords } from "./quote-words.ts"

/** Raised whenever a page is cleaned in another way. Kept with each page: what an older one made is made again. */
export const cleanerVersion = 2

export type CleanPage = {
  html: string
  /** Images that would be fetched from elsewhere; left out until somebody asks for them. */
  remoteImages: number
  /** Whether it sets colours of its own: then it is shown on white, as its writer saw it. */
  hasColours: boolean
}

/** A page fit to be shown, or why it is shown as text. */
export type Cleaned = { page: CleanPage; trouble: null } | { page: null; trouble: string }

/** What the mail says beside its page: the words it adds, and the Content-IDs of its files in order. */
export type Beside = { newText: string; contentIds: readonly (string | null)[] }

/**
 * HTML from outside, made harmless by an explicit allow list, in time that grows with its length. The frame it is shown
 * in must stop everything as well, by its own policy: either alone is enough.
 */
export function cleanHtml(dirty: string, beside: Beside): Cleaned {
  try {
    return { page: cleanPage(dirty, beside), trouble: null }
  } catch (error) {
    // A page beyond its budget is not worth its cost: the text says the same.
    if (error instanceof TooMuch) return { page: null, trouble: error.message }
    throw error
  }
}

function cleanPage(dirty: string, { newText, contentIds }: Beside): CleanPage {
  const budget = new PageBudget(dirty)
  const page = parsePage(dirty, budget)
  const attributes = new AttributeReader(inlinePlaces(contentIds), sheetsOf(page))
  const { root, quote } = new PageTree(page, attributes, budget)
  if (quote && !foldHidesWords(root, quote, newText)) foldQuote(quote)
  asReadBack(root)
  // The last word: whatever the steps above did, nothing else gets out.
  const safe = toHtml(sanitize(root, allowedHtml), written)
  budget.weigh(safe)
  // Once more than in the mail as it came: entities are undone by now.
  return { html: redactRatingLinks(safe), remoteImages: attributes.remoteImages, hasColours: attributes.hasColours }
}

const written = { characterReferences: { useNamedReferences: true }, closeSelfClosing: true }
