import type { Email } from "#emails/incoming/email.ts"

/** mail.md 3.1: at most this many ids are looked up, the nearest answer first. */
const mostIds = 50
/** PostgreSQL's index takes no longer key; the ids themselves may be longer (RFC 5322 allows 998 letters). */
const longestKey = 600

/** The form ids are stored and compared in. */
export const storedId = (id: string) => `<${id.slice(0, longestKey)}>`

/** The ids a mail says it answers: In-Reply-To, then References from the nearest back (mail.md 3.1 T2). */
export function answeredIds({ inReplyTo, references }: Pick<Email, "inReplyTo" | "references">): string[] {
  const nearestFirst = [...(inReplyTo ? [inReplyTo] : []), ...[...references].reverse()]
  return [...new Set(nearestFirst)].slice(0, mostIds)
}

/**
 * The issues of Jira a mail is about. Jira makes a new id for each mail, and all of them name one that it never sends; what
 * stays is the number of the issue and the moment it was made (mail.md 3.1).
 */
export function jiraIssues(email: Pick<Email, "inReplyTo" | "references" | "messageId">): string[] {
  const ids = [...answeredIds(email), ...(email.messageId ? [email.messageId] : [])]
  return [...new Set(ids.flatMap((id) => /^(JIRA\.\d{1,15}\.\d{1,15})[.@]/.exec(id)?.[1] ?? []))]
}

/** Where a reply token may stand, the surest place first (T1). */
export function tokenPlaces(envelopeTo: readonly string[], email: Pick<Email, "headers" | "to" | "cc">): string[] {
  const named = ["delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"]
  const hops = named.flatMap((name) => email.headers.get(name) ?? [])
  const written = [...email.to, ...email.cc].map(({ address }) => address)
  return [...envelopeTo, ...hops, ...written].slice(0, 100)
}
