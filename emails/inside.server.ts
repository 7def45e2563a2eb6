import { lookup } from "node:dns/promises"
import { BlockList } from "node:net"

/** Said in place of whatever answers there, or does not: nobody may look for what else runs in a private network. */
export const noMailServer = "No mail server answered there. Are its name, port and encryption right?"

const inside = new BlockList()
for (const [net, bits] of [
  ...[
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
  ],
  ...[
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
  ],
] as [string, number][])
  inside.addSubnet(net, bits, "ipv4")
for (const [net, bits] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
] as [string, number][])
  inside.addSubnet(net, bits, "ipv6")

/** Whether a name leads to this machine or into a private network, as the outside cannot reach. */
export async function isInside(host: string): Promise<boolean> {
  try {
    const found = await lookup(host, { all: true })
    return found.some(({ address, family }) => inside.check(address, family === 6 ? "ipv6" : "ipv4"))
  } catch {
    // A name without an address leads nowhere.
    return false
  }
}
