import type { Email } from "#emails/incoming/email.ts"

/** So many ids are looked up, the nearest answer first. */
const mostIds = 50
/** PostgreSQL's index takes no longer key; the ids themselves may be longer (RFC 5322 allows 998 letters). */
const longestKey = 600

/** The form ids are stored and compared in. */
export const storedId = (id: string) => `<${id.slice(0, longestKey)}>`

type Answering = Pick<Email, "inReplyTo" | "references">

/** The ids a mail says it answers: In-Reply-To, then References from the nearest back. */
export function answeredIds({ inReplyTo, references }: Answering): string[] {
  const nearestFirst = [...(inReplyTo ? [inReplyTo] : []), ...[...references].reverse()]
  return [...new Set(nearestFirst)].slice(0, mostIds)
}

export type Turn = { own: string | null; answers: string[]; root: string | null }

/**
 * Whose turn comes before a mail's: what it answers goes first, and mails with one root go one after the other. A
 * thread's first message stands at the front of References (RFC 5322 3.6.4).
 */
export function turnOf(mail: Answering & { own: string | null }): Turn {
  const own = mail.own === null ? null : storedId(mail.own)
  const answers = answeredIds(mail).map(storedId)
  const root = mail.references[0] ?? mail.inReplyTo
  return { own, answers: answers.filter((id) => id !== own), root: root ? storedId(root) : own }
}

/** Of the ids a mail answers, those that may name its thread; ours name the case itself, and are looked up as such. */
export const threadNames = (email: Answering, isOurs: (id: string) => boolean) =>
  answeredIds(email).filter((id) => !isOurs(id) && !/^case\.\d+@/.test(id))

/**
 * The issues of Jira a mail is about. Jira makes a new id for each mail, and all of them name one that it never sends; what
 * stays is the number of the issue and the moment it was made.
 */
export function jiraIssues(email: Pick<Email, "inReplyTo" | "references" | "messageId">): string[] {
  const ids = [...answeredIds(email), ...(email.messageId ? [email.messageId] : [])]
  return [...new Set(ids.flatMap((id) => /^(JIRA\.\d{1,15}\.\d{1,15})[.@]/.exec(id)?.[1] ?? []))]
}

/** Where a reply token may stand, the surest place first. */
export function tokenPlaces(envelopeTo: readonly string[], email: Pick<Email, "headers" | "to" | "cc">): string[] {
  const named = ["delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"]
  const hops = named.flatMap((name) => email.headers.get(name) ?? [])
  const written = [...email.to, ...email.cc].map(({ address }) => address)
  return [...envelopeTo, ...hops, ...written].slice(0, 100)
}
