import { BlockList, isIP } from "node:net"
import { authenticate } from "mailauth"
import type { Authenticity } from "#db/tables/mail.ts"
import { authenticityOf, type Checks, toldBy } from "./authenticity.ts"
import { straighten } from "./bytes.server.ts"
import type { Address } from "./email.ts"
import { type Field, readFields } from "./head.server.ts"
import type { Resolve } from "./resolver.server.ts"

/** How the mail came: the sending server's address where it is known, its name for itself, and MAIL FROM. */
export type Hop = { ip: string; helo: string; sender: string }

export type Trust = {
  /** Ids under which our own servers write what they found. */
  hops: readonly string[]
  /** Addresses and ranges of our own servers, which hand mail in for others. */
  relays: readonly string[]
  forwarders: readonly string[]
}

const mostSignatures = 5
const patience = 8000

/**
 * Who vouches for the sender: SPF, DKIM, ARC and DMARC, asked of the name servers only where there is something to ask
 * (mail.md 3.12). Never throws, never takes longer than eight seconds, and never stops a mail.
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
  const told = isDirect ? null : toldBy(fields, trust.hops)
  const base: Checks = {
    ...{ fromDomain: domainOf(from), fromCount: from.length, told },
    ...{ spf: null, signedBy: [], dkim: null, dmarc: null, arc: null },
  }
  const isAsked = told === null && base.fromDomain !== null && (isDirect || isSigned(fields))
  const checks = isAsked ? await checked(raw, base, isDirect ? hop : null, resolve) : base
  return authenticityOf(checks, trust.forwarders)
}

function domainOf([first, ...more]: readonly Address[]) {
  if (!first || more.length > 0 || !first.address.includes("@")) return null
  return first.address.slice(first.address.lastIndexOf("@") + 1).toLowerCase() || null
}

function isSigned(fields: readonly Field[]) {
  const signatures = fields.filter(({ name }) => name === "dkim-signature" || name === "arc-seal").length
  return signatures > 0 && signatures <= mostSignatures * 2
}

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
  for (const range of ranges) {
    const [net = "", bits] = range.split("/")
    const family = isIP(net) === 6 ? "ipv6" : "ipv4"
    if (isIP(net) !== 0) list.addSubnet(net, Number(bits ?? (family === "ipv6" ? 128 : 32)), family)
  }
  return list
}

async function checked(raw: Buffer, base: Checks, hop: Hop | null, resolve: Resolve): Promise<Checks> {
  const client = hop ? { ip: hop.ip.replace(/^::ffff:/i, ""), helo: hop.helo || hop.ip, sender: hop.sender } : {}
  try {
    const asked = authenticate(raw, { ...client, resolver: resolve, disableBimi: true, mta: "desk" })
    const found = await Promise.race([asked, tooLate()])
    return { ...base, ...findings(found, hop) }
  } catch {
    // Whatever the library stumbles over is no proof, and no reason to stop a mail.
    return { ...base, dmarc: { result: "temperror", policy: null, strictSpf: false, strictDkim: false } }
  }
}

const tooLate = () =>
  new Promise<never>((_, late) => {
    setTimeout(() => late(new Error("the name servers took too long")), patience).unref()
  })

type Found = Awaited<ReturnType<typeof authenticate>>

function findings({ spf, dkim, dmarc, arc }: Found, hop: Hop | null): Partial<Checks> {
  const signatures = dkim?.results ?? []
  const good = signatures.slice(0, mostSignatures).filter(({ status }) => status.result === "pass")
  const signedBy = good
    .filter(({ status }) => !status.underSized)
    .flatMap(({ signingDomain }) => signingDomain?.toLowerCase() ?? [])
  const chain = arc && arc.status.result !== "none" ? arc : null
  return {
    spf: hop && spf ? { result: spf.status.result, domain: (spf.domain ?? "").toLowerCase() } : null,
    signedBy,
    dkim: signatures.length === 0 ? null : ((good[0] ?? signatures[0])?.status.result ?? null),
    dmarc: dmarc
      ? {
          result: dmarc.status.result,
          policy: dmarc.policy ?? null,
          // Version 4 tells what the domain asks for, and lets mail pass that does not do it (mail.md 2.7).
          strictSpf: dmarc.alignment?.spf?.strict ?? false,
          strictDkim: dmarc.alignment?.dkim?.strict ?? false,
        }
      : null,
    arc: chain ? { result: chain.status.result, sealedBy: sealers(chain) } : null,
  }
}

function sealers(arc: NonNullable<Found["arc"]>): string[] {
  const domain = Object(arc).signature?.signingDomain
  return typeof domain === "string" ? [domain.toLowerCase()] : []
}
