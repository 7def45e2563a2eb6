import { fold } from "./fold.ts"
import { numberForms } from "./search-number.ts"

/** A piece of text that can be found: a word, a number in all its groups, or two letters of a script without spaces. */
export type Token = {
  kind: "word" | "number" | "script"
  text: string
  /** For a number: every way it may be asked for. */
  forms: readonly string[]
  /** For a number: its groups as written. */
  groups: string[]
  plus: boolean
  start: number
  end: number
}

const plainPiece = /(\d+)|[a-zA-Z]+/g
const piece = /(\p{Nd}+)|[\p{L}\p{M}\p{No}\uff9e\uff9f]+/gu
const unspaced =
  "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}"
/** A stretch of a script without spaces, with the marks of sound and length that belong to it. */
const stretch = new RegExp(`[${unspaced}々ー\\u3099\\u309a\\uff70\\uff9e\\uff9f]+`, "gu")
/** What may stand between the groups of one number. */
const between = /^[\s.,\-–‐‑/()_'’]{1,3}$/
const longestWord = 60

export function tokensIn(text: string): Token[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: most mail is ASCII, and ten times as fast to read as such
  const isPlain = /^[\x00-\x7f]*$/.test(text)
  const tokens: Token[] = []
  let number: Token | null = null
  for (const found of text.matchAll(isPlain ? plainPiece : piece)) {
    const [all, digits] = found
    const end = found.index + all.length
    if (digits === undefined) {
      if (isPlain) tokens.push(token("word", all.toLowerCase().slice(0, longestWord), found.index, end))
      else for (const one of words(all, found.index)) tokens.push(one)
      number = null
    } else if (number && between.test(text.slice(number.end, found.index))) {
      number.groups.push(fold(digits))
      number.end = end
    } else {
      number = token("number", fold(digits), found.index, end)
      number.groups.push(number.text)
      number.plus = text[found.index - 1] === "+"
      tokens.push(number)
    }
  }
  for (const one of tokens) if (one.kind === "number") one.forms = numberForms(one)
  return tokens
}

/** Letters between two spaces: mostly one word, in some scripts a sentence. */
function words(run: string, from: number): Token[] {
  const tokens: Token[] = []
  let end = 0
  const before = (until: number) => {
    if (until > end)
      tokens.push(token("word", fold(run.slice(end, until)).slice(0, longestWord), from + end, from + until))
  }
  for (const found of run.matchAll(stretch)) {
    before(found.index)
    for (const one of pairs(found[0], from + found.index)) tokens.push(one)
    end = found.index + found[0].length
  }
  before(run.length)
  return tokens.filter(({ text }) => text !== "")
}

/** A sentence without spaces, letter by letter with the next one; its last letter stands alone. */
function pairs(run: string, from: number): Token[] {
  const letters = [...fold(run)]
  const isEven = letters.length === run.length
  return letters.map((letter, at) => {
    const text = letter + (letters[at + 1] ?? "")
    return isEven
      ? token("script", text, from + at, from + Math.min(at + 2, run.length))
      : token("script", text, from, from + run.length)
  })
}

function token(kind: Token["kind"], text: string, start: number, end: number): Token {
  return { kind, text, forms: [text], groups: [], plus: false, start, end }
}
