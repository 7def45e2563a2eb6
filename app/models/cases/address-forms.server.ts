import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mayDiffer, renamesOf } from "../people/address-forms.ts"

/** Brings the addresses of those who take part into the one form, where the case does not have them in it already. */
export async function renameParticipants() {
  const kept = await db.execute<{ address: string }>(
    sql`select distinct address from participants where address ~ ${mayDiffer}`,
  )
  for (const { from, to } of renamesOf(kept.map(({ address }) => address)))
    await db.execute(sql`
      update participants p set address = ${to}
       where address = ${from}
         and not exists (select from participants o where o.case_number = p.case_number and o.address = ${to})`)
}
