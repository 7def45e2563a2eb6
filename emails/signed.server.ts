import { createHmac, timingSafeEqual } from "node:crypto"
import { canonicalDomain } from "#app/models/people/domain.ts"

/**
 * Addresses and ids only this desk can have made . Each carries 80 bits of HMAC-SHA256 in
 * lower-case base32, because mail servers fold the case of a local part. Each kind signs under its own name, so that
 * one never passes for another.
 */

/** RFC 5321 4.5.3.1.1: a longer local part may be refused anywhere on the way. */
const longestLocalPart = 64

/** Where the customer's answer comes back to. A mailbox whose name leaves no room keeps its plain address. */
export function replyAddress(mailboxAddress: string, caseNumber: number, key: Buffer) {
  return tagged(mailboxAddress, "c", caseNumber, key)
}

export function readReplyAddress(recipient: string, key: Buffer) {
  const read = readTagged(recipient, "c", key)
  return read && { mailbox: read.mailbox, caseNumber: read.id }
}

/** The envelope sender of one outgoing mail, so that a bounce names what bounced. */
export function returnPath(mailboxAddress: string, mailToSendId: number, key: Buffer) {
  return tagged(mailboxAddress, "b", mailToSendId, key)
}

export function readReturnPath(recipient: string, key: Buffer) {
  const read = readTagged(recipient, "b", key)
  return read && { mailbox: read.mailbox, mailId: read.id }
}

/** A Message-ID of ours, in angle brackets. `id` is lower-case letters and digits, at most 32: a row's id or random. */
export function ourMessageId(id: string | number, domain: string, key: Buffer) {
  return `<d${id}.${sign("message id", String(id), key)}@${domain.toLowerCase()}>`
}

/**
 * The id inside a Message-ID of ours, with or without its brackets; "forged" when it has our form and not our
 * signature, null when it is somebody else's.
 */
export function readOurMessageId(messageId: string, key: Buffer): { id: string } | "forged" | null {
  const [, id, signature] = messageId.match(/^\s*<?d([0-9a-z]{1,32})\.([a-z2-7]{16})@[^@\s<>]+>?\s*$/) ?? []
  if (!id || !signature) return null
  return isSigned(signature, "message id", id, key) ? { id } : "forged"
}

/** A line for the foot of our mail, for providers that replace our Message-ID. */
export function marker(caseNumber: number, key: Buffer) {
  const id = caseNumber.toString(32)
  return `Ref: c${id}.${sign("marker", id, key)}`
}

/** The case of the first genuine marker in a text; at most 20 are looked at, since quoted mail may carry many. */
export function readMarker(text: string, key: Buffer): number | null {
  let seen = 0
  for (const [, id = "", signature = ""] of text.matchAll(/Ref: c([0-9a-v]{1,10})\.([a-z2-7]{16})/g)) {
    if (isSigned(signature, "marker", id, key)) return Number.parseInt(id, 32)
    if (++seen === 20) return null
  }
  return null
}

function tagged(mailboxAddress: string, kind: "c" | "b", number: number, key: Buffer) {
  const { local, domain } = split(mailboxAddress)
  const id = number.toString(32)
  const signed = `${local}+${kind}${id}.${sign(kind, `${local}@${domain}|${id}`, key)}`
  return signed.length > longestLocalPart ? mailboxAddress : `${signed}@${domain}`
}

function readTagged(recipient: string, kind: "c" | "b", key: Buffer) {
  const { local, domain } = split(recipient.trim().replace(/^<|>$/g, ""))
  const plus = local.lastIndexOf("+")
  const [, found, id, signature] = local.slice(plus + 1).match(/^([cb])([0-9a-v]{1,10})\.([a-z2-7]{16})$/) ?? []
  if (plus < 1 || found !== kind || !id || !signature) return null
  const mailbox = `${local.slice(0, plus)}@${domain}`
  return isSigned(signature, kind, `${mailbox}|${id}`, key) ? { mailbox, id: Number.parseInt(id, 32) } : null
}

function split(address: string) {
  const at = address.lastIndexOf("@")
  const domain = address.slice(at + 1)
  return { local: address.slice(0, at).toLowerCase(), domain: canonicalDomain(domain) ?? domain.toLowerCase() }
}

function isSigned(signature: string, purpose: string, what: string, key: Buffer) {
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(purpose, what, key)))
}

function sign(purpose: string, what: string, key: Buffer) {
  return base32(createHmac("sha256", key).update(`1|${purpose}|${what}`).digest().subarray(0, 10))
}

/** RFC 4648 base32 in lower case; ten bytes are sixteen letters with nothing left over. */
function base32(bytes: Buffer) {
  const letters = "abcdefghijklmnopqrstuvwxyz234567"
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("")
  return (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)]).join("")
}
