export type KeyRecord = { domain: string; selector: string; algorithm: "rsa" | "ed25519"; publicKey: string }

/** A line of DNS to publish: `parts` as zone files want them, at most 255 bytes each (RFC 1035 3.3.14). */
export type DnsRecord = { name: string; value: string; parts: string[] }

export function dkimRecord({ domain, selector, algorithm, publicKey }: KeyRecord): DnsRecord {
  return record(`${selector}._domainkey.${domain}`, `v=DKIM1; k=${algorithm}; p=${publicKey}`)
}

export function record(name: string, value: string): DnsRecord {
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

/** `k=v; k=v` of a record, blanks taken out of the values. */
export function tags(text: string): Record<string, string> {
  const pairs = text.split(";").map((pair) => pair.split(/=(.*)/s))
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name.trim(), value.replace(/\s+/g, "")]))
}
