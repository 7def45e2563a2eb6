/** Longest list of ids we send: 8 KB, whatever the customer's program collected. */
const longestReferences = 8192
const idForm = /^<[^\s<>]{1,996}>$/

/** The customer's subject with one `Re: ` before it, whatever chain of answers it came with. */
export function replySubject(subject: string) {
  const base = headerText(subject).replace(/^(?:(?:re|aw|antw|sv|vs|ref|rif|odp|ynt) ?(?:\[\d+\] ?)?: ?)+/i, "")
  return `Re: ${base || "your message"}`
}

/**
 * What the answer refers to, oldest first: the constant name of the case, which keeps a thread together when the rest
 * is lost on the way, then the first two and the last eight of the parent's, ending in the parent itself.
 */
export function referencesOf(caseReference: string, parent: { references: string[]; id: string } | null) {
  const all = parent ? [...parent.references, parent.id].map(bracketed) : []
  const ids = [...new Set(all.filter((id) => idForm.test(id) && id !== caseReference))]
  const kept = ids.length > 10 ? [...ids.slice(0, 2), ...ids.slice(-8)] : ids
  while (kept.length > 1 && [caseReference, ...kept].join(" ").length > longestReferences)
    kept.splice(Math.min(2, kept.length - 2), 1)
  return [caseReference, ...kept]
}

/** An id as header lines carry it, however it was kept. */
export const bracketed = (id: string) => `<${id.trim().replace(/^<|>$/g, "")}>`

/** One line without control characters, so that no word of a name or a subject can begin a header. */
export function headerText(text: string) {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 900)
}

/** Text of a body: unix lines, no control characters but tabs. */
export function bodyText(text: string) {
  return text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "")
}

/** The same from its first line with words to its last; the blanks that line begins with were typed to be there. */
export function withoutBlankEnds(text: string) {
  const words = bodyText(text).trimEnd()
  return words.slice(words.lastIndexOf("\n", words.length - words.trimStart().length) + 1)
}
