/** How far apart the pieces of a phrase may stand. */
const gap = 48

/** The phrases of a table, written with bars between them. */
export const phrasesIn = (table: string): readonly string[] =>
  table
    .split(/[|\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "")

/**
 * Letters in one case, one kind of apostrophe and space; the codes in front of an answer's further lines and the names
 * of servers are gone, so that a server called antispam says nothing of spam.
 */
export function plainWords(text: string) {
  return text
    .slice(0, 4000)
    .toLowerCase()
    .replace(/[‘’`´]/g, "'")
    .replace(/\b[245]\d\d-(?:[245]\.\d{1,3}\.\d{1,3}[ -])?/g, " ")
    .replace(/[^\s<>"'()]{0,100}@[^\s<>"'():;,]{0,200}/g, "address")
    .replace(/[a-z\d.-]{1,200} ?[[(][\da-f.:]{3,45}[\])]/g, " ")
    .replace(/[\s"=_*|<>]+/g, " ")
}

/**
 * Whether a text (of `plainWords`) says one of the phrases; ` * ` in one stands for a few words. Plain searching, so that
 * the time grows with the text and nothing else.
 */
export function saysOne(text: string, phrases: readonly string[]) {
  return phrases.some((phrase) => says(text, phrase.split(" * ")))
}

function says(text: string, [first = "", ...rest]: string[]) {
  let at = text.indexOf(first)
  while (at >= 0 && rest.length > 0 && !follows(text, at + first.length, rest)) at = text.indexOf(first, at + 1)
  return at >= 0
}

function follows(text: string, from: number, pieces: readonly string[]) {
  let end = from
  return pieces.every((piece) => {
    const at = text.slice(end, end + gap + piece.length).indexOf(piece)
    end += at + piece.length
    return at >= 0
  })
}
