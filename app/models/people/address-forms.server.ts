import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mayDiffer, type Rename, renamesOf } from "./address-forms.ts"

type Kept = { address: string }

/**
 * Brings the addresses of customers, mailboxes and people into the one form. How many stay as they are because the form
 * is somebody's already: two customers are made one by nobody but a person.
 */
export async function renamePeople(): Promise<number> {
  const kept = await db.execute<Kept>(sql`
    select address from customer_addresses where address ~ ${mayDiffer}
     union select address from mailboxes where address ~ ${mayDiffer}
     union select email from agents where email ~ ${mayDiffer}`)
  const renames = renamesOf(kept.map(({ address }) => address))
  for (const one of renames) await rename(one)
  return renames.length === 0 ? 0 : await left(renames)
}

async function rename({ from, to }: Rename) {
  await db.execute(sql`
    update customer_addresses set address = ${to}
     where address = ${from} and not exists (select from customer_addresses where address = ${to})`)
  await db.execute(sql`
    delete from customer_addresses a using customer_addresses b
     where a.address = ${from} and b.address = ${to} and a.customer_id = b.customer_id`)
  await db.execute(sql`
    update mailboxes set address = ${to}
     where address = ${from} and not exists (select from mailboxes where address = ${to})`)
  await db.execute(sql`
    update agents set email = ${to} where email = ${from} and not exists (select from agents where email = ${to})`)
}

async function left(renames: Rename[]): Promise<number> {
  const names = JSON.stringify(renames.map(({ from }) => from))
  const [row] = await db.execute<{ left: number }>(sql`
    with kept as (select jsonb_array_elements_text(${names}::jsonb) as address)
    select ((select count(*) from customer_addresses join kept using (address))
          + (select count(*) from mailboxes join kept using (address))
          + (select count(*) from agents join kept on kept.address = agents.email))::int as left`)
  return row?.left ?? 0
}
