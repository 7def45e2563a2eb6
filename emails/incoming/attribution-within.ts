import { addressInBrackets, date, isAttribution, isFull, longest, time, trimmed } from "./attribution.ts"
import { beginning, told, verb } from "./attribution-words.ts"

/** Introductions of quotes that share their line with words: the sender's in front, or the quoted ones behind. */

/** `from`: where on the first line it begins; `count`: how many lines it takes, the quoted words behind it included. */
export type Within = { from: number; count: number }

export function attributionWithin(lines: readonly string[], at: number): Within | null {
  const line = lines[at] ?? ""
  if (line.length > longest * 2) return null
  const from = endsLine(line)
  if (from > 0) return { from, count: 1 }
  if (!line.includes("@") && !beginning.test(line.trimStart())) return null
  return beforeWords(line, 1) ?? beforeWords(`${line} ${(lines[at + 1] ?? "").slice(0, longest)}`, 2, line.length)
}

/** `Thanks! On Tue, … <help@desk.example> wrote:`; or -1. */
function endsLine(line: string) {
  if (!/[:：]\s*$/.test(line) || beginning.test(line)) return -1
  const from = lastBeginning(line)
  if (from < 1) return -1
  const tail = trimmed(line.slice(from + 1))
  return isAttribution(tail) && date.test(tail) && (addressInBrackets.test(tail) || time.test(tail)) ? from : -1
}

/**
 * `On Tue, … <help@desk.example> wrote: Dear Dana`, as phones send it. Nobody writes an address in brackets, day, hour
 * and such a verb into a sentence of their own.
 */
function beforeWords(text: string, count: number, firstLength = text.length): Within | null {
  const end = addressThenColon.exec(text.slice(0, longest))
  if (!end) return null
  const until = end.index + end[0].length
  const near = lastBeginning(text.slice(0, until))
  for (const from of near > 0 ? [near, 0] : [0]) {
    const head = trimmed(text.slice(from, until))
    if (from < firstLength && beginning.test(head) && isIntroduction(head)) return { from, count }
  }
  return null
}

const addressThenColon = /@[^\s<>()[\]]{1,200}[>)\]](?:\s{0,2}\p{L}[\p{L} ()/]{0,30})?\s?[:：](?=\s+\S)/u

const isIntroduction = (head: string) =>
  head.length <= longest && isFull(head) && verb.test(head) && isAttribution(head) && !told.test(head)

const lastBeginning = (line: string) =>
  Math.max(line.lastIndexOf(" On "), line.lastIndexOf(" Am "), line.lastIndexOf(" Le "))

/** `>>>>> "Ann" == Ann Lee <ann@desk.example> writes:`, as Supercite for Emacs writes it, and how it marks the quote. */
export const isSupercite = (line: string) =>
  line.length <= longest && /^\s{0,3}>{3,8}\s?["“][^"“”]{1,60}["”]\s?==\s.{1,200}\s(?:writes|wrote)\s?:\s*$/.test(line)
export const asQuote = (line: string) => (/^\s{0,8}[\p{L}-]{1,20}>/u.test(line.slice(0, 40)) ? `>${line}` : line)
