export type KeyRecord = { domain: string; selector: string; algorithm: "rsa" | "ed25519"; publicKey: string }

/** A line of DNS to publish: `parts` as zone files want them, at most 255 bytes each (RFC 1035 3.3.14). */
export type DnsRecord = { name: string; value: string; parts: string[] }

export function dkimRecord({ domain, selector, algorithm, publicKey }: KeyRecord): DnsRecord {
  return record(`${selector}._domainkey.${domain}`, `v=DKIM1; k=${algorithm}; p=${publicKey}`)
}

/** Who may send for the domain: the server mail leaves by, under the name its provider gives it. */
export function spfRecord(domain: string, hosts: string[]): DnsRecord {
  const senders = [...new Set(hosts.map(senderOf))]
  return record(domain, ["v=spf1", ...senders, "~all"].join(" "))
}

/** A first step: reports only. Once they show all mail passing, `p=quarantine` may follow. */
export const dmarcRecord = (domain: string, reportsTo: string) =>
  record(`_dmarc.${domain}`, `v=DMARC1; p=none; rua=mailto:${reportsTo}`)

const providers: [RegExp, string][] = [
  [/(^|\.)(gmail|google|googlemail)\.com$/, "include:_spf.google.com"],
  [/(^|\.)(office365|outlook)\.com$/, "include:spf.protection.outlook.com"],
  [/(^|\.)amazonaws\.com$/, "include:amazonses.com"],
  [/(^|\.)sendgrid\.net$/, "include:sendgrid.net"],
  [/(^|\.)mailgun\.org$/, "include:mailgun.org"],
]

function senderOf(host: string) {
  const known = providers.find(([pattern]) => pattern.test(host))
  if (known) return known[1]
  return /^[\d.]+$/.test(host) ? `ip4:${host}` : host.includes(":") ? `ip6:${host}` : `a:${host}`
}

function record(name: string, value: string): DnsRecord {
  return { name, value, parts: value.match(/.{1,255}/g) ?? [] }
}

/** What DNS says, each text with its parts joined; null: nobody answered. */
export type Told = { texts: string[] } | { words: string }
export type Finding = { state: "found" | "missing" | "other" | "unknown"; words: string }

/** Whether the key others will check our mail with is this one. */
export function dkimFinding({ publicKey }: Pick<KeyRecord, "publicKey">, told: Told): Finding {
  if ("words" in told) return { state: "unknown", words: told.words }
  const keys = told.texts.map(tags).filter((one) => "p" in one)
  if (keys.length === 0) return { state: "missing", words: "Not found yet. DNS may need some hours to tell everybody." }
  if (keys.some(({ p }) => p === publicKey)) return { state: "found", words: "Found, and it is this key." }
  const words = keys[0]?.p === "" ? "Found, but withdrawn: its p= is empty." : "Found, but it is another key."
  return { state: "other", words }
}

export function spfFinding(wanted: DnsRecord, told: Told): Finding {
  if ("words" in told) return { state: "unknown", words: told.words }
  const found = told.texts.filter((text) => /^v=spf1( |$)/i.test(text))
  if (found.length === 0) return { state: "missing", words: "There is no SPF record." }
  if (found.length > 1)
    return { state: "other", words: "There are several SPF records, which counts as none: join them." }
  const missing = wanted.value
    .split(" ")
    .slice(1, -1)
    .filter((one) => !found[0]?.toLowerCase().includes(one))
  if (missing.length === 0) return { state: "found", words: `Found: ${found[0]}` }
  return {
    state: "other",
    words: `Found: ${found[0]}. It does not name ${missing.join(" ")}, unless through another name.`,
  }
}

export function dmarcFinding(told: Told): Finding {
  if ("words" in told) return { state: "unknown", words: told.words }
  const found = told.texts.find((text) => /^v=DMARC1\b/i.test(text))
  if (!found) return { state: "missing", words: "There is no DMARC record." }
  return { state: "found", words: `Found: ${found}` }
}

/** `k=v; k=v` of a record, blanks taken out of the values. */
function tags(text: string): Record<string, string> {
  const pairs = text.split(";").map((pair) => pair.split(/=(.*)/s))
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name.trim(), value.replace(/\s+/g, "")]))
}
