import { createHash, randomBytes } from "node:crypto"

const alphabet = "abcdefghijklmnopqrstuvwxyz234567"

/** 128 bits in lower-case base32 without padding: 26 characters that survive lower-casing and line wraps. */
export function makeToken() {
  return base32(randomBytes(16))
}

/** What the database knows a token by. */
export function hashToken(token: string) {
  return createHash("sha256").update(token.toLowerCase()).digest("hex")
}

function base32(bytes: Buffer) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("")
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, "0"), 2)]).join("")
}
