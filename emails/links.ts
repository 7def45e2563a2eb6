import { withoutEnd } from "./incoming/text.ts"

export type Words = { words: string; href: string | null }

/** Addresses are looked for in so much of a text; below that nobody presses any. */
export const longestLinked = 64 * 1024

const addresses = /\bhttps?:\/\/[^\s<>"'`]{1,2000}|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gi

/** Text cut into what is a link and what is not; the full stop behind an address is not part of it. */
export function linked(text: string): Words[] {
  const parts: Words[] = []
  let done = 0
  for (const match of text.slice(0, longestLinked).matchAll(addresses)) {
    const words = withoutStops(match[0])
    if (match.index > done) parts.push({ words: text.slice(done, match.index), href: null })
    parts.push({ words, href: /^https?:/i.test(words) ? words : `mailto:${words}` })
    done = match.index + words.length
  }
  if (done < text.length) parts.push({ words: text.slice(done), href: null })
  return parts
}

/** A bracket belongs to the address it was opened in: Wikipedia's often end in one. */
function withoutStops(address: string) {
  const words = withoutEnd(address, ".,;:!?")
  const last = words.at(-1) ?? ""
  const opening = { ")": "(", "]": "[", "}": "{" }[last]
  if (opening === undefined || count(words, opening) >= count(words, last)) return words
  return withoutEnd(words, ".,;:!?)]}")
}

const count = (text: string, sign: string) => text.split(sign).length - 1

const endsAddress = ' \t\n\u00a0<>"`'

/** Where the address ends that begins here and is closed by a bracket of its own; -1: it is none. */
export function closingBracket(text: string, from: number) {
  let open = 0
  for (let at = from; at < Math.min(text.length, from + 2000); at++) {
    const sign = text.charAt(at)
    if (endsAddress.includes(sign)) return -1
    if (sign === "(") open++
    if (sign === ")" && --open < 0) return at
  }
  return -1
}
