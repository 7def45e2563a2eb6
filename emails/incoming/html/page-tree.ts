import type { Element as Kept, Root } from "hast"
import { markOf } from "../html-marks.ts"
import { allowedHtml, unread } from "./allowed-html.ts"
import { type Container, type Ending, endingOf, type Quote } from "./fold-quotes.ts"
import { type AttributeReader, oneForm } from "./page-attributes.ts"
import type { PageBudget } from "./page-limits.ts"
import { attributesOf, type Element, isElement, type Node, type ParsedPage } from "./parse-page.ts"
import type { Attributes } from "./style-selectors.ts"

const htmlNamespace = "http://www.w3.org/1999/xhtml"
const allowed = new Set(allowedHtml.tagNames)

/** A browser's tree of a page written down again without what is not shown of it, and where its history begins. */
export class PageTree {
  readonly root: Root = { type: "root", children: [] }
  /** Where the words of this mail end; null where its program marked nothing, or handed a mail on. */
  quote: Quote | null = null
  #isDecided = false
  #depth = 0
  #path: Container[] = []
  #attributes: AttributeReader
  #budget: PageBudget

  constructor({ root, body }: ParsedPage, attributes: AttributeReader, budget: PageBudget) {
    this.#attributes = attributes
    this.#budget = budget
    attributes.sheet.enter("body", attributesOf(...body.attrs), 1)
    const whole = attributes.readBody(attributesOf(...root.attrs, ...body.attrs))
    if (Object.keys(whole).length === 0) this.#fill(this.root, body.childNodes)
    else this.#put({ type: "element", tagName: "div", properties: whole, children: [] }, body.childNodes, this.root)
  }

  #put(element: Kept, nodes: readonly Node[], parent: Container) {
    parent.children.push(element)
    for (const value of Object.values(element.properties)) this.#budget.write(String(value).length)
    this.#fill(element, nodes)
  }

  #fill(parent: Container, nodes: readonly Node[]) {
    this.#path.push(parent)
    this.#fillOn(parent, nodes)
    this.#path.pop()
  }

  /** Misnested tags can make a tree deeper than what was ever open while it was built. */
  #fillOn(parent: Container, nodes: readonly Node[]) {
    this.#budget.nest(++this.#depth)
    for (const node of nodes) {
      if (isElement(node)) this.#element(node, parent)
      else if ("value" in node) this.#text(node.value, parent)
    }
    this.#depth--
  }

  #text(text: string, parent: Container) {
    this.#budget.write(text.length)
    parent.children.push({ type: "text", value: oneForm(text) })
  }

  #element(node: Element, parent: Container) {
    if (node.namespaceURI !== htmlNamespace || unread.has(node.tagName)) return
    const attributes = attributesOf(...node.attrs)
    const ending = this.#endingHere(node.tagName, attributes)
    const tagName = nameFor(node.tagName, ending)
    if (tagName === null) return this.#fillOn(parent, node.childNodes)
    const element: Kept = {
      type: "element",
      tagName,
      properties: this.#attributes.read(tagName, attributes),
      children: [],
    }
    if (ending) this.quote = { ending, element, path: [...this.#path] }
    this.#budget.write(2 * tagName.length + 5)
    this.#attributes.sheet.enter(node.tagName, attributes, 1)
    this.#put(element, node.childNodes, parent)
    this.#attributes.sheet.enter(node.tagName, attributes, -1)
  }

  /** The first mark decides; below a mail handed on, everything is what the sender has to say. */
  #endingHere(tagName: string, attributes: Attributes): Ending | null {
    if (this.#isDecided || attributes.size === 0) return null
    const mark = markOf(tagName, attributes)
    const ending = endingOf(mark)
    this.#isDecided = ending !== null || mark === "forward"
    return ending
  }
}

/** Of what may not stay, only the content does; a box that marks the quote is kept as a box. Our fold is never theirs. */
function nameFor(tagName: string, ending: Ending | null) {
  if (tagName === "details") return "div"
  if (tagName !== "summary" && allowed.has(tagName)) return tagName
  return ending ? "div" : null
}
