import { closingBracket, linked } from "../links.ts"

export type Inline =
  | { kind: "words"; words: string }
  | { kind: "code"; words: string }
  | { kind: "bold"; inside: Inline[] }
  | { kind: "link"; href: string; inside: Inline[] }

/** What stands in one line: `code`, [a link](https://…), an address as it is, and **bold** around any of them. */
export const inlineOf = (line: string): Inline[] => withBold(line, spansOf(line, true), true)

/** The words of a link hold no link of their own. */
const insideLink = (words: string): Inline[] => withBold(words, spansOf(words, false), false)

type Span = { from: number; to: number; inline: Inline | null }

const marks = /`[^`]+`|\[[^[\]]{1,500}\]\(/g

/** The line from its beginning to its end; null is what is neither code nor a link. */
function spansOf(line: string, mayLink: boolean): Span[] {
  const spans: Span[] = []
  let done = 0
  for (const { 0: mark, index } of line.matchAll(marks)) {
    const span = index < done ? null : spanAt(line, mark, index, mayLink)
    if (!span) continue
    spans.push({ from: done, to: index, inline: null }, span)
    done = span.to
  }
  return [...spans, { from: done, to: line.length, inline: null }]
}

function spanAt(line: string, mark: string, from: number, mayLink: boolean): Span | null {
  const begin = from + mark.length
  if (mark.startsWith("`")) {
    const words = mark.slice(1, -1)
    // Two of them in a row are a quotation mark to some.
    const isMore = line.charAt(from - 1) === "`" || line.charAt(begin) === "`"
    return isMore || words.trim() === "" ? null : { from, to: begin, inline: { kind: "code", words } }
  }
  const isAddress = /^(?:https?:\/\/|mailto:)/i.test(line.slice(begin, begin + 8))
  const end = mayLink && isAddress ? closingBracket(line, begin) : -1
  if (end < 0) return null
  return {
    from,
    to: end + 1,
    inline: { kind: "link", href: line.slice(begin, end), inside: insideLink(mark.slice(1, -2)) },
  }
}

type Star = { at: number; opens: boolean; closes: boolean }

/** Beside these two stars are part of a word, a power or a path, in whatever order they come. */
const sticks = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_*/\\=$%&#@~^]/u

function starsIn(line: string, { from, to }: Span): Star[] {
  return [...line.slice(from, to).matchAll(/(?<!\*)\*\*(?!\*)/g)].map(({ index }) => {
    const at = from + index
    const [before, after] = [line.charAt(at - 1), line.charAt(at + 2)]
    return {
      at,
      opens: after.trim() !== "" && !/[*/]/.test(after) && !sticks.test(before),
      closes: before.trim() !== "" && !sticks.test(after),
    }
  })
}

/** Where bold begins and ends: each pair is the nearest that can be one. */
function pairsIn(line: string, spans: readonly Span[]) {
  const pairs: [from: number, to: number][] = []
  let open: Star | null = null
  for (const star of spans.filter(({ inline }) => !inline).flatMap((span) => starsIn(line, span))) {
    if (open && star.closes && star.at > open.at + 2) {
      pairs.push([open.at, star.at])
      open = null
    } else if (star.opens) open = star
  }
  return pairs
}

function withBold(line: string, spans: readonly Span[], mayLink: boolean): Inline[] {
  const found: Inline[] = []
  const pairs = pairsIn(line, spans)
  let target = found
  let next = 0
  for (const { from, to, inline } of spans) {
    let done = from
    // A pair begins and ends between spans, so each of its ends is met in one.
    for (let pair = pairs[next]; !inline && pair; pair = pairs[next]) {
      const edge: number = target === found ? pair[0] : pair[1]
      if (edge >= to) break
      target.push(...words(line.slice(done, edge), mayLink))
      done = edge + 2
      if (target !== found) next++
      target = target === found ? openBold(found) : found
    }
    target.push(...(inline ? [inline] : words(line.slice(done, to), mayLink)))
  }
  return found
}

function openBold(found: Inline[]) {
  const inside: Inline[] = []
  found.push({ kind: "bold", inside })
  return inside
}

const words = (text: string, mayLink: boolean): Inline[] =>
  (mayLink ? linked(text) : [{ words: text, href: null }])
    .filter((part) => part.words !== "")
    .map((part) => {
      const said: Inline = { kind: "words", words: part.words }
      return part.href === null ? said : { kind: "link", href: part.href, inside: [said] }
    })
