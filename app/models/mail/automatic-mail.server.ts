import { eq } from "drizzle-orm"
import { wake } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import type { Address } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { composeAutomatic } from "#emails/outgoing/automatic.server.ts"
import { ourMessageId } from "#emails/signed.server.ts"
import { secretKey } from "../people/secret.server.ts"
import { signFor } from "./dkim.server.ts"
import { nextMailId } from "./letter.server.ts"

export type AutomaticMail = {
  kind: "acknowledgement" | "notice"
  mailboxId: number
  caseNumber: number | null
  to: Address[]
  subject: string
  text: string
  /** What it answers; null for a notice. */
  inReplyTo: string | null
  replyTo: string | null
}

/** Queues a mail nobody wrote. Its sender is empty, so that nothing automatic ever answers it (RFC 3834). */
export async function postAutomatic(tx: Tx, mail: AutomaticMail, now: Date): Promise<number> {
  const { kind, mailboxId, caseNumber, to, subject } = mail
  const [box] = await tx.select().from(mailboxes).where(eq(mailboxes.id, mailboxId))
  if (!box) throw new Error(`no mailbox ${mailboxId} to write from`)
  const id = await nextMailId(tx)
  const from = { name: box.name, address: box.address }
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1)
  const rfcMessageId = ourMessageId(id, domain, secretKey("message id"))
  const written = await composeAutomatic({ ...mail, messageId: rfcMessageId, date: now, from })
  const rendered = await signFor(tx, from.address, written, now)
  await tx.insert(mailToSend).values({
    ...{ id, kind, caseNumber, mailboxId, rfcMessageId, from, subject, rendered },
    ...{ envelopeFrom: "", writtenAt: now, dueAt: now, undoUntil: now },
  })
  await tx.insert(mailRecipients).values(to.map(({ address }) => ({ mailId: id, address, as: "to" as const })))
  await wake(tx, "mail to send")
  return id
}
