import { and, inArray, isNotNull, ne, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { type Authenticity, mailReceived } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import type { Email } from "#emails/incoming/email.ts"
import { sizeOf } from "#emails/incoming/left-behind.server.ts"
import { readInboundApart } from "#emails/incoming/reader.server.ts"
import { keepFile } from "../cases/attachment.server.ts"
import type { Box } from "./addressed.ts"
import { proveSender } from "./authenticity.server.ts"
import { unproven } from "./authenticity.ts"
import { likenessTo } from "./copies.server.ts"
import { answeredIds, jiraIssues, storedId } from "./threading.ts"

export type MailRow = typeof mailReceived.$inferSelect

export type File = {
  sha256: string
  size: number
  filename: string
  contentType: string
  inline: boolean
  contentId: string | null
}

/** A mail read, its files stored: everything that can be done before the transaction. */
export type Arrived = {
  row: MailRow
  email: Email
  files: File[]
  rfcMessageId: string
  fingerprint: string
  authenticity: Authenticity
  /** Said when another mail came under its Message-ID before. */
  clash?: string
  /** The very same came before, with less in it. */
  fuller?: MailRow
}

export async function readArrived(row: MailRow, raw: Buffer): Promise<Arrived> {
  const inbound = await readInboundApart(raw, row.via === "smtp" ? row.envelopeFrom : null)
  const { fingerprint } = inbound
  const email = leftOnServer(inbound.email, row, raw)
  const files: File[] = []
  for (const { bytes, filename, contentType, inline, contentId } of email.attachments)
    files.push({
      ...(await keepFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
      filename,
      contentType,
      inline,
      contentId,
    })
  if (email.trouble) files.push(await originalOf(raw))
  const rfcMessageId = storedId(email.messageId ?? `${fingerprint}@missing.invalid`)
  // What was proven when it came stands: a key may be gone when the mail is read again.
  const authenticity = row.authenticity ?? (row.asClosed ? unproven : await proveSender(raw, email, row))
  return { row, email, files, rfcMessageId, fingerprint, authenticity }
}

export async function originalOf(raw: Buffer): Promise<File> {
  const kept = await keepFile(raw)
  return { ...kept, filename: "original.eml", contentType: "message/rfc822", inline: false, contentId: null }
}

/** Its files were too much to fetch; these bytes stand for it. */
function leftOnServer(email: Email, { via, size }: MailRow, raw: Buffer): Email {
  if (via !== "imap" || size <= raw.length) return email
  const words = `A message of ${sizeOf(size)}, left in the mailbox`
  return { ...email, marks: [...email.marks, { kind: "left on server", words }] }
}

/**
 * Mails with one Message-ID take turns until they commit, so that two routes at once make one case; so do those that
 * answer each other or the same mail, and those about one issue of Jira, which sends "created" and "assigned" in one breath.
 */
export async function takeTurns(tx: Tx, { rfcMessageId, email }: Arrived) {
  const ids = [rfcMessageId, ...answeredIds(email).map(storedId)].map((id) => `mail ${id}`)
  // One order for all, or two mails could wait for each other.
  const keys = [...new Set([...ids, ...jiraIssues(email)])].toSorted()
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(key, 0))
      from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as key`)
}

/** Mails under one id that are looked into, word by word. */
const mostCopies = 5

/**
 * The row of an earlier mail that was this very mail, by whatever way it came and whatever was put on it there. Other
 * words under the same Message-ID are another mail, kept under an id of its own: else anybody could make a mail vanish
 * by sending its id first.
 */
export async function earlierOf(tx: Tx, mail: Arrived): Promise<{ first: MailRow | null; mail: Arrived }> {
  const { row, rfcMessageId, fingerprint } = mail
  const own = `${rfcMessageId.slice(0, -1)}#${fingerprint.slice(0, 8)}>`
  const earlier = await tx
    .select()
    .from(mailReceived)
    .where(
      and(
        inArray(mailReceived.rfcMessageId, [rfcMessageId, own]),
        isNotNull(mailReceived.fate),
        ne(mailReceived.id, row.id),
      ),
    )
    .orderBy(mailReceived.id)
    .limit(50)
  const first = earlier.find((other) => other.fingerprint === fingerprint) ?? null
  const [other] = earlier
  if (first || !other) return { first, mail }
  for (const one of earlier.filter(({ fate }) => fate !== "duplicate").slice(0, mostCopies)) {
    const likeness = await likenessTo(tx, one, mail)
    if (likeness === "same") return { first: one, mail }
    if (likeness === "more") return { first: null, mail: { ...mail, rfcMessageId: own, fuller: one } }
  }
  const clash = `Another mail, number ${other.id}, came under the same Message-ID.`
  return { first, mail: { ...mail, rfcMessageId: own, clash } }
}

export async function boxesOf(tx: Tx): Promise<Box[]> {
  const rows = await tx.select().from(mailboxes).orderBy(mailboxes.id)
  return rows.map(({ id, address, closedAt, trustedForms }) => ({
    id,
    address,
    isOpen: closedAt === null,
    trustedForms: Array.isArray(trustedForms) ? trustedForms.map(String) : [],
  }))
}
