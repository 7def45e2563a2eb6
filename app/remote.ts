import ipaddr from "ipaddr.js"
import proxyAddr from "proxy-addr"

/** Whether the proxy at an address, so many hops away, is believed. */
export type TrustProxy = (address: string, hop: number) => boolean

type Asking = { headers: Record<string, string | string[] | undefined>; socket: { remoteAddress?: string | undefined } }

export const trustNobody: TrustProxy = () => false

/** From a count of hops or a list of addresses and ranges; null where it is neither. */
export function trustFrom(text: string): TrustProxy | null {
  if (/^\d{1,2}$/.test(text)) return (_address, hop) => hop < Number(text)
  const places = text.split(",").map((place) => place.trim())
  if (!places.every(isPlace)) return null
  return proxyAddr.compile(places)
}

function isPlace(text: string) {
  const [address = "", bits, more] = text.split("/")
  if (more !== undefined || !isAddress(address)) return false
  const most = address.includes(":") ? 128 : 32
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most)
}

/** In the one usual spelling: ipaddr.js also reads 127.1, and 010.0.0.1 as octal, which hardly anyone means. */
const isAddress = (text: string) =>
  text.includes(":") ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text) && !/(^|\.)0\d/.test(text)

/**
 * Who asked: the first address, counted from this machine outwards, that no trusted proxy speaks for. What a proxy
 * passes on may be anything; what is no address leaves the last one that was.
 */
export function remoteOf({ headers, socket }: Asking, trust: TrustProxy): string {
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",").reverse()
  let remote = canonical(socket.remoteAddress ?? "") ?? ""
  for (const [hop, said] of forwarded.entries()) {
    if (remote === "" || !trust(remote, hop)) break
    const next = canonical(withoutPort(said.trim()))
    if (next === null) break
    remote = next
  }
  return remote
}

/** Some proxies write the port along: 192.0.2.1:4711, [2001:db8::1]:4711. */
const withoutPort = (text: string) =>
  /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text

/** One spelling per address: IPv4 within IPv6 is the IPv4 it stands for. */
function canonical(text: string): string | null {
  return isAddress(text) ? ipaddr.process(text).toString() : null
}
