import { canonicalAddress } from "./address.ts"
import { canonicalDomain, readableDomain } from "./domain.ts"

type Sender = { name: string; address: string }

const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Cherokee}/u,
]

/** Cyrillic letters that look like Latin ones: a label of nothing else reads as a word it is not. */
const isLikeLatin = (label: string) => /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡ\d-]+$/u.test(label) && /[^\d-]/.test(label)

/**
 * What should make a reader look twice at who wrote: a name that is another address ("ceo@ours" <x@evil>), or a domain in
 * letters that look like others. Null for everybody else.
 */
export function impostorSign({ name, address }: Sender): string | null {
  const inName = /[^\s<>"'(),;:]{1,64}@[^\s<>"'(),;:]{1,253}/.exec(name.slice(0, 400))?.[0]
  if (inName && !isSame(inName, address)) return `The name says ${inName}, the mail came from ${address}.`
  return address.includes("@") ? domainSign(address.slice(address.lastIndexOf("@") + 1)) : null
}

function isSame(one: string, other: string) {
  const [a, b] = [canonicalAddress(one), canonicalAddress(other)]
  return a === null || b === null ? one.toLowerCase() === other.toLowerCase() : a === b
}

function domainSign(written: string): string | null {
  const domain = canonicalDomain(written)
  if (domain === null) return `${written} is no domain that mail can come from.`
  const readable = readableDomain(domain)
  const labels = readable.split(".")
  if (labels.some((label) => scripts.filter((script) => script.test(label)).length > 1))
    return `The domain ${readable} (${domain}) mixes letters of several scripts that look alike.`
  const isAscii = /^[ -~]*$/.test(labels.at(-1) ?? "")
  if (isAscii && labels.some(isLikeLatin))
    return `The domain ${readable} (${domain}) is written in Cyrillic letters that look like Latin ones.`
  const isPlain = [domain, readable].includes(written.toLowerCase().normalize("NFC"))
  return isPlain ? null : `The domain was written in unusual letters, as ${written}. It means ${domain}.`
}
