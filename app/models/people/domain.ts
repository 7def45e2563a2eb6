import { toASCII, toUnicode } from "tr46"

/**
 * The one form in which a domain is compared, kept and asked about: mapped by UTS 46, in A-labels, lower case, without
 * the dot of the root. A full-width letter, a soft hyphen or an ideographic full stop spells the same domain as the plain
 * one, since a mail server would deliver there; ß and a final sigma spell another, as IDNA 2008 has it. Null for what IDNA
 * or DNS refuses, and for an address in numbers.
 */
export function canonicalDomain(text: string): string | null {
  if (text.length > longestTyped) return null
  const domain = mapped(text)?.replace(/\.$/, "") ?? ""
  // A last label in numbers makes it an IP address (WHATWG URL, "ends in a number").
  if (domain.length > 253 || /(?:^|\.)(?:\d+|0x[\da-f]*)$/.test(domain)) return null
  return domain.split(".").every((label) => dnsLabel.test(label)) ? domain : null
}

/** Longer than any domain in its longest spelling, and short enough to be mapped at once. */
const longestTyped = 1000

/** Letters, digits and hyphens; underscores too, for names that are no host's are given to mail all the same. */
const dnsLabel = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

const rules = { checkBidi: true, checkJoiners: true }

/** Only plain labels are sure to be themselves: "xn--" may hold anything. */
const isPlain = (text: string) => /^[a-z0-9_.-]+$/.test(text) && !text.includes("xn--")

const mapped = (text: string) => (isPlain(text) ? text : toASCII(text, rules))

/** As people read it: U-labels; what IDNA refuses stands as it is. */
export function readableDomain(domain: string): string {
  if (domain.length > longestTyped) return domain
  const read = toUnicode(domain, rules)
  return read.error ? domain : read.domain
}

/** The ways an address may be kept that somebody types a part of: as typed, and with what may be its domain in the one form. */
export function addressTexts(typed: string): string[] {
  const at = typed.lastIndexOf("@")
  const domain = canonicalDomain(typed.slice(at + 1))
  return [...new Set([typed, domain === null ? typed : typed.slice(0, at + 1) + domain])]
}
