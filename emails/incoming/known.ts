import { answersIn, isBlank } from "./quotes.ts"
import { newTextOf } from "./trim.ts"

/** Words of a known message that must stand there in its order; fewer could be anybody's. */
const enough = 8
const mostWords = 20_000
/** A quote may begin with any of the first lines of what it quotes: programs drop a greeting, or what stood above it. */
const mostBeginnings = 12

/**
 * What a mail adds, knowing what was said before: a run of its lines that is word for word a message of the case is
 * history, whatever language introduces it and however it is marked. Wraps, marks of quoting and
 * capitals do not count. Without such a run, what it was.
 */
export function newTextBeside(newText: string, known: readonly string[]): string {
  const lines = newText.split("\n")
  const words = wordsOf(lines)
  const page = ` ${words.map(({ word }) => word).join(" ")} `
  const starts = known.flatMap((message) => runOf(message, page) ?? [])
  if (starts.length === 0) return newText
  const first = lineAt(words, page, Math.min(...starts))
  return first === null ? newText : without(newText, lines, first)
}

function without(newText: string, lines: readonly string[], first: number) {
  const answers = answersIn(lines, first)
  if (answers.stand === "between") return newText
  const above = lines.slice(0, introducedFrom(lines, first))
  const below = answers.stand === "below" ? ["", ...lines.slice(answers.from)] : []
  const said = [...above, ...below]
  return said.every(isBlank) ? newText : newTextOf(said.join("\n"))
}

type Word = { word: string; line: number; isFirst: boolean }

function wordsOf(lines: readonly string[]): Word[] {
  const words: Word[] = []
  for (let line = 0; line < lines.length && words.length < mostWords; line++) {
    const found = spoken((lines[line] ?? "").slice(0, 4000))
    for (const [i, word] of found.entries()) words.push({ word, line, isFirst: i === 0 })
  }
  return words
}

const spoken = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Where in the page a message stands; null when it does not, or breaks off before it is mostly told. */
function runOf(message: string, page: string): number | null {
  const lines = message
    .slice(0, 100_000)
    .split("\n")
    .filter((line) => !isBlank(line))
  for (let i = 0; i < Math.min(lines.length, mostBeginnings); i++) {
    const rest = spoken(lines.slice(i).join("\n")).slice(0, mostWords)
    if (rest.length < enough) return null
    const at = page.indexOf(` ${rest.slice(0, enough).join(" ")} `)
    if (at >= 0) return isMostlyTold(page.slice(at), rest) ? at : null
  }
  return null
}

/** Half of its words in a row: a sentence taken out of it to be answered is no history. */
function isMostlyTold(page: string, words: readonly string[]) {
  const half = words.slice(0, Math.max(enough, Math.ceil(words.length / 2)))
  return page.startsWith(` ${half.join(" ")} `)
}

/** The line on which the word at this place of the page stands, if the run begins that line. */
function lineAt(words: readonly Word[], page: string, at: number): number | null {
  let before = 0
  for (let i = 0; i < at; i++) if (page[i] === " ") before++
  const word = words[before]
  return word?.isFirst ? word.line : null
}

/** The paragraph right above that introduces it: it ends in a colon, names an address, or is made of labels. */
function introducedFrom(lines: readonly string[], first: number): number {
  let end = first
  while (end > 0 && first - end < 3 && isBlank(bare(lines[end - 1]))) end--
  let from = end
  while (from > 0 && end - from < 6 && !isBlank(bare(lines[from - 1]))) from--
  const paragraph = lines.slice(from, end).map(bare)
  const isLabelled = paragraph.length > 1 && paragraph.every((line) => /^[^:：]{1,40}[:：]|@|^[-_=*]+$/.test(line))
  if (isLabelled) return from
  // Of a paragraph of words only its last line or two can introduce what follows.
  const last = paragraph.at(-1) ?? ""
  if (!/[:：]\s*$/.test(last)) return first
  const isBroken = paragraph.length > 1 && !/[\d@]/.test(last) && /\d/.test(paragraph.at(-2) ?? "")
  return end - (isBroken ? 2 : 1)
}

const bare = (line: string | undefined) => (line ?? "").slice(0, 1000).replace(/^[\s>]+/, "")
