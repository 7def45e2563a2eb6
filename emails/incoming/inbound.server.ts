import { createHash } from "node:crypto"
import { fingerprintText } from "#app/models/mail/fingerprint.ts"
import { redactRatingLinks } from "#app/models/ratings/link-redaction.ts"
import { machineOf } from "./automatic.ts"
import { straighten } from "./bytes.server.ts"
import type { Email } from "./email.ts"
import { readEmail, readHead } from "./parse.server.ts"

/** A mail as the desk takes it in: read, its rating links gone, known again by its fingerprint. */
export type Inbound = {
  email: Email
  /** sha256 of fingerprintText, and of each attachment in order. */
  fingerprint: string
  sha256s: string[]
}

type Asked = { raw: Buffer; trouble: string | null; envelopeFrom: string | null }

export async function readInbound({ raw, trouble, envelopeFrom }: Asked): Promise<Inbound> {
  const email = trouble === null ? await readEmail(raw) : readHead(raw, trouble)
  const sha256s = email.attachments.map(({ bytes }) => sha256(bytes))
  const fingerprint = sha256(fingerprintText(email, sha256s) + unread(raw, email))
  return { email: withoutLinks(withEnvelope(email, envelopeFrom)), fingerprint, sha256s }
}

/** What was not read of it must not make two mails one: where the header was cut, that may stand anywhere. */
function unread(raw: Buffer, { trouble }: Email): string {
  if (trouble === null) return ""
  const { body, trouble: isCut } = straighten(raw)
  return sha256(isCut === null ? body : raw)
}

/** By SMTP the envelope says more than the mail: an empty sender is a machine's. */
const withEnvelope = (email: Email, envelopeFrom: string | null): Email =>
  envelopeFrom === "" ? { ...email, machine: machineOf({ ...email, envelopeFrom }) } : email

/** A reply quotes our mail with its links; whoever reads the case could else rate in the customer's name. */
function withoutLinks(email: Email): Email {
  const { text, newText, html } = email
  return {
    ...email,
    text: redactRatingLinks(text),
    newText: redactRatingLinks(newText),
    html: html === null ? null : redactRatingLinks(html),
  }
}

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex")
