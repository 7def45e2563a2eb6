import { hkdfSync } from "node:crypto"

let root: string | null = null

/** Called once at start with SECRET, or with what the desk keeps in its data folder. */
export function setSecret(secret: string) {
  root = secret
}

/** A key of 32 bytes for one purpose, so that knowing what one key signed says nothing about another. */
export function secretKey(purpose: string): Buffer {
  if (root === null) throw new Error("setSecret was not called before a key was asked for")
  return Buffer.from(hkdfSync("sha256", root, "upturn", purpose, 32))
}
