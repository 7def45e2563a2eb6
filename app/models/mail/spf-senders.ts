import ipaddr from "ipaddr.js"
import { registeredDomain } from "#emails/incoming/registered.ts"
import type { Sender } from "./spf-advice.ts"

/** What providers tell their customers to include. */
const providers: [RegExp, string][] = [
  [/(^|\.)(gmail|google|googlemail)\.com$/, "_spf.google.com"],
  [/(^|\.)(office365|outlook)\.com$/, "spf.protection.outlook.com"],
  [/(^|\.)amazonaws\.com$/, "amazonses.com"],
  [/(^|\.)sendgrid\.net$/, "sendgrid.net"],
  [/(^|\.)(eu\.)?mailgun\.org$/, "mailgun.org"],
]

/** What the record of a domain must hold for a server its mail leaves by. */
export function senderOf(host: string, domain: string): Sender {
  const name = host.toLowerCase().replace(/^\[|\]$|\.$/g, "")
  if (ipaddr.isValid(name)) return ofAddress(name)
  const known = providers.find(([pattern]) => pattern.test(name))
  if (known) return { host, mechanism: `include:${known[1]}` }
  const owner = registeredDomain(name)
  if (owner === null)
    return {
      host,
      ask: `${host} is a name inside your own network: ask whoever runs it by which public address its mail leaves.`,
    }
  if (owner === registeredDomain(domain)) return { host, mechanism: `a:${name}` }
  return {
    host,
    ask: `Ask ${owner}, which runs ${host}, what its customers put into their SPF record; only they know which servers the mail leaves by.`,
  }
}

/** One that others can see; mail from inside leaves by another address. */
function ofAddress(address: string): Sender {
  const plain = ipaddr.process(address)
  if (isInside(plain))
    return {
      host: address,
      ask: `${address} is an address inside your own network: ask whoever runs it by which public address its mail leaves.`,
    }
  return { host: address, mechanism: `${plain.kind() === "ipv4" ? "ip4" : "ip6"}:${plain.toString()}` }
}

const insideRanges = new Set<string>([
  ...["unspecified", "loopback", "private", "linkLocal", "uniqueLocal", "carrierGradeNat", "broadcast", "multicast"],
])

/** Nobody outside can reach it, so no mail comes from it to them. */
export const isInside = (address: ipaddr.IPv4 | ipaddr.IPv6) => insideRanges.has(address.range())
