import { attributionAt, headerBlockAt, isDelimiter, isForward, isShortAttribution } from "./attribution.ts"
import { withoutSignature } from "./signature.ts"

/** Lines looked at with patterns, and letters of a line: the work stays small whatever somebody sends. */
const mostLines = 2000
const longestLine = 1000

/**
 * What a mail adds: without the history it quotes and without its signature. Nothing is lost by it, the whole text is
 * kept beside it; when in doubt, and when nothing would remain, everything counts as new (mail.md 2.4).
 */
export function newTextOf(text: string): string {
  const lines = text.split("\n")
  const said = withoutSignature(withoutHistory(lines))
  const kept = tidy(said)
  return kept === "" ? text.trim() : kept
}

function withoutHistory(lines: readonly string[]): readonly string[] {
  const start = historyStart(lines)
  if (start === null) return withoutTrailingQuote(withoutSignature(lines))
  const before = lines.slice(0, start.at)
  if (!start.mayHoldAnswers) return before
  const answers = answersAmong(lines, start.below)
  if (answers.length === 0) return before
  // Words above, between or below the quotes: folding either half would tear the mail apart.
  if (hasText(before) || !answers.atEnd) return lines
  return lines.slice(answers.from)
}

type Start = { at: number; below: number; mayHoldAnswers: boolean }

/** Where the first quoted history begins, with the line that introduces it. */
function historyStart(lines: readonly string[]): Start | null {
  const last = Math.min(lines.length, mostLines)
  for (let i = 0; i < last; i++) {
    const line = lines[i] ?? ""
    if (line.length > longestLine || line === "" || line.startsWith(">")) continue
    if (isForward(line)) return null
    if (isDelimiter(line)) return { at: rule(lines, i), below: i + 1, mayHoldAnswers: false }
    if (headerBlockAt(lines, i) > 0) return { at: rule(lines, i), below: i + 1, mayHoldAnswers: false }
    const introduction = attributionAt(lines, i) || (isShortAttribution(line, nextText(lines, i)) ? 1 : 0)
    if (introduction > 0) return { at: rule(lines, i), below: i + introduction, mayHoldAnswers: true }
  }
  return null
}

/** A drawn line right above the history belongs to it. */
function rule(lines: readonly string[], at: number) {
  for (let i = at - 1; i >= Math.max(0, at - 3); i--) {
    const line = (lines[i] ?? "").trim()
    if (line === "") continue
    return /^[-_=*]{3,}$/.test(line) ? i : at
  }
  return at
}

/**
 * Text the sender wrote between or below quoted lines. A program that wraps a quote leaves its tail without a mark:
 * a line in lower case right under a long quoted one is that, not an answer.
 */
function answersAmong(lines: readonly string[], below: number) {
  const quoted = lines.findIndex((line, i) => i >= below && line.startsWith(">"))
  const found: number[] = []
  if (quoted < 0) return { length: 0, from: 0, atEnd: false }
  const body = withoutSignature(lines)
  let lastQuote = quoted
  for (let i = quoted; i < body.length; i++) {
    const line = body[i] ?? ""
    if (line.startsWith(">")) lastQuote = i
    else if (line.trim() !== "" && !isTail(line, body[i - 1] ?? "")) found.push(i)
  }
  const first = found[0] ?? 0
  return { length: found.length, from: first, atEnd: first > lastQuote }
}

function isTail(line: string, above: string) {
  return above.startsWith(">") && above.length >= 60 && /^[\p{Ll}"'(]/u.test(line)
}

/** Quotes at the very end, nobody introducing them, answer nothing and are folded; with words below they stay. */
function withoutTrailingQuote(lines: readonly string[]) {
  let end = lines.length
  while (end > 0 && isQuoteOrBlank(lines[end - 1] ?? "")) end--
  return lines.slice(end).some((line) => line.startsWith(">")) && hasText(lines.slice(0, end))
    ? lines.slice(0, end)
    : lines
}

const isQuoteOrBlank = (line: string) => line.startsWith(">") || line.trim() === ""
const hasText = (lines: readonly string[]) => lines.some((line) => line.trim() !== "")
const nextText = (lines: readonly string[], at: number) =>
  lines.slice(at + 1, at + 3).find((line) => line.trim() !== "") ?? ""

function tidy(lines: readonly string[]) {
  let from = 0
  let to = lines.length
  while (from < to && (lines[from] ?? "").trim() === "") from++
  while (to > from && (lines[to - 1] ?? "").trim() === "") to--
  return lines.slice(from, to).join("\n").trimEnd()
}
