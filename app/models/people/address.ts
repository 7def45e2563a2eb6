/**
 * An address as it is compared and kept: NFC, lower case, domain in ASCII form (mail.md 3.11). Dots and plus signs in
 * the local part mean what they say. Null for what is no address, among it quoted local parts and a second @.
 */
export function canonicalAddress(text: string): string | null {
  const address = text.normalize("NFC").trim().toLowerCase()
  const at = address.indexOf("@")
  const [local, domain] = [address.slice(0, at), asciiDomain(address.slice(at + 1))]
  if (at < 1 || at > 64 || domain === null || !/^[^\s@"(),:;<>[\]\\\p{C}]+$/u.test(local)) return null
  return `${local}@${domain}`
}

/** What stands before and after the first plus of a local part; the tag keeps the letters it came with. */
export function splitTag(address: string): { address: string; tag: string | null } {
  const [plus, at] = [address.indexOf("+"), address.lastIndexOf("@")]
  if (plus < 1 || plus > at) return { address, tag: null }
  return { address: address.slice(0, plus) + address.slice(at), tag: address.slice(plus + 1, at) }
}

function asciiDomain(domain: string): string | null {
  if (domain.length > 253 || /[\s\p{C}/?#\\@:%]/u.test(domain) || !URL.canParse(`http://${domain}`)) return null
  const { hostname } = new URL(`http://${domain}`)
  const labels = hostname.split(".")
  // A URL reads "123.45" as the number of a machine and would change it; no top level domain is a number.
  if (/^\d+$/.test(labels.at(-1) ?? "")) return null
  return labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) ? hostname : null
}
