import { BlockList, isIP } from "node:net"
import { dmarc, spf } from "mailauth"
import { domainOf } from "#app/models/people/address.ts"
import { canonicalDomain } from "#app/models/people/domain.ts"
import { rangeFrom } from "#app/models/people/network.ts"
import type { Authenticity } from "#db/tables/mail.ts"
import { authenticityOf, type Checks, toldAbout, toldBy } from "./authenticity.ts"
import { straighten } from "./bytes.server.ts"
import { limitedResolver, type Resolve } from "./dns-limits.ts"
import type { Address } from "./email.ts"
import { type Field, readFields } from "./head.server.ts"
import { signaturesIn } from "./signatures.server.ts"

/** How the mail came: the sending server's address where it is known, its name for itself, and MAIL FROM. */
export type Hop = { ip: string; helo: string; sender: string }

export type Trust = {
  /** Ids under which our own servers write what they found. */
  hops: readonly string[]
  /** Addresses and ranges of our own servers, which hand mail in for others. */
  relays: readonly string[]
  forwarders: readonly string[]
}

const patience = 8000

/**
 * Who vouches for the sender: SPF, DKIM, ARC and DMARC, asked of the name servers only where there is something to ask.
 * Never throws, never takes longer than eight seconds, and never stops a mail.
 */
export async function authenticityFor(
  raw: Buffer,
  from: readonly Address[],
  hop: Hop,
  trust: Trust,
  resolve: Resolve,
): Promise<Authenticity> {
  const fields = readFields(straighten(raw.subarray(0, 256 * 1024)).head)
  const isDirect = isStranger(hop.ip, trust.relays)
  const domain = fromDomain(from)
  const told = isDirect ? null : toldAbout(toldBy(fields, trust.hops), writtenDomain(from), domain)
  const base: Checks = {
    ...{ fromDomain: domain, fromCount: from.length, told },
    ...{ spf: null, signedBy: [], dkim: null, dmarc: null, arc: null },
  }
  const isAsked = told === null && domain !== null && (isDirect || isSigned(fields))
  const checks = isAsked ? await checked(raw, base, isDirect ? hop : null, resolve) : base
  return authenticityOf(checks, trust.forwarders)
}

/** The one form of the one domain in From, however its letters came. What IDNA refuses is nobody's domain, and proven by none. */
function fromDomain([first, ...more]: readonly Address[]) {
  return first && more.length === 0 ? domainOf(first.address) : null
}

const writtenDomain = ([first]: readonly Address[]) => first?.address.slice(first.address.lastIndexOf("@") + 1) ?? ""

const isSigned = (fields: readonly Field[]) =>
  fields.some(({ name }) => name === "dkim-signature" || name === "arc-seal")

const unknowable = new BlockList()
for (const [net, bits] of [
  ["10.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
] as const)
  unknowable.addSubnet(net, bits, "ipv4")
for (const [net, bits] of [
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10],
] as const)
  unknowable.addSubnet(net, bits, "ipv6")

/** Whether the other end is the sender's own server: a public address that is none of ours. */
export function isStranger(address: string, relays: readonly string[]) {
  const ip = address.replace(/^::ffff:/i, "")
  const family = isIP(ip) === 6 ? "ipv6" : "ipv4"
  return isIP(ip) !== 0 && !unknowable.check(ip, family) && !listOf(relays).check(ip, family)
}

function listOf(ranges: readonly string[]) {
  const list = new BlockList()
  for (const range of ranges.flatMap((text) => rangeFrom(text) ?? [])) {
    const [net = "", bits] = range.split("/")
    const family = isIP(net) === 6 ? "ipv6" : "ipv4"
    list.addSubnet(net, Number(bits ?? (family === "ipv6" ? 128 : 32)), family)
  }
  return list
}

async function checked(raw: Buffer, base: Checks, hop: Hop | null, resolve: Resolve): Promise<Checks> {
  const limited = limitedResolver(resolve)
  try {
    return { ...base, ...(await Promise.race([findings(raw, base, hop, limited.resolve), tooLate()])) }
  } catch {
    // Whatever the library stumbles over is no proof, and no reason to stop a mail.
    return { ...base, dmarc: { result: "temperror", policy: null, strictSpf: false, strictDkim: false } }
  } finally {
    limited.close()
  }
}

const tooLate = () =>
  new Promise<never>((_, late) => {
    setTimeout(() => late(new Error("the name servers took too long")), patience).unref()
  })

/** Each check by itself, so that DMARC is asked about the one form of the domain in From, whatever letters it came in. */
async function findings(raw: Buffer, base: Checks, hop: Hop | null, resolver: Resolve): Promise<Partial<Checks>> {
  const signed = await signaturesIn(raw, resolver)
  // Handed on by others and without a signature to look at, it has nothing that a policy could be about.
  const isLookedAt = signed.arc?.result === "pass" || (signed.dkim !== null && signed.dkim !== "policy")
  if (!hop && !isLookedAt) return signed
  const sent = hop ? await spf({ ...clientOf(hop), resolver, mta: "desk" }) : null
  const spfDomain = canonicalDomain(sent?.domain ?? "")
  const policy = await dmarc({
    headerFrom: [base.fromDomain ?? ""],
    spfDomains: sent?.status.result === "pass" && spfDomain ? [spfDomain] : [],
    dkimDomains: signed.signedBy.map((domain) => ({ id: domain, domain })),
    resolver,
  })
  return {
    ...signed,
    spf: sent ? { result: sent.status.result, domain: spfDomain ?? "" } : null,
    dmarc: policy
      ? {
          result: policy.status.result,
          policy: policy.policy ?? null,
          // Version 4 tells what the domain asks for, and lets mail pass that does not do it.
          strictSpf: policy.alignment?.spf?.strict ?? false,
          strictDkim: policy.alignment?.dkim?.strict ?? false,
        }
      : null,
  }
}

/** As long as SMTP lets them be (RFC 5321 4.5.3.1): records may repeat them in the names they have asked for. */
const clientOf = ({ ip, helo, sender }: Hop) => ({
  ip: ip.replace(/^::ffff:/i, ""),
  helo: (helo || ip).slice(0, 255),
  sender: envelopeSender(sender),
})

/** With its domain in its one form; one that has none is asked about as it stands, and finds nothing. */
function envelopeSender(sender: string) {
  const domain = domainOf(sender)
  return domain === null ? sender.slice(0, 320) : `${sender.slice(0, sender.lastIndexOf("@")).slice(0, 64)}@${domain}`
}
