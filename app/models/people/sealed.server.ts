import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { secretKey } from "./secret.server.ts"

const nonceBytes = 12
const tagBytes = 16

/** A secret as it may stand in the database: AES-256-GCM under a key of SECRET, so that a copy of the tables alone opens nothing. */
export function seal(secret: string, purpose: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv("aes-256-gcm", secretKey(`sealed ${purpose}`), nonce)
  const hidden = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden])
}

/** The secret again; throws when it was sealed under another SECRET or for another purpose. */
export function unseal(sealed: Buffer, purpose: string): string {
  const nonce = sealed.subarray(0, nonceBytes)
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes)
  const cipher = createDecipheriv("aes-256-gcm", secretKey(`sealed ${purpose}`), nonce)
  cipher.setAuthTag(tag)
  return Buffer.concat([cipher.update(sealed.subarray(nonceBytes + tagBytes)), cipher.final()]).toString("utf8")
}

/** The same; null when it cannot be opened, for who can say what to do then. */
export function unsealed(sealed: Buffer, purpose: string): string | null {
  try {
    return unseal(sealed, purpose)
  } catch {
    // The only way a wrong key shows.
    return null
  }
}

export const sealedElsewhere = "What the desk kept to sign in cannot be opened with its SECRET: type it in again"
