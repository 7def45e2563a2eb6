import type { Email } from "#emails/incoming/email.ts"
import { registeredDomain } from "#emails/incoming/registered.ts"
import { readableDomain } from "../people/domain.ts"
import { isFreemail } from "./freemail.ts"

/** The case numbers a subject names, as `[#12]`, `#12` or `[ABC-12]`; anybody can guess one, so they only suggest. */
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
      .replace(/^(?:re|aw|antw|sv|vs|ref|rif|res|odp|ynt|fwd?|wg|tr|rv|vl|vb) ?(?:\[\d{1,3}\] ?)?: ?/i, "")
      .replace(/ ?\(fwd\)$/i, "")
  }
  return base.toLowerCase()
}

type Said = { id: number; kind: "email" | "reply"; subject: string; machine: string | null }

/**
 * The mails of a conversation, oldest first, that came under another subject than what was said before: perhaps another
 * matter. What a gateway puts before or behind a subject changes none.
 */
export function changedSubjects(messages: readonly Said[]): Set<number> {
  const changed = new Set<number>()
  let before = ""
  for (const { id, kind, subject, machine } of messages) {
    const now = baseSubject(subject)
    if (machine !== null || now === "") continue
    if (kind === "email" && !now.includes(before) && !before.includes(now)) changed.add(id)
    before = now
  }
  return changed
}

/** Mail programs that lose their header lines send a second mail that looks like the first one's answer. */
export const mayBeDoubleSend = ({
  inReplyTo,
  references,
  subject,
}: Pick<Email, "inReplyTo" | "references" | "subject">) =>
  inReplyTo === null && references.length === 0 && baseSubject(subject) !== ""

/**
 * The organisation an address writes from: the part of its domain that somebody registered. Null where anybody can have
 * an address.
 */
export function organisationOf(address: string): string | null {
  const organisation = registeredDomain(address.slice(address.lastIndexOf("@") + 1))
  return organisation === null || isFreemail(organisation) ? null : readableDomain(organisation)
}
