import type { Element, ElementContent, Root } from "hast"
import type { Mark } from "../html-marks.ts"

export type Container = Root | Element
type Content = Root["children"][number]

/** A box around the quote, or all that follows. */
export type Ending = "box" | "rest"
/** What marks the end of the words of a mail, with what it stands in, outermost first. */
export type Quote = { ending: Ending; element: Element; path: readonly Container[] }

export function endingOf(mark: Mark | null): Ending | null {
  if (mark === "rest") return "rest"
  return mark === "box" || mark === "closed box" || mark === "quote" ? "box" : null
}

/** Blocks may not stand here; what is in them stays as it is. */
const lists = new Set("table tbody thead tfoot tr colgroup ul ol dl".split(" "))
const items = new Set("td th li dd dt caption".split(" "))
/** Still needed inside the fold; any other box becomes the fold itself. */
const keepsItself = new Set("table ul ol dl pre a td th li dd dt caption".split(" "))

/**
 * Puts the history behind a fold that needs no script. Outlook marks only where it begins: the fold takes what is left of
 * that box, and what follows the boxes around it is hidden with it by a rule of style.
 */
export function foldQuote(quote: Quote) {
  const [first, ...later] = hiddenBy(quote)
  if (first) put(first, folded(quote, contentOf(first)))
  for (const range of later) {
    const content = contentOf(range)
    if (content.some(isSeen)) put(range, { ...div, properties: { className: ["more"] }, children: content })
  }
}

/** Whether what is hidden holds the node. */
export const isHidden = (ranges: readonly Range[], parent: Container, at: number) =>
  ranges.some((range) => range.parent === parent && at >= range.from && at < range.to)

/** Children of one element, from the one up to before the other. */
export type Range = { parent: Container; from: number; to: number }

/** What the fold takes, first, and then what is hidden with it around the boxes it lies in. */
export function hiddenBy({ ending, element, path }: Quote): Range[] {
  const parent = path.at(-1)
  if (!parent) return []
  if (!isList(parent)) {
    const from = parent.children.indexOf(element)
    if (ending === "box") return [{ parent, from, to: from + 1 }]
    return [{ parent, from, to: parent.children.length }, ...around(path)]
  }
  if (!items.has(element.tagName)) return []
  const inside = { parent: element, from: 0, to: element.children.length }
  return ending === "box" ? [inside] : [inside, ...around([...path, element])]
}

/** Behind each of the boxes that lie in each other, innermost first. */
function around(path: readonly Container[]): Range[] {
  return path
    .flatMap((parent, i) => {
      const box = path[i + 1]
      if (box?.type !== "element" || isList(parent)) return []
      return [{ parent, from: parent.children.indexOf(box) + 1, to: parent.children.length }]
    })
    .reverse()
}

const isList = (parent: Container) => parent.type === "element" && lists.has(parent.tagName)
const isSeen = (node: Content) => node.type !== "text" || node.value.trim() !== ""

const div: Element = { type: "element", tagName: "div", properties: {}, children: [] }
const summary: Element = {
  ...div,
  tagName: "summary",
  properties: { title: "Show the quoted part" },
  children: [{ type: "text", value: "…" }],
}

const contentOf = ({ parent, from, to }: Range) => parent.children.slice(from, to).filter(isContent)
const isContent = (node: Content): node is ElementContent => node.type !== "doctype"
const put = ({ parent, from, to }: Range, element: Element) => void parent.children.splice(from, to - from, element)

function folded({ element }: Quote, content: ElementContent[]): Element {
  const { dir } = element.properties
  const inside = content.flatMap((node) =>
    node === element && !keepsItself.has(element.tagName) ? element.children : [node],
  )
  const properties = { className: ["quoted"], ...(dir ? { dir } : {}) }
  return { ...div, tagName: "details", properties, children: [summary, ...inside] }
}
