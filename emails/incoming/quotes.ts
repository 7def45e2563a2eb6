import { withoutSignature } from "./signature.ts"

/** Lines that repeat what somebody else wrote, and what stands between them. */

export const isQuote = (line: string) => line.startsWith(">") || (line.startsWith(" ") && /^ {1,3}>/.test(line))
export const isBlank = (line: string) => line.trim() === ""
export const hasText = (lines: readonly string[]) => lines.some((line) => !isBlank(line))

export type Answers =
  | { stand: "nowhere" }
  | { stand: "between" }
  /** From this line on. */
  | { stand: "below"; from: number }

/**
 * Where the sender wrote into or below the quote that begins at `below`. A program that wraps a quote leaves its tail
 * without a mark: a line in lower case right under a long quoted one is that, not an answer.
 */
export function answersIn(lines: readonly string[], below: number): Answers {
  const quoted = lines.findIndex((line, i) => i >= below && !isBlank(line))
  if (quoted < 0 || !isQuote(lines[quoted] ?? "")) return { stand: "nowhere" }
  const body = withoutSignature(lines)
  let first = -1
  let lastQuote = quoted
  for (let i = quoted; i < body.length; i++) {
    const line = body[i] ?? ""
    if (isQuote(line)) lastQuote = i
    else if (first < 0 && !isBlank(line) && !isTail(line, body[i - 1] ?? "")) first = i
  }
  if (first < 0) return { stand: "nowhere" }
  return first > lastQuote ? { stand: "below", from: first } : { stand: "between" }
}

function isTail(line: string, above: string) {
  return isQuote(above) && above.length >= 60 && /^[\p{Ll}"'(]/u.test(line)
}

/** Quotes at the very end, nobody introducing them, answer nothing and are folded; with words below they stay. */
export function withoutTrailingQuote(lines: readonly string[]) {
  let end = lines.length
  while (end > 0 && (isQuote(lines[end - 1] ?? "") || isBlank(lines[end - 1] ?? ""))) end--
  return lines.slice(end).some(isQuote) && hasText(lines.slice(0, end)) ? lines.slice(0, end) : lines
}
