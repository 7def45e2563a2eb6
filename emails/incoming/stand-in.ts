import type { Address } from "./email.ts"

/**
 * Exchange answers a FETCH of an email it cannot convert with words of its own, from its name without an address. The
 * customer's email lies there unread, so this is work for a person and no bounce, though it tells of a failure.
 */
export function isStandIn({ from, subject }: { from: readonly Address[]; subject: string }) {
  const [sender] = from
  const isExchange = /^microsoft exchange server/i.test(sender?.name ?? "") && !sender?.address.includes("@")
  return isExchange || /^\s*retrieval using the (?:imap|pop)\d? protocol failed/i.test(subject.slice(0, 200))
}
