import { openCase } from "#app/models/cases/case.server.ts"
import { appendMessage, type NewMessage } from "#app/models/cases/message.server.ts"
import { db } from "#db/connection.server.ts"
import { dana, help, noon } from "#test/fixtures/desk.ts"

type Writer = { id: number; name: string; address: string }

/** What Dana (or whoever is named) writes: a message ready to be appended. */
export function fromCustomer(caseNumber: number, text: string, at: Date, who: Writer = dana): NewMessage {
  const { id: customerId, name, address } = who
  return { caseNumber, kind: "email", at, from: { name, address }, customerId, text, newText: text, subject: "Invoice" }
}

export function fromAgent(caseNumber: number, text: string, at: Date, agentId: number): NewMessage {
  const from = { name: help.name, address: help.address }
  return { caseNumber, kind: "reply", at, from, agentId, text, newText: text, subject: "Re: Invoice" }
}

/** A case as an email from the customer makes it, given to nobody yet. */
export async function caseOf(
  text: string,
  now = noon,
  who: Writer = dana,
  mailboxId: number = help.id,
  subject = "Invoice",
) {
  return db.transaction(async (tx) => {
    const requester = { name: who.name, address: who.address }
    const number = await openCase(tx, { mailboxId, customerId: who.id, subject, requester, waiting: true }, now)
    await appendMessage(tx, fromCustomer(number, text, now, who), now)
    return number
  })
}
