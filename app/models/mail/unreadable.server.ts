import type { Tx } from "#db/connection.server.ts"
import { attach } from "../cases/attachment.server.ts"
import { openCase } from "../cases/case.server.ts"
import { appendMessage } from "../cases/message.server.ts"
import { boxFor } from "./addressed.ts"
import { boxesOf, type MailRow, originalOf } from "./arrived.server.ts"

const subject = "Message could not be read"

/** A case for a mail nothing could be made of, the original attached: a person decides what it is. */
export async function openUnreadable(tx: Tx, row: MailRow, raw: Buffer, now: Date): Promise<number> {
  const addressed = boxFor(await boxesOf(tx), row.envelopeTo, { headers: new Map(), to: [], cc: [] })
  if (!addressed) throw new Error("there is no mailbox to put a mail into")
  const mailboxId = addressed.box.id
  const caseNumber = await openCase(tx, { mailboxId, customerId: null, subject, requester: null, waiting: true }, now)
  const text = `${subject}. It is attached as it came; open it with a mail program, or try again from the mail ledger.`
  const messageId = await appendMessage(
    tx,
    {
      ...{ caseNumber, kind: "email", at: row.receivedAt, mailId: row.id, subject, text, newText: text },
      from: { name: "", address: row.envelopeFrom },
      to: row.envelopeTo.map((address) => ({ name: "", address })),
    },
    now,
  )
  await attach(tx, [{ ...(await originalOf(raw)), messageId, caseNumber }], now)
  return caseNumber
}
