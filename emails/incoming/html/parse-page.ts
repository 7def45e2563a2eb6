import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from "parse5"
import type { PageBudget } from "./page-limits.ts"

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
