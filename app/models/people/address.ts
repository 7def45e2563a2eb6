import { canonicalDomain } from "./domain.ts"

/**
 * An address as it is compared and kept: the local part NFC and lower case, the domain in its one form. Dots and plus
 * signs in the local part mean what they say, and letters that only look alike stay apart there. Null for what is no
 * address, among it quoted local parts and a second @.
 */
export function canonicalAddress(text: string): string | null {
  const address = text.trim()
  const at = address.indexOf("@")
  const local = address.slice(0, Math.max(at, 0)).toLowerCase().normalize("NFC")
  if (local.length < 1 || local.length > 64 || !/^[^\s@"(),:;<>[\]\\\p{C}]+$/u.test(local)) return null
  // Not put into lower case before: a capital sigma at the end of a word becomes another letter there than in a domain.
  const written = address.slice(at + 1)
  const domain = isMailDomain(written) ? canonicalDomain(written) : null
  return domain === null ? null : `${local}@${domain}`
}

/** RFC 5321 has no dot of the root, and what cannot be seen stands there to deceive; joiners are letters of some scripts. */
const isMailDomain = (written: string) => !/(?![\u200c\u200d])\p{C}|[.\u3002\uff0e\uff61]$/u.test(written)

/** The domain of an address in its one form; null where there is none, or none that DNS could have. */
export function domainOf(address: string): string | null {
  const at = address.lastIndexOf("@")
  return at < 0 ? null : canonicalDomain(address.slice(at + 1).trim())
}

/** An address for looking up: in its one form, and what is no address as it was typed, which then finds nothing. */
export const comparable = (address: string) => canonicalAddress(address) ?? address.trim().toLowerCase()

/** What stands before and after the first plus of a local part; the tag keeps the letters it came with. */
export function splitTag(address: string): { address: string; tag: string | null } {
  const [plus, at] = [address.indexOf("+"), address.lastIndexOf("@")]
  if (plus < 1 || plus > at) return { address, tag: null }
  return { address: address.slice(0, plus) + address.slice(at), tag: address.slice(plus + 1, at) }
}
