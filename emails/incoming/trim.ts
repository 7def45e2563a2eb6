import { attributionAt, isDelimiter, isForward, isOriginalAlone, isShortAttribution, isSure } from "./attribution.ts"
import { asQuote, attributionWithin, isSupercite } from "./attribution-within.ts"
import { headerBlockAt, isFrom, isSender } from "./header-block.ts"
import { answersIn, isBlank, isQuote, withoutTrailingQuote } from "./quotes.ts"
import { isReplyLine } from "./reply-line.ts"
import { isDrawn, withoutSignature, withoutSignOff } from "./signature.ts"

/** Lines looked at with patterns, and letters of a line: the work stays small whatever somebody sends. */
const mostLines = 2000
const longestLine = 1000

/**
 * What a mail adds: without the history it quotes and without its signature. Nothing is lost by it, the whole text is
 * kept beside it; when in doubt, and when nothing would remain, everything counts as new.
 */
export function newTextOf(text: string): string {
  return newIn(text.trimEnd().split("\n"), new Set()) || text.trim()
}

/** The same of lines of which some are known to introduce a quote, whatever they say; empty when nothing is new. */
export function newIn(lines: readonly string[], introductions: ReadonlySet<number>): string {
  const start = historyStart(lines, introductions)
  if (start === "handed on") return tidy(lines)
  const said = start === null ? withoutTrailingQuote(withoutSignature(lines)) : withoutHistory(lines, start)
  // Where answers stand between the quotes, all of it is what was said.
  if (start !== null && said === lines) return tidy(lines)
  const isReply = start !== null || said.length < withoutSignature(lines).length
  return tidy(withoutSignOff(withoutSignature(said), isReply ? "a quote" : "nothing"))
}

/** Words above and below one quote are both new; words between quotes make no sense without them. */
function withoutHistory(lines: readonly string[], { at, below, rest, holds }: Start): readonly string[] {
  const before = [...lines.slice(0, at), ...rest]
  const marked = holds === "supercited" ? lines.map((line, i) => (i < below ? line : asQuote(line))) : lines
  const answers = holds === "no answers" ? ({ stand: "nowhere" } as const) : answersIn(marked, below)
  if (answers.stand === "between") return lines
  if (answers.stand === "nowhere") return before
  const above = tidy(withoutSignature(before))
  return [...(above === "" ? [] : [above, ""]), ...lines.slice(answers.from)]
}

type Start = {
  at: number
  below: number
  /** Words in front of it on its own line. */
  rest: readonly string[]
  /** Whether somebody may have answered in the quote, and how its lines are marked. */
  holds: "answers" | "no answers" | "supercited"
}

/** Where the first quoted history begins, with the line that introduces it. */
function historyStart(lines: readonly string[], introductions: ReadonlySet<number>): Start | "handed on" | null {
  const last = Math.min(lines.length, mostLines)
  for (let i = 0; i < last; i++) {
    const line = lines[i] ?? ""
    if (introductions.has(i)) return { at: ruled(lines, i), below: i + 1, rest: [], holds: "answers" }
    if (line === "" || line.length > longestLine) continue
    if (isQuote(line)) {
      if (isSupercite(line)) return { at: i, below: i + 1, rest: [], holds: "supercited" }
      if ((line.includes("##-") && isDelimiter(line)) || isReplyLine(line)) return quoteAround(lines, i)
      continue
    }
    if (isForward(line)) return "handed on"
    const start = startAt(lines, i, line)
    if (start) return start
  }
  return null
}

function startAt(lines: readonly string[], at: number, line: string): Start | null {
  const top = ruled(lines, at)
  const opensBlock = isOriginalAlone(line) && isFrom(nextText(lines, at))
  if (isDelimiter(line) || opensBlock || headerBlockAt(lines, at) > 0 || (top < at && isSender(line)))
    return { at: top, below: at + 1, rest: [], holds: "no answers" }
  const within = attributionWithin(lines, at)
  if (within) return { at, below: at + within.count, rest: [line.slice(0, within.from)], holds: "answers" }
  const introduction = introductionAt(lines, at, line)
  return introduction > 0 ? { at: top, below: at + introduction, rest: [], holds: "answers" } : null
}

/** How many lines introduce a quote. Without a marked one below, only what no person would write counts. */
function introductionAt(lines: readonly string[], at: number, line: string) {
  const count = attributionAt(lines, at)
  const isIntroduced = count > 0 && isQuote(nextText(lines, at + count - 1))
  if (count > 0 && (isIntroduced || isSure(lines.slice(at, at + count)))) return count
  return isShortAttribution(line, nextText(lines, at)) ? 1 : 0
}

/** Our own line inside a quote tells that the quote is ours, in whatever language it is introduced. */
function quoteAround(lines: readonly string[], at: number): Start {
  let top = at
  while (top > 0 && isQuote(lines[top - 1] ?? "")) top--
  const below = top
  let above = top - 1
  while (above >= 0 && above > top - 3 && isBlank(lines[above] ?? "")) above--
  const isIntroduced = above >= 0 && /[:：]\s*$/.test((lines[above] ?? "").slice(-20))
  return { at: isIntroduced ? above : top, below, rest: [], holds: "answers" }
}

/** A drawn line right above the history belongs to it. */
function ruled(lines: readonly string[], at: number) {
  for (let i = at - 1; i >= Math.max(0, at - 3); i--) {
    const line = lines[i] ?? ""
    if (isBlank(line)) continue
    return isDrawn(line) ? i : at
  }
  return at
}

const nextText = (lines: readonly string[], at: number) =>
  lines.slice(at + 1, at + 3).find((line) => !isBlank(line)) ?? ""

/** Without blank lines around it, and without a line drawn below it. */
function tidy(lines: readonly string[]) {
  let from = 0
  let to = lines.length
  while (from < to && isBlank(lines[from] ?? "")) from++
  while (to > from && (isBlank(lines[to - 1] ?? "") || isDrawn(lines[to - 1] ?? ""))) to--
  return lines.slice(from, to).join("\n").trimEnd()
}
