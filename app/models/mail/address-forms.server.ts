import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mayDiffer, renamesOf } from "../people/address-forms.ts"

/** Brings what people said of senders, and what came back, into the one form. What was said of the form itself stands. */
export async function renameSenders() {
  const kept = await db.execute<{ address: string }>(sql`
    select sender as address from sender_rules where sender ~ ${mayDiffer}
     union select address from bounces where address ~ ${mayDiffer}`)
  for (const { from, to } of renamesOf(kept.map(({ address }) => address))) {
    await db.execute(sql`
      update sender_rules set sender = ${to}
       where sender = ${from} and not exists (select from sender_rules where sender = ${to})`)
    await db.execute(sql`
      update bounces b set address = ${to}
       where address = ${from}
         and not exists (select from bounces o where o.mail_id = b.mail_id and o.address = ${to})`)
  }
}
