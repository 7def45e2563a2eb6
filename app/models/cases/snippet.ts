import { needlesOf, type Term } from "./search-term.ts"
import { tokensIn } from "./search-tokens.ts"

/** Text in pieces, each found or not. */
export type Marked = { text: string; isFound: boolean }[]
/** Where in a case something was found, as a row of a list shows it. */
export type Snippet = { subject: Marked; words: Marked; from: "email" | "reply" | "note" | "file" | "people" | null }

type Needles = ReturnType<typeof needlesOf>

export const needlesFor = (terms: readonly Term[]): Needles => terms.filter(({ not }) => !not).flatMap(needlesOf)

/** Which stretches of the text are what was searched for. */
function placesIn(text: string, needles: Needles) {
  const isMeant = (form: string) =>
    needles.some(({ text: needle, isStart }) => (isStart ? form.startsWith(needle) : form === needle))
  return tokensIn(text).filter(({ forms, groups }) => forms.some(isMeant) || groups.some(isMeant))
}

export function marked(text: string, needles: Needles): Marked {
  const pieces: Marked = []
  let end = 0
  for (const place of placesIn(text, needles)) {
    const from = Math.max(place.start, end)
    if (from > end) pieces.push({ text: text.slice(end, from), isFound: false })
    const last = pieces.at(-1)
    const words = text.slice(from, place.end)
    if (last?.isFound) last.text += words
    else if (words) pieces.push({ text: words, isFound: true })
    end = Math.max(end, place.end)
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isFound: false })
  return pieces
}

const before = 50
const shown = 180

/** One line around the place where most of what was searched for stands together; null where nothing of it does. */
export function excerpt(text: string, needles: Needles): { words: Marked; found: number } | null {
  const places = placesIn(text, needles)
  if (places.length === 0) return null
  const within = (from: number) => {
    const near = places.filter(({ start }) => start >= from && start < from + shown - before)
    return new Set(near.map((place) => place.text)).size
  }
  const best = places.slice(0, 200).reduce((a, b) => (within(b.start) > within(a.start) ? b : a))
  const from = wordStart(text, Math.max(0, best.start - before))
  const line = text.slice(from, from + shown).replace(/\s+/g, " ")
  const cut = `${from > 0 ? "…" : ""}${line.trim()}${from + shown < text.length ? "…" : ""}`
  return { words: marked(cut, needles), found: within(best.start) }
}

function wordStart(text: string, at: number) {
  const space = at === 0 ? -1 : text.slice(at, at + 20).search(/\s/)
  return space < 0 ? at : at + space + 1
}
