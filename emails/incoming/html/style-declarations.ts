import { type CSSToken, TokenType, tokenize } from "@csstools/css-tokenizer"

const properties = new Set(
  (
    "color background background-color font font-family font-size font-style font-weight font-variant line-height " +
    "letter-spacing word-spacing text-align text-decoration text-indent text-transform vertical-align white-space " +
    "word-break overflow-wrap direction width max-width min-width height border border-top border-right border-bottom " +
    "border-left border-color border-style border-width border-radius border-collapse border-spacing padding padding-top " +
    "padding-right padding-bottom padding-left margin margin-top margin-right margin-bottom margin-left margin-block " +
    "margin-block-start margin-block-end margin-inline margin-inline-start margin-inline-end padding-block " +
    "padding-block-start padding-block-end padding-inline padding-inline-start padding-inline-end list-style " +
    "list-style-type list-style-position text-decoration-line text-decoration-color text-decoration-style table-layout " +
    "float clear"
  ).split(" "),
)
const displays = new Set("block inline inline-block none table table-row table-cell list-item".split(" "))
const functions = new Set(["rgb", "rgba", "hsl", "hsla", "calc"])

const longestStyle = 4000
const longestValue = 200
/** A page with more styles that are no CSS was not made by a mail program, and each costs as much as a hundred good ones. */
const mostBroken = 200

/** Reads the style attributes of one page. Most of a page repeats a few of them. */
export class StyleReader {
  #known = new Map<string, string>()
  #broken = 0

  /** Of a style attribute the declarations that can only change how words look. */
  read(style: string): string {
    if (style.length > longestStyle || this.#broken > mostBroken) return ""
    const known = this.#known.get(style)
    if (known !== undefined) return known
    const declarations = declarationsIn(this.#tokensOf(style)).map(harmless)
    const kept = declarations.filter((text) => text !== "").join(";")
    this.#known.set(style, kept)
    return kept
  }

  #tokensOf(style: string): CSSToken[] {
    try {
      return tokenize({ css: style }, { onParseError: refuse })
    } catch (error) {
      // Of broken CSS nobody knows what a browser makes of it: it is left out whole.
      if (!(error instanceof Broken)) throw error
      this.#broken++
      return []
    }
  }
}

class Broken extends Error {}
const refuse = () => {
  throw new Broken()
}

function declarationsIn(tokens: readonly CSSToken[]): CSSToken[][] {
  const found: CSSToken[][] = [[]]
  for (const token of tokens) {
    if (token[0] === TokenType.Semicolon) found.push([])
    else if (token[0] !== TokenType.Comment && token[0] !== TokenType.EOF) found.at(-1)?.push(token)
  }
  return found
}

/** The declaration as we write it; empty where anything in it could do more than we know. */
function harmless(tokens: readonly CSSToken[]): string {
  const said = tokens.filter(([type]) => type !== TokenType.Whitespace)
  const [name, colon] = said
  if (name?.[0] !== TokenType.Ident || colon?.[0] !== TokenType.Colon) return ""
  const property = name[4].value.toLowerCase()
  const value = tokens.slice(tokens.indexOf(colon) + 1)
  const text = value
    .map(([type, raw]) => (type === TokenType.Whitespace ? " " : raw))
    .join("")
    .trim()
  if (text === "" || text.length > longestValue || !isBalanced(value)) return ""
  return isAllowed(property, value, text) ? `${property}:${text}` : ""
}

function isAllowed(property: string, value: readonly CSSToken[], text: string) {
  if (property === "display") return displays.has(text.toLowerCase())
  return properties.has(property) && value.every((token) => isPlain(token, property))
}

const signs = new Set(["/", "*", "+", "-", "!"])

/** An escape in a name may hide what it spells; no style that looks like something needs one. */
function isPlain(token: CSSToken, property: string) {
  switch (token[0]) {
    case TokenType.Ident:
    case TokenType.Dimension:
    case TokenType.Hash:
      return !token[1].includes("\\")
    case TokenType.Number:
    case TokenType.Percentage:
    case TokenType.Comma:
    case TokenType.Whitespace:
    case TokenType.OpenParen:
    case TokenType.CloseParen:
      return true
    case TokenType.Delim:
      return signs.has(token[4].value)
    case TokenType.Function:
      return functions.has(token[1].slice(0, -1).toLowerCase())
    case TokenType.String:
      return /^font/.test(property) && /^.[\p{L}\p{N} ._&+-]{0,100}.$/u.test(token[1])
    default:
      return false
  }
}

function isBalanced(tokens: readonly CSSToken[]) {
  let open = 0
  for (const [type] of tokens) {
    if (type === TokenType.Function || type === TokenType.OpenParen) open++
    if (type === TokenType.CloseParen && --open < 0) return false
  }
  return open === 0
}
