import proxyAddr from "proxy-addr"
import { addressFrom, rangeFrom } from "./models/people/network.ts"

/** Whether the proxy at an address, so many hops away, is believed. */
export type TrustProxy = (address: string, hop: number) => boolean

type Asking = { headers: Record<string, string | string[] | undefined>; socket: { remoteAddress?: string | undefined } }

export const trustNobody: TrustProxy = () => false

/** From a count of hops or a list of addresses and ranges; null where it is neither. */
export function trustFrom(text: string): TrustProxy | null {
  if (/^\d{1,2}$/.test(text)) return (_address, hop) => hop < Number(text)
  const places = text.split(",").flatMap((place) => rangeFrom(place) ?? [])
  return places.length === text.split(",").length ? proxyAddr.compile(places) : null
}

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

/** One spelling per address; the interface that a link-local one names is no part of who it is. */
const canonical = (text: string) => addressFrom(text.replace(/%.*/s, ""))
