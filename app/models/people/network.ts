import ipaddr from "ipaddr.js"

/** An address or a range of addresses in the one form it is kept in; null for what is none, and for everybody. */
export function rangeFrom(text: string): string | null {
  const [address = "", bits, ...more] = text.trim().split("/")
  const net = addressFrom(address)
  if (net === null || more.length > 0) return null
  if (bits === undefined) return net
  const isMapped = net.includes(".") && address.includes(":")
  const most = net.includes(":") ? 128 : 32
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) - (isMapped ? 96 : 0) : 0
  return length >= 1 && length <= most ? `${net}/${length}` : null
}

/** An IP address in its shortest form; an IPv4 one told in IPv6 (RFC 4291 2.5.5.2) is the IPv4 one. */
export function addressFrom(text: string): string | null {
  // A leading zero is octal to some readers and decimal to others.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return /(^|\.)0\d/.test(text) ? null : text
  if (!/^[\da-f:.]{2,45}$/i.test(text) || !ipaddr.IPv6.isValid(text)) return null
  const address = ipaddr.IPv6.parse(text)
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toString()
}

/** Of one machine: "any" and "all of them" answer nobody. */
function hostAddressFrom(text: string) {
  const address = addressFrom(text)
  const range = address === null ? "unspecified" : ipaddr.parse(address).range()
  return range === "unspecified" || range === "broadcast" || range === "multicast" ? null : address
}

/** A name server: an address, or one with a port as `127.0.0.1:5353` and `[::1]:5353`. */
export function nameServerFrom(text: string): string | null {
  const plain = hostAddressFrom(text)
  if (plain !== null) return plain
  const [, inBrackets, bare, port = "53"] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? []
  const address = hostAddressFrom(inBrackets ?? bare ?? "")
  if (address === null || Number(port) < 1 || Number(port) > 65_535) return null
  return `${address.includes(":") ? `[${address}]` : address}:${Number(port)}`
}

/** Where pages are reached: scheme, host and port, nothing else. */
export function originFrom(text: string): string | null {
  if (!URL.canParse(text.trim())) return null
  const { protocol, username, password, pathname, search, hash, origin } = new URL(text.trim())
  const isBare = username === "" && password === "" && pathname === "/" && search === "" && hash === ""
  return /^https?:$/.test(protocol) && isBare ? origin : null
}

/** Whom an address counts as: an IPv4 address, also one mapped into IPv6, or the /64 an IPv6 line is given. */
export const lineOf = (address: string) => prefixOf(address, 32, 64)

/** The neighbourhood it lies in: what one customer of a provider, or one rented rack, can bring up at most. */
export const networkOf = (address: string) => prefixOf(address, 24, 48)

function prefixOf(address: string, bits4: number, bits6: number): string {
  if (!ipaddr.isValid(address)) return "no address"
  const plain = ipaddr.process(address)
  const [bytes, bits] = [plain.toByteArray(), plain.kind() === "ipv4" ? bits4 : bits6]
  return `${bytes.slice(0, bits / 8).join(".")}/${bits}`
}
