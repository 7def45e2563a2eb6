import { isForward } from "./attribution.ts"
import type { Address } from "./email.ts"
import { headerBlockAt } from "./header-block.ts"

const forwards =
  /^\s*(?:fwd?|wg|tr|rv|fs|vs|vb|vl|i|enc|doorst|videresend|weitergeleitet)\s{0,9}(?:\[\d{1,9}\])?\s{0,9}:/i

export const isForwardSubject = (subject: string) => forwards.test(subject.slice(0, 100))

const mostLines = 400

/**
 * Who wrote the mail that is forwarded in a text, by the first block of header lines in it, in any of the languages
 * that mail programs write them; null when there is none, or none with an address in it.
 */
export function forwardedIn(text: string): Address | null {
  const lines = text.split("\n", mostLines).map((line) => line.replace(/^[> ]+/, "").slice(0, 1000))
  const start = lines.findIndex((line, at) => isForward(line) || headerBlockAt(lines, at) > 0)
  if (start < 0) return null
  for (const line of lines.slice(start, start + 14)) {
    const from = senderIn(line)
    if (from) return from
  }
  return null
}

/** `From: Dana Reyes <dana@customer.example>`, with `[mailto:…]` or the bare address, in the words of any language. */
function senderIn(line: string): Address | null {
  const [, said = ""] = /^\s*\*{0,2}[\p{L}][\p{L} ]{0,18}\*{0,2}\s*[:：]\s*\*{0,2}\s*(.+)$/u.exec(line) ?? []
  const [, name = "", address = ""] =
    /^(.{0,200}?)[\s"'*]*[<[(]?(?:mailto:)?([^\s<>[\]():"]{1,64}@[^\s<>[\]():"]{1,253})/.exec(said) ?? []
  return address === "" ? null : { name: name.replace(/["'*<[(]/g, "").trim(), address }
}
