import { getDomain } from "tldts"
import { canonicalDomain } from "#app/models/people/domain.ts"

/**
 * The part of a domain that somebody registered, by the public suffix list, with what hosting companies give away below
 * theirs: guests of one host are strangers to it and to each other. Null for a suffix itself, a single label, an address
 * in numbers and what is no domain.
 */
export const registeredDomain = (domain: string) =>
  getDomain(canonicalDomain(domain) ?? "", { allowPrivateDomains: true, extractHostname: false })
