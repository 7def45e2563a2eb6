import { eq, sql } from "drizzle-orm"
import { wake } from "#db/announce.server.ts"
import { storing } from "#db/bytes.server.ts"
import type { Tx } from "#db/connection.server.ts"
import type { Address } from "#db/tables/cases.ts"
import { type BeforeReply, mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import { composeReply } from "#emails/outgoing/compose.server.ts"
import { bracketed, referencesOf } from "#emails/outgoing/headers.ts"
import type { Quote } from "#emails/outgoing/quote.ts"
import { marker, ourMessageId, replyAddress, returnPath } from "#emails/signed.server.ts"
import { attach } from "../cases/attachment.server.ts"
import { appendMessage } from "../cases/message.server.ts"
import { secretKey } from "../people/secret.server.ts"
import { makeRequest } from "../ratings/request.server.ts"
import { ratingLinks } from "../ratings/token.ts"
import { signFor } from "./dkim.server.ts"
import { openReplyFiles, type ReplyFile } from "./reply-file.server.ts"

export type Letter = {
  kase: { number: number; mailboxId: number; customerId: number | null }
  agentId: number
  /** Markdown. */
  text: string
  subject: string
  to: Address[]
  cc: Address[]
  files: ReplyFile[]
  /** What it answers; null for the first mail of a case. */
  parent: { rfcMessageId: string | null; references: string[] } | null
  quote: Quote | null
  /** Null: nothing is asked with this mail and nothing counts as left off. */
  ask: { leftOffBy: number | null; recoveryFrownId: number | null } | null
  before: BeforeReply
  undoSeconds: number
  baseUrl: string
}

/**
 * Puts our words into the case and, rendered once for all tries, into the queue of what is to be sent. The links a
 * customer rates by exist in those bytes only.
 */
export async function post(tx: Tx, letter: Letter, now: Date): Promise<{ messageId: number; mailId: number }> {
  const { kase, agentId, to, cc, subject, text } = letter
  const mailId = await nextMailId(tx)
  const sender = await senderOf(tx, kase.mailboxId, agentId)
  const domain = sender.from.address.slice(sender.from.address.lastIndexOf("@") + 1)
  const rfcMessageId = ourMessageId(mailId, domain, secretKey("message id"))
  const thread = threadOf(letter, `<case.${kase.number}@${domain}>`)
  const messageId = await appendMessage(
    tx,
    {
      caseNumber: kase.number,
      kind: "reply",
      at: now,
      from: sender.from,
      ...{ to, cc, agentId, subject, text, newText: text, rfcMessageId, ...thread },
    },
    now,
  )
  const rows = letter.files.map((file) => ({
    ...file,
    messageId,
    caseNumber: kase.number,
    inline: false,
    contentId: null,
  }))
  await attach(tx, rows, now)
  const token = letter.ask ? await makeRequest(tx, requestFor(letter, letter.ask, messageId), now) : null
  const written = await composeReply({
    ...{ messageId: rfcMessageId, ...thread, date: now, from: sender.from, to, cc, subject, text },
    replyTo: replyAddress(sender.from.address, kase.number, secretKey("reply address")),
    signature: sender.signature,
    faces: token === null ? null : ratingLinks(letter.baseUrl, token),
    quote: letter.quote,
    files: await openReplyFiles(letter.files),
    marker: marker(kase.number, secretKey("reply address")),
  })
  const rendered = await signFor(tx, sender.from.address, written, now)
  const dueAt = new Date(now.getTime() + letter.undoSeconds * 1000)
  const values = {
    kind: "reply",
    ...{ id: mailId, messageId, caseNumber: kase.number, mailboxId: kase.mailboxId, rfcMessageId },
    ...{ from: sender.from, subject, writtenAt: now, dueAt, undoUntil: dueAt, before: letter.before },
    linkOrigin: token === null ? null : letter.baseUrl,
    envelopeFrom: returnPath(sender.from.address, mailId, secretKey("reply address")),
  } as const
  await storing(tx, rendered, (bytes) => tx.insert(mailToSend).values({ ...values, rendered: bytes }))
  const recipients = [...to.map(({ address }) => ({ address, as: "to" as const })), ...cc.map(asCopy)]
  await tx.insert(mailRecipients).values(recipients.map((row) => ({ mailId, ...row })))
  await wake(tx, "mail to send")
  return { messageId, mailId }
}

const asCopy = ({ address }: Address) => ({ address, as: "cc" as const })

function threadOf({ parent }: Letter, caseReference: string) {
  const id = parent?.rfcMessageId ? bracketed(parent.rfcMessageId) : null
  const known = parent && id ? { references: parent.references, id } : null
  return { inReplyTo: id, references: referencesOf(caseReference, known) }
}

function requestFor({ kase, agentId, to, cc }: Letter, ask: NonNullable<Letter["ask"]>, replyId: number) {
  const { number: caseNumber, mailboxId, customerId } = kase
  return { replyId, caseNumber, customerId, agentId, mailboxId, recipients: to.length + cc.length, ...ask }
}

/** A mail knows its own number before it is written: its Message-ID and return path are made from it. */
export async function nextMailId(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ id: string }>(
    sql`select nextval(pg_get_serial_sequence('mail_to_send', 'id')) as id`,
  )
  return Number(row?.id)
}

/** The mailbox speaks, the person signs; nobody's own address leaves the desk. */
async function senderOf(tx: Tx, mailboxId: number, agentId: number): Promise<{ from: Address; signature: string }> {
  const [box] = await tx.select().from(mailboxes).where(eq(mailboxes.id, mailboxId))
  const [agent] = await tx.select().from(agents).where(eq(agents.id, agentId))
  if (!box || !agent) throw new Error(`no mailbox ${mailboxId} or no agent ${agentId} to write from`)
  const signature = [agent.signature.trim() || agent.name, box.signature.trim() || box.name].join("\n")
  return { from: { name: box.name, address: box.address }, signature }
}
