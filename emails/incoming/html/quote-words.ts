import type { ElementContent, Root } from "hast"
import { type Container, hiddenBy, isHidden, type Quote, type Range } from "./fold-quotes.ts"

const breaksWords = /^(?:br|p|div|tr|td|li|h\d)$/

/** Of a longer text its beginning tells as much. */
const longest = 100_000

/**
 * Whether a fold would hide anything the customer wrote: answers between the lines of a quote stand inside it. `newText`
 * is what the message adds as the reader of the plain text saw it.
 */
export function foldHidesWords(page: Root, quote: Quote, newText: string) {
  const seen = new Set(wordsOf(textOutside(page, hiddenBy(quote)).join("")))
  const said = wordsOf(newText.slice(0, longest))
  return said.filter((word) => !seen.has(word)).length > said.length * 0.1
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []

function textOutside(parent: Container, hidden: readonly Range[]): string[] {
  return parent.children.flatMap((node, at) => (isHidden(hidden, parent, at) ? [" "] : textOf(node, hidden)))
}

function textOf(node: Root["children"][number] | ElementContent, hidden: readonly Range[]): string[] {
  if (node.type === "text") return [node.value]
  if (node.type !== "element") return []
  const inside = textOutside(node, hidden)
  return breaksWords.test(node.tagName) ? [" ", ...inside, " "] : inside
}
