import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from "parse5"
import type { PageBudget } from "./page-limits.ts"
import type { Attributes } from "./style-selectors.ts"

export type Element = DefaultTreeAdapterTypes.Element
export type Node = DefaultTreeAdapterTypes.ChildNode

type Parent = DefaultTreeAdapterTypes.ParentNode

export type ParsedPage = { root: Element; body: Element }

/** What a browser would build, unless the budget ends the building of it. */
export function parsePage(html: string, budget: PageBudget): ParsedPage {
  // A body that is there already takes attributes from the page's own, and no frameset can take its place.
  const { childNodes } = parse(`<!doctype html><body>${html}`, { treeAdapter: adapter(budget) })
  const root = childNodes.find(isElement)
  const body = root?.childNodes.filter(isElement).find(({ tagName }) => tagName === "body")
  if (!root || !body) throw new Error("a page was built without its body")
  return { root, body }
}

export const attributesOf = (...list: { name: string; value: string }[]): Attributes =>
  new Map(list.map(({ name, value }) => [name, value]))

/** What the page's style sheets say, and what its body says of links, as a sheet says it. */
export function sheetsOf({ body }: ParsedPage): string {
  const link = attributesOf(...body.attrs).get("link") ?? ""
  const found = [/^#?[a-z0-9]{1,30}$/i.test(link) ? `a{color:${link}}` : ""]
  const waiting: Node[] = [body]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue
    if (node.tagName === "style" && isForScreens(attributesOf(...node.attrs).get("media"))) found.push(textOf(node))
    // Last first, so that they are met in the order they stand in.
    for (let at = node.childNodes.length - 1; at >= 0; at--) waiting.push(node.childNodes[at] ?? node)
  }
  return found.join("\n")
}

const isForScreens = (media = "") => ["", "all", "screen"].includes(media.trim().toLowerCase())
const textOf = (node: Element) => node.childNodes.map((child) => ("value" in child ? child.value : "")).join("")

export const isElement = (node: Node): node is Element => defaultTreeAdapter.isElementNode(node)

function adapter(budget: PageBudget): typeof defaultTreeAdapter {
  let open = 0
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      budget.attributes(attributes.length)
      return defaultTreeAdapter.createElement(name, namespace, attributes)
    },
    appendChild(parent: Parent, node: Node) {
      if (defaultTreeAdapter.isCommentNode(node)) return
      budget.place()
      defaultTreeAdapter.appendChild(parent, node)
    },
    insertBefore(parent: Parent, node: Node, reference: Node) {
      budget.place()
      defaultTreeAdapter.insertBefore(parent, node, reference)
    },
    adoptAttributes(element, attributes) {
      budget.attributes(attributes.length + element.attrs.length)
      defaultTreeAdapter.adoptAttributes(element, attributes)
    },
    onItemPush: () => budget.nest(++open),
    onItemPop: () => void open--,
  }
}
