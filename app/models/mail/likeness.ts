import { getDomain } from "tldts"
import type { Email } from "#emails/incoming/email.ts"

/** The case numbers a subject names, as `[#12]`, `#12` or `[ABC-12]`; anybody can guess one, so they only suggest (decisions 35). */
export function numbersIn(subject: string): number[] {
  const tags = subject.slice(0, 500).matchAll(/\[#?(?:[\p{L}]{1,10}[-#])?(\d{1,9})\]|(?:^|\s)#(\d{1,9})\b/gu)
  return [...new Set([...tags].map(([, inBrackets, bare]) => Number(inBrackets ?? bare)))].slice(0, 5)
}

/** The subject without its prefixes of answers and forwards, for comparing (RFC 5256 section 2.1, in more languages). */
export function baseSubject(subject: string): string {
  let base = subject.slice(0, 500).replace(/\s+/g, " ").trim()
  for (let before = ""; base !== before; ) {
    before = base
    base = base
      .replace(/^(?:re|aw|antw|sv|vs|ref|rif|res|odp|ynt|fwd?|wg|tr|rv|vl|vb)\s*(?:\[\d{1,3}\])?\s*:\s*/i, "")
      .replace(/\s*\(fwd\)$/i, "")
  }
  return base.toLowerCase()
}

/** Mail programs that lose their header lines send a second mail that looks like the first one's answer. */
export const mayBeDoubleSend = ({
  inReplyTo,
  references,
  subject,
}: Pick<Email, "inReplyTo" | "references" | "subject">) =>
  inReplyTo === null && references.length === 0 && baseSubject(subject) !== ""

/** Where everybody has an address, sharing a domain makes nobody colleagues. */
const everybodys =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|proton|protonmail|pm|gmx|web|t-online|freenet|mail|yandex|qq|163|126|naver|daum|orange|wanadoo|free|laposte|libero|virgilio|tin|terra|uol|bol|rediffmail|zoho|fastmail|hey|tutanota|tuta|posteo|mailbox|comcast|verizon|att|sbcglobal|cox|btinternet|sky|bluewin|telenet|ziggo|kpnmail|seznam|centrum|wp|o2|interia|onet|rambler|inbox|list|bk)\.[a-z.]{2,10}$/

/**
 * The organisation an address writes from: the part of its domain that somebody registered (the public suffix list, with
 * what hosting companies give away below theirs). Null where anybody can have an address.
 */
export function organisationOf(address: string): string | null {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase()
  const organisation = getDomain(domain, { allowPrivateDomains: true })
  return organisation === null || everybodys.test(organisation) ? null : organisation
}
