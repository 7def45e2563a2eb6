import { TokenType, tokenize } from "@csstools/css-tokenizer"
import { type Attributes, type Rule, type Selector, selectorsIn } from "./style-selectors.ts"

/** Rules of a page's own style sheets, and how much of them is written beside its elements. */
const longestSheet = 200_000
const mostRules = 2000
/** Of one element's classes, and of the rules each of its keys finds, the last ones. */
const mostClasses = 10
const mostOfKey = 20
const mostWritten = 1024 * 1024

/**
 * What a page's style sheets say of each of its elements, as if it stood in their style attribute: Outlook and most
 * newsletters say there what their paragraphs and links look like. Rules for some screens only, and selectors beyond
 * elements, classes and names, are left out.
 */
export class StyleSheet {
  #rules = new Map<string, Rule[]>()
  #open = new Map<string, number>()
  #count = 0
  #written = 0

  /** `read` makes declarations harmless. */
  constructor(css: string, read: (declarations: string) => string) {
    for (const { prelude, block } of rulesIn(css.slice(0, longestSheet))) {
      const style = readable(read(block))
      if (style === "") continue
      for (const selector of selectorsIn(prelude)) this.#add(selector, style)
    }
  }

  #add({ key, ...selector }: Selector, style: string) {
    if (++this.#count > mostRules) return
    const rule = { ...selector, style: selector.tag === "a" ? withoutUsualBlue(style) : style, order: this.#count }
    this.#rules.set(key, [...(this.#rules.get(key) ?? []), rule].slice(-mostOfKey))
  }

  /** Declarations for an element, those of the most exact rule last. */
  styleOf(tagName: string, attributes: Attributes): string {
    if (this.#count === 0 || this.#written > mostWritten) return ""
    const keys = keysOf(tagName, attributes)
    const style = keys
      .flatMap((key) => this.#rules.get(key) ?? [])
      .filter(
        (rule) => rule.needs.every((key) => keys.includes(key)) && rule.within.every((key) => this.#open.get(key)),
      )
      .sort((a, b) => a.weight - b.weight || a.order - b.order)
      .map((rule) => rule.style)
      .filter((text) => text !== "")
      .join(";")
    this.#written += style.length
    return style
  }

  /** What follows lies in this element, until it is left. */
  enter(tagName: string, attributes: Attributes, by: 1 | -1) {
    if (this.#count === 0) return
    for (const key of keysOf(tagName, attributes)) this.#open.set(key, (this.#open.get(key) ?? 0) + by)
  }
}

function keysOf(tagName: string, attributes: Attributes) {
  const classes = (attributes.get("class") ?? "").slice(0, 1000).split(/\s/).slice(0, mostClasses)
  const id = attributes.get("id")
  const named = classes.filter((name) => name !== "").map((name) => `.${name}`)
  return [...new Set([tagName, ...named, ...(id ? [`#${id}`] : [])])]
}

type Raw = { prelude: string; block: string }

/** Each rule as text, those within `@media` and its like left out. */
function rulesIn(css: string): Raw[] {
  const rules: Raw[] = []
  let [depth, prelude, block, isAt] = [0, "", "", false]
  for (const [type, raw] of tokenize({ css })) {
    if (type === TokenType.Comment || type === TokenType.CDO || type === TokenType.CDC) continue
    if (type === TokenType.OpenCurly && depth++ === 0) continue
    if (type === TokenType.CloseCurly && depth > 0 && --depth === 0) {
      if (!isAt) rules.push({ prelude, block })
      ;[prelude, block, isAt] = ["", "", false]
      continue
    }
    if (depth > 0) block += raw
    else if (type === TokenType.Semicolon) [prelude, isAt] = ["", false]
    else {
      isAt ||= type === TokenType.AtKeyword
      prelude += raw
    }
  }
  return rules
}

/** The desk's own letters, in a size to read all day; a heading may be larger. */
const readable = (style: string) =>
  style
    .split(";")
    .filter(
      (text) => !/^(?:font|font-family|line-height):/.test(text) && (!text.startsWith("font-size:") || isLarge(text)),
    )
    .join(";")

function isLarge(text: string) {
  const [, size, unit] = /^font-size:(\d{1,4}(?:\.\d{1,4})?)(px|pt)/.exec(text) ?? []
  return size !== undefined && Number(size) * (unit === "pt" ? 4 / 3 : 1) > 18
}

/** What links look like anyway is no colour of the writer's own. */
const withoutUsualBlue = (style: string) =>
  style
    .split(";")
    .filter((text) => !/^color:(?:blue|purple|#00f|#0000ff|#0000ee|#0563c1|#954f72)$/i.test(text))
    .join(";")
