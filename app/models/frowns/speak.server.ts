import { eq, sql } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { customers, mailboxes } from "#db/tables/people.ts"
import { appendMessage } from "../cases/message.server.ts"
import { markSpoken, type Unspoken, unspokenComments } from "../ratings/comment.server.ts"
import { teamWords } from "../ratings/face.ts"
import { lockLivingCase } from "./family.server.ts"

/**
 * Words left with an OK or a frown are the customer speaking: each stands once in its case as theirs,
 * and the case waits on us again. How many were put there.
 */
export async function speakComments(now: Date): Promise<number> {
  let spoken = 0
  for (const comment of await unspokenComments(now)) if (await speak(comment, now)) spoken++
  return spoken
}

async function speak(comment: Unspoken, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { caseNumber } = comment
    await lockLivingCase(tx, caseNumber)
    if (!(await markSpoken(tx, comment.id, now))) return false
    const { kase, mailbox, from } = await settingOf(tx, caseNumber, comment)
    await appendMessage(
      tx,
      {
        caseNumber,
        kind: "email",
        at: comment.at,
        from,
        to: [mailbox],
        customerId: comment.customerId,
        subject: kase.subject,
        text: comment.body,
        newText: comment.body,
        joinedBecause: `Left with a rating: ${teamWords[comment.face]}`,
      },
      now,
    )
    await announce(tx, { kind: "case", caseNumber, mailboxId: kase.mailboxId, agentId: kase.agentId }, now)
    return true
  })
}

/** The case they speak in, the mailbox they speak to, and who they are; their address is that of the case where it has one. */
async function settingOf(tx: Tx, caseNumber: number, { customerId }: Unspoken) {
  const address = sql<string>`coalesce(
    (select p.address from participants p where p.case_number = ${cases.number} and p.standing = 'requester' limit 1),
    (select a.address from customer_addresses a where a.customer_id = ${customerId} order by a.created_at limit 1), '')`
  const [row] = await tx
    .select({
      kase: { subject: cases.subject, mailboxId: cases.mailboxId, agentId: cases.agentId },
      mailbox: { name: mailboxes.name, address: mailboxes.address },
      name: sql<string>`coalesce((select ${customers.name} from ${customers} where ${customers.id} = ${customerId}), '')`,
      address,
    })
    .from(cases)
    .innerJoin(mailboxes, eq(mailboxes.id, cases.mailboxId))
    .where(eq(cases.number, caseNumber))
  if (!row) throw new Error(`there is no case ${caseNumber}`)
  return { ...row, from: { name: row.name, address: row.address } }
}
