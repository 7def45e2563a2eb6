import type { Email } from "#emails/incoming/email.ts"

/**
 * What makes two mails with one Message-ID the same mail: who, when, what, and every part of it; not the traces each
 * way leaves in the header. `files` are the sha256 of the attachments, in order. To be hashed.
 */
export function fingerprintText(email: Email, files: readonly string[]): string {
  const { from, date, subject, text, html, attachments } = email
  const parts = attachments.map(({ filename, contentType, size }, i) => [filename, contentType, size, files[i] ?? ""])
  const sender = from.map(({ address }) => address.toLowerCase())
  return JSON.stringify([sender, date?.toISOString() ?? null, subject, text, html, parts])
}
