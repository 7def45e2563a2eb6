import type { Element, Root } from "hast"

/** Elements whose start ends a paragraph that is open. */
const endsParagraph = new Set(
  (
    "address article aside blockquote center details div dl figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li dd dt " +
    "main nav ol p pre section summary table ul"
  ).split(" "),
)
/** What is open around these is not seen from within. */
const cells = new Set("td th caption".split(" "))
const heading = /^h[1-6]$/
/** A list item is not ended by one that begins below another block. */
const bars = (tagName: string) => endsParagraph.has(tagName) && !/^(?:address|div|p)$/.test(tagName)

type Open = { paragraph: Element | null; isInLink: boolean; isInItem: boolean; isInTerm: boolean }

/**
 * Leaving elements out can leave others where a browser, reading the page again, would put them somewhere else. These
 * become plain boxes, so that what was cleaned is what is shown.
 */
export function asReadBack(page: Root) {
  const open: Open = { paragraph: null, isInLink: false, isInItem: false, isInTerm: false }
  for (const node of page.children) if (node.type === "element") settle(node, page, open)
}

function settle(element: Element, parent: Root | Element, open: Open) {
  if (endsParagraph.has(element.tagName) && open.paragraph) open.paragraph.tagName = "div"
  if (isMisplaced(element, parent, open)) plain(element)
  if (element.tagName === "pre") keepFirstLine(element)
  const within = openIn(element, open)
  for (const node of element.children) if (node.type === "element") settle(node, element, within)
}

function isMisplaced({ tagName }: Element, parent: Root | Element, open: Open) {
  if (tagName === "a") return open.isInLink
  if (tagName === "li") return open.isInItem
  if (tagName === "dd" || tagName === "dt") return open.isInTerm
  return heading.test(tagName) && parent.type === "element" && heading.test(parent.tagName)
}

function plain(element: Element) {
  const { style, dir, lang, title } = element.properties
  element.tagName = element.tagName === "a" ? "span" : "div"
  const kept = Object.entries({ style, dir, lang, title }).filter(([, value]) => value !== undefined)
  element.properties = Object.fromEntries(kept)
}

function openIn(element: Element, open: Open): Open {
  const { tagName } = element
  if (cells.has(tagName)) return { paragraph: null, isInLink: false, isInItem: false, isInTerm: false }
  const isBar = bars(tagName)
  return {
    paragraph: tagName === "p" ? element : tagName === "table" ? null : open.paragraph,
    isInLink: tagName === "a" || open.isInLink,
    isInItem: tagName === "li" || (!isBar && open.isInItem),
    isInTerm: tagName === "dd" || tagName === "dt" || (!isBar && open.isInTerm),
  }
}

/** A browser takes the first line break of preformatted text for a part of its tag. */
function keepFirstLine({ children: [first] }: Element) {
  if (first?.type === "text" && first.value.startsWith("\n")) first.value = `\n${first.value}`
}
