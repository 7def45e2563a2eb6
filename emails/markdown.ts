import { type Block, blocksOf, type Item } from "./markdown/blocks.ts"
import { type Inline, inlineOf } from "./markdown/inline.ts"

/**
 * What an agent types, as HTML for mail and screen. A few signs are formatting: **bold**, `code` and fences of it,
 * [links](https://…), lists with - or 1. and quotes with >. Everything else arrives as it was typed, each blank and each
 * empty line of it, where white space is kept (`white-space: pre-wrap`).
 */
export function htmlFromMarkdown(text: string, styles: Styles = {}) {
  return blocksOf(linesOf(text))
    .map((block) => blockHtml(block, styles))
    .join("")
}

/** The same words without the signs, for a line that shows how they begin. */
export function textFromMarkdown(text: string) {
  return blocksOf(linesOf(text)).map(blockText).join("\n")
}

/** How an element looks where no style sheet reaches it. */
export type Styles = Partial<Record<"ul" | "ol" | "blockquote" | "pre", string>>

const linesOf = (text: string) => text.replace(/\r\n?/g, "\n").split("\n")

function blockHtml(block: Block, styles: Styles): string {
  switch (block.kind) {
    case "blank":
      return "<div><br></div>"
    case "text":
      return `<div dir="auto">${linesHtml(block.lines)}</div>`
    case "code":
      return `<pre dir="auto"${styleOf("pre", styles)}><code>${escaped(block.lines.join("\n"))}</code></pre>`
    case "quote":
      return `<blockquote dir="auto"${styleOf("blockquote", styles)}>${inside(block.blocks, styles)}</blockquote>`
    case "list":
      return listHtml(block, styles)
  }
}

const inside = (blocks: readonly Block[], styles: Styles) => blocks.map((block) => blockHtml(block, styles)).join("")
const linesHtml = (lines: readonly string[]) => lines.map((line) => inlineHtml(inlineOf(line))).join("<br>")

function listHtml({ isNumbered, items }: Extract<Block, { kind: "list" }>, styles: Styles) {
  const tag = isNumbered ? "ol" : "ul"
  const first = items[0]?.number ?? 1
  const start = isNumbered && first !== 1 ? ` start="${first}"` : ""
  const all = items.map((item, place) => itemHtml(item, items[place - 1] ?? null, styles)).join("")
  return `<${tag} dir="auto"${start}${styleOf(tag, styles)}>${all}</${tag}>`
}

/** Each keeps the number it was given, counted on or not. */
function itemHtml({ number, blocks }: Item, before: Item | null, styles: Styles) {
  const value = number !== null && before?.number != null && number !== before.number + 1 ? ` value="${number}"` : ""
  const [first, ...rest] = blocks
  const words = first?.kind === "text" ? linesHtml(first.lines) : first ? blockHtml(first, styles) : ""
  return `<li${value}>${words}${inside(rest, styles)}</li>`
}

const styleOf = (tag: keyof Styles, styles: Styles) => (styles[tag] ? ` style="${styles[tag]}"` : "")

function inlineHtml(parts: readonly Inline[]): string {
  return parts.map(partHtml).join("")
}

function partHtml(part: Inline): string {
  switch (part.kind) {
    case "words":
      return escaped(part.words)
    case "code":
      return `<code>${escaped(part.words)}</code>`
    case "bold":
      return `<strong>${inlineHtml(part.inside)}</strong>`
    case "link":
      // The words around a link must be able to open it without handing over the page they stand on.
      return `<a href="${escaped(part.href)}" rel="noopener noreferrer nofollow" target="_blank">${inlineHtml(part.inside)}</a>`
  }
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
const signs: Partial<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

function blockText(block: Block): string {
  if (block.kind === "blank") return ""
  if (block.kind === "code") return block.lines.join("\n")
  if (block.kind === "text") return block.lines.map((line) => inlineText(inlineOf(line))).join("\n")
  if (block.kind === "quote") return block.blocks.map(blockText).join("\n")
  return block.items
    .map(({ number, blocks }) => `${number === null ? "" : `${number}. `}${blocks.map(blockText).join("\n")}`)
    .join("\n")
}

const inlineText = (parts: readonly Inline[]): string =>
  parts.map((part) => ("inside" in part ? inlineText(part.inside) : part.words)).join("")
