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

/** Where a reply token may stand, the surest place first (T1). */
export function tokenPlaces(envelopeTo: readonly string[], email: Pick<Email, "headers" | "to" | "cc">): string[] {
  const named = ["delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"]
  const hops = named.flatMap((name) => email.headers.get(name) ?? [])
  const written = [...email.to, ...email.cc].map(({ address }) => address)
  return [...envelopeTo, ...hops, ...written].slice(0, 100)
}

/** A case a mail points at, with who may speak in it. */
export type Pointer = {
  by: "reply token" | "our message" | "their message" | "marker"
  /** After following merges. */
  caseNumber: number
  /** Whether the sender takes part in it. */
  isParticipant: boolean
}

export type Place =
  /** `unverified`: agents see it, and nobody else is told of it. */
  | { into: number; unverified: boolean; because: string }
  /** A new case; `near`: the case it may belong to, said to the agent. */
  | { into: null; near: number | null; because: string }

const says: Record<Pointer["by"], string> = {
  "reply token": "it was sent to the reply address of this case",
  "our message": "it answers our message",
  "their message": "it answers a message of this case",
  marker: "it quotes our message",
}

/**
 * Where a mail belongs (mail.md 3.1 and 3.2 as amended by decisions 33 to 37). Pointers come in the order of their
 * weight. Only somebody who takes part may speak in a case; a reply address proves that its holder knows the case, so a
 * stranger with one is heard, unverified; a stranger with an id opens a case of their own, for ids travel with every
 * forwarded mail. Subjects prove nothing and are not looked at.
 */
export function placeOf(pointers: readonly Pointer[]): Place {
  const own = pointers.find(({ isParticipant }) => isParticipant)
  if (own) return { into: own.caseNumber, unverified: false, because: `Joined because ${says[own.by]}.` }
  const token = pointers.find(({ by }) => by === "reply token")
  const agree = pointers.every(({ caseNumber }) => caseNumber === token?.caseNumber)
  if (token && agree)
    return {
      into: token.caseNumber,
      unverified: true,
      because: "Joined because it was sent to the reply address of this case, by somebody who was not in it before.",
    }
  const [near] = pointers
  if (!near) return { into: null, near: null, because: "" }
  return {
    into: null,
    near: near.caseNumber,
    because: `Possibly belongs to case ${near.caseNumber}: ${says[near.by]}, but its sender does not take part there.`,
  }
}

/**
 * Automatic answers come from wherever the answered mail ended up, so an out-of-office joins the case of our message
 * whoever sends it: quietly, and that is all it ever does.
 */
export function placeOfAnswer(pointers: readonly Pointer[]): Place {
  const place = placeOf(pointers)
  const sure = pointers.find(({ by }) => by !== "their message")
  if (place.into !== null || !sure) return place
  return { into: sure.caseNumber, unverified: true, because: `Joined because ${says[sure.by]}.` }
}
