import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"
import { secretKey } from "#app/models/people/secret.server.ts"
import { type Face, isFace } from "./face.ts"

export type Page = {
  requestId: number
  /** The face of the link that was opened. */
  landedOn: Face | null
  /** Whose page this is, once they have pressed: lets a browser without cookies change its mind. */
  lineageHash: string | null
}

export type MintedPage = Page & { mintedAt: Date }

/**
 * What a rating page carries and a press must bring back, so that a press without our page is worth nothing (R2):
 * `v1.<unix ms>.<8 random bytes>.<face>.<lineage>.<16 bytes of HMAC-SHA256>`, bound to one request.
 */
export function mintNonce({ requestId, landedOn, lineageHash }: Page, now: Date) {
  const text = ["v1", now.getTime(), randomBytes(8).toString("hex"), landedOn ?? "", lineageHash ?? ""].join(".")
  return `${text}.${mac(requestId, text)}`
}

/** Null when it is not ours, was changed, or belongs to another link. */
export function readNonce(nonce: string, requestId: number): MintedPage | null {
  const at = nonce.lastIndexOf(".")
  const text = nonce.slice(0, Math.max(at, 0))
  if (!same(nonce.slice(at + 1), mac(requestId, text))) return null
  const [, ms, , face, lineage] = text.split(".")
  return {
    requestId,
    mintedAt: new Date(Number(ms)),
    landedOn: isFace(face) ? face : null,
    lineageHash: lineage || null,
  }
}

function mac(requestId: number, text: string) {
  const made = createHmac("sha256", secretKey("rating nonce")).update(`${requestId} ${text}`).digest()
  return made.subarray(0, 16).toString("base64url")
}

function same(a: string, b: string) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
