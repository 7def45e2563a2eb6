import ipaddr from "ipaddr.js"

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
