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

const atLeastThree = /^(?:co|com|org|net|gov|edu|ac|or|ne|go|gob|gv)\.[a-z]{2}$/
/** Where everybody has an address, sharing a domain makes nobody colleagues. */
const everybodys =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|proton|protonmail|pm|gmx|web|t-online|freenet|mail|yandex|qq|163|126|naver|daum|orange|wanadoo|free|laposte|libero|virgilio|tin|terra|uol|bol|rediffmail|zoho|fastmail|hey|tutanota|tuta|posteo|mailbox|comcast|verizon|att|sbcglobal|cox|btinternet|sky|bluewin|telenet|ziggo|kpnmail|seznam|centrum|wp|o2|interia|onet|rambler|inbox|list|bk)\.[a-z.]{2,10}$/

/**
 * The organisation an address writes from: the last two labels of its domain, three below endings such as co.uk. Null
 * where anybody can have an address. A short rule instead of the public suffix list: it errs towards strangers only
 * where many organisations share a rarer ending, and even then a proven sender is shown as new.
 */
export function organisationOf(address: string): string | null {
  const labels = address
    .slice(address.lastIndexOf("@") + 1)
    .toLowerCase()
    .split(".")
  const ending = labels.slice(-2).join(".")
  const organisation = atLeastThree.test(ending) ? labels.slice(-3).join(".") : ending
  return labels.length < 2 || everybodys.test(organisation) || atLeastThree.test(organisation) ? null : organisation
}
