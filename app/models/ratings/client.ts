/** The neighbourhood of an address: IPv4 /24, IPv6 /56. All that is ever kept of it, and that only hashed. */
export function networkOf(address: string) {
  const [plain = ""] = address.replace(/^::ffff:(?=\d+\.)/i, "").split("%")
  return plain.includes(":") ? sixth(plain) : plain.split(".").slice(0, 3).join(".")
}

/** The first 56 bits, written out: `2001:db8::1` and `2001:0db8:0:0:0::1` are one place. */
function sixth(address: string) {
  const [head = "", tail] = address.split("::")
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - before.length - after.length)).fill("0")
  const four = [...before, ...zeros, ...after].slice(0, 4).map((group) => group.padStart(4, "0").toLowerCase())
  return four.join("").slice(0, 14)
}

const groups = (part: string) => part.split(":").filter((group) => group !== "")
