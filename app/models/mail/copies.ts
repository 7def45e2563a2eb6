import { htmlText } from "#emails/incoming/html-text.ts"

/** What of a mail says whether another is a copy of it. `files` by sha256. */
export type Copy = {
  from: readonly string[]
  date: number | null
  subject: string
  text: string
  /** The words of its page; null when it has none. */
  page: string | null
  files: readonly { sha256: string; size: number; contentType: string }[]
}

/** `same`: nothing a person wrote is new in it. `more`: it is the same, and there is more in it. */
export type Likeness = "same" | "more" | "other"

/** With its page as HTML, of which so much is compared. */
export type CopyAsSent = Omit<Copy, "page"> & { html: string | null }
export const longestPage = 200_000

export const likenessAsSent = (first: CopyAsSent, second: CopyAsSent) => likenessOf(readOf(first), readOf(second))
const readOf = ({ html, ...copy }: CopyAsSent): Copy => ({ ...copy, page: html === null ? null : htmlText(html) })

const mostWords = 20_000
/** A banner or a footer; in words. */
const longestAddition = 300
/** A list appends its footer as a part of its own. In bytes. */
const smallPart = 4096

/**
 * Whether a mail under the id, sender and date of an earlier one is that one by another way. Lists add footers, gateways
 * warn of mail from outside; a few words at either end are theirs. Other words are another mail, for anybody can send
 * under an id they have seen.
 */
export function likenessOf(first: Copy, second: Copy): Likeness {
  if (first.date === null || first.date !== second.date || first.from.length === 0) return "other"
  if (first.from.join() !== second.from.join() || !isSameSubject(first.subject, second.subject)) return "other"
  const text = compareWords(first.text, second.text)
  const page = second.page === null ? "same" : compareWords(first.page ?? first.text, second.page)
  const files = hasNewFiles(first, second) ? "more" : "same"
  const found: Likeness[] = [text, page, files]
  return found.includes("other") ? "other" : found.includes("more") ? "more" : "same"
}

const hasNewFiles = (first: Copy, second: Copy) =>
  second.files.some(
    ({ sha256, size, contentType }) =>
      !first.files.some((file) => file.sha256 === sha256) && (size > smallPart || !contentType.startsWith("text/")),
  )

/** Tags in brackets or stars are put on by the way; so are words before or behind. */
function isSameSubject(one: string, other: string) {
  const [a, b] = [one, other].map((subject) =>
    subject
      .slice(0, 998)
      .replace(/\[[^[\]]{1,60}\]|\*{2,5}[^*]{1,60}\*{2,5}/g, " ")
      .replace(/\s+/g, " ")
      .trim()
      .toLowerCase(),
  ) as [string, string]
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return long === short || ((long.endsWith(short) || long.startsWith(short)) && long.length - short.length <= 30)
}

function compareWords(first: string, second: string): Likeness {
  const [a, b] = [wordsOf(first), wordsOf(second)]
  const [spacedA, spacedB] = [` ${a.join(" ")} `, ` ${b.join(" ")} `]
  if (b.length === 0 || spacedA.includes(spacedB)) return "same"
  const at = a.length === 0 ? -1 : spacedB.indexOf(spacedA)
  if (at >= 0) {
    const around = [spacedB.slice(0, at), spacedB.slice(at + spacedA.length)]
    return around.every((part) => isPutOn(part, a.length)) ? "same" : "more"
  }
  // Each has something at its own end: a banner above the one, a footer below the other.
  const below = overlap(a, b)
  const above = overlap(b, a)
  const common = Math.max(below, above)
  if (common === 0 || common * 2 < Math.min(a.length, b.length)) return "other"
  const added = below >= above ? b.slice(common) : b.slice(0, b.length - common)
  return isPutOn(added.join(" "), common) ? "same" : "other"
}

/** Links are rewritten by gateways that look behind them. */
const wordsOf = (text: string) =>
  text
    .slice(0, 200_000)
    .replace(/https?:\/\/\S+/gi, " ")
    .toLowerCase()
    .split(/[\s\u200b-\u200d\ufeff>*_|-]+/)
    .filter((word) => word !== "")
    .slice(0, mostWords)

function isPutOn(added: string, common: number) {
  const length = added.split(" ").filter((word) => word !== "").length
  return length === 0 || (length <= longestAddition && (length <= common || warnings.test(added)))
}

const warnings =
  /external|caution|warning|attention|outside (?:of )?(?:the|your|our)|click|unsubscribe|mailing ?list|you (?:are receiving|received|got) this|google ?group|listinfo|extern|vorsicht|achtung|warnung|expéditeur|prudence|avertissement|attenzione|mittente|precauci|remitente|let op|scanned|virus|confidential|disclaimer|vertraulich/

/** How many of the last words of one are the first of the other (Knuth, Morris and Pratt: in one pass). */
function overlap(ending: readonly string[], beginning: readonly string[]) {
  const words = [...beginning, "\0", ...ending]
  const borders = [0]
  for (let at = 1; at < words.length; at++) {
    let border = borders[at - 1] ?? 0
    while (border > 0 && words[at] !== words[border]) border = borders[border - 1] ?? 0
    borders.push(words[at] === words[border] ? border + 1 : 0)
  }
  return borders.at(-1) ?? 0
}
