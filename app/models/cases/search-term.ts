import { typedForms } from "./search-number.ts"
import { type Token, tokensIn } from "./search-tokens.ts"

/** Where a word must stand; words are kept with these marks before them, besides once without any. */
export const fieldMarks = { from: "f=", to: "t=", cc: "c=", subject: "s=", file: "n=", note: "o=" } as const
export type Field = keyof typeof fieldMarks
export type Term = { field: Field | null; value: string; not: boolean; quoted: boolean; text: string }

/** A term in the words of PostgreSQL's `tsquery`. */
export type TermQuery = {
  /** Holds for every case that has it, and for no other. */
  match: string
  /** Holds where it stands in the subject or in somebody's name or address. */
  title: string
}

/** Null for a term without a letter or digit. Notes are looked into for agents only. */
export function queryOf(term: Term, mayReadNotes: boolean): TermQuery | null {
  const pieces = piecesOf(term)
  if (pieces.length === 0) return null
  const isExact = term.quoted && term.field === null
  const within = (mark: string) =>
    pieces.map((piece) => phrase(piece, mark, isExact, /\s/.test(term.value))).join(" & ")
  if (term.field) return { match: within(fieldMarks[term.field]), title: within(fieldMarks[term.field]) }
  const places = ["", ...(isLong(pieces) ? ["f="] : []), ...(mayReadNotes ? ["o="] : [])]
  return { match: either(places.map(within)), title: either([within("s="), within("f=")]) }
}

/** What is to be shown as found: each word, and whether it may be the beginning of one. */
export function needlesOf(term: Term): { text: string; isStart: boolean }[] {
  const isExact = term.quoted && term.field === null
  return piecesOf(term).flatMap((piece) =>
    piece.flatMap((token, at) => {
      const isStart = isPrefix(token, at === piece.length - 1 && !isExact)
      const texts = token.kind === "number" ? [...typedForms(token), ...token.groups] : [token.text]
      return texts.map((text) => ({ text, isStart }))
    }),
  )
}

/** What was typed in one piece stands in one piece; the words of a name may stand in any order. */
function piecesOf({ field, value, quoted }: Term): Token[][] {
  const isPerson = field === "from" || field === "to" || field === "cc"
  const isWhole = (quoted && !isPerson) || /^[\d\s().,/+–-]+$/.test(value)
  const texts = isWhole ? [value] : value.split(/\s+/)
  return texts.map(tokensAsked).filter((tokens) => tokens.length > 0)
}

/** The last letter of a sentence without spaces is kept by itself, and is asked for only where it is all there is. */
function tokensAsked(text: string): Token[] {
  const tokens = tokensIn(text)
  const isTail = (token: Token, at: number) =>
    token.kind === "script" && [...token.text].length === 1 && tokens[at - 1]?.kind === "script"
  return tokens.filter((token, at) => !isTail(token, at))
}

function phrase(tokens: readonly Token[], mark: string, isExact: boolean, isSpaced: boolean) {
  const steps = tokens.map((token, at) => step(token, mark, at === tokens.length - 1 && !isExact))
  const [only] = tokens
  if (tokens.length === 1 && only && only.groups.length > 1 && isSpaced)
    return either([...steps, only.groups.map((group) => lexeme(mark + group, group.length > 2)).join(" & ")])
  return `(${steps.join(" <-> ")})`
}

function step(token: Token, mark: string, isLast: boolean) {
  if (token.kind === "number") return either(typedForms(token).map((form) => lexeme(mark + form, form.length > 2)))
  return lexeme(mark + token.text, isPrefix(token, isLast))
}

/** A single letter or two digits begin too much to mean anything by it. */
function isPrefix({ kind, text, groups }: Token, isLast: boolean) {
  if (kind === "script") return [...text].length === 1
  return kind === "number" ? groups.join("").length > 2 : isLast && text.length > 1
}

const lexeme = (text: string, isStart: boolean) => `'${text}'${isStart ? ":*" : ""}`
const either = (queries: readonly string[]) => `(${queries.map((query) => `(${query})`).join(" | ")})`
const isLong = (pieces: Token[][]) => pieces.every((piece) => piece.every(({ text }) => text.length > 2))
