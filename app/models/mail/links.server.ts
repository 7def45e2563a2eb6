import { and, eq, sql } from "drizzle-orm"
import { wake } from "#db/announce.server.ts"
import { storing } from "#db/bytes.server.ts"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { isThisMachine } from "#emails/outgoing/account.ts"
import { withLinksAt } from "#emails/outgoing/links.server.ts"
import { isLocalOrigin } from "../people/base-url.ts"
import { addressWords } from "./delivery.ts"
import { signFor } from "./dkim.server.ts"
import { type Leaving, renderedOf } from "./ending.server.ts"
import type { Way } from "./way.server.ts"

/**
 * The mail as it may leave: its rating links begin with the address the desk has now, whatever it was when the mail was
 * written. Null while there is no address a customer could open.
 */
export async function withPublicLinks(mail: Leaving, { baseUrl, account }: Way, now: Date): Promise<Leaving | null> {
  if (mail.linkOrigin === null) return mail
  if (baseUrl === "" || (isLocalOrigin(baseUrl) && !isThisMachine(account.host))) return null
  return mail.linkOrigin === baseUrl ? mail : moved(mail, mail.linkOrigin, baseUrl, now)
}

/** Written and signed anew, so that later tries send the same. */
function moved(mail: Leaving, from: string, to: string, now: Date): Promise<Leaving> {
  return db.transaction(async (tx) => {
    const mine = and(eq(mailToSend.id, mail.id), sql`${mailToSend.leasedBy} = ${mail.leasedBy}`)
    const [row] = await tx.select({ id: mailToSend.id }).from(mailToSend).where(mine).for("update")
    if (!row) throw new Error(`mail ${mail.id} was taken over before its links were written`)
    const written = withLinksAt(mail.rendered ?? (await renderedOf(tx, mail.id)), from, to)
    const rendered = await signFor(tx, mail.from.address, written, now)
    await storing(tx, rendered, (bytes) =>
      tx.update(mailToSend).set({ rendered: bytes, linkOrigin: to }).where(eq(mailToSend.id, mail.id)),
    )
    // Large mail is read again when its turn comes.
    return { ...mail, linkOrigin: to, rendered: mail.rendered && rendered }
  })
}

/** There is a public address now, so what waited for one leaves. */
export async function releaseForAddress(now: Date) {
  await db.transaction(async (tx) => {
    await tx
      .update(mailToSend)
      .set({ dueAt: now })
      .where(and(eq(mailToSend.lastAnswer, addressWords), isOpen))
    await wake(tx, "mail to send")
  })
}

const isOpen = sql`${mailToSend.sentAt} is null and ${mailToSend.keptAt} is null
  and ${mailToSend.failedAt} is null and ${mailToSend.unconfirmedAt} is null`
