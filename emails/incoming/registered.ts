import { getDomain } from "tldts"

/**
 * The part of a domain that somebody registered, by the public suffix list, with what hosting companies give away below
 * theirs: guests of one host are strangers to it and to each other. Null for a suffix itself, a single label, an address
 * in numbers and what is no domain.
 */
export const registeredDomain = (domain: string) => getDomain(domain.toLowerCase(), { allowPrivateDomains: true })
