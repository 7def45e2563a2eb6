import { and, asc, eq, type SQL, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { customerAddresses, customers } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { addressTexts } from "../people/domain.ts"
import { likeText } from "./search.ts"
import { filedVisiblyTo, inMailboxesOf } from "./visible.server.ts"

const listed = 50
const stripLength = 40

export type CustomerRow = {
  id: number
  name: string
  addresses: string[]
  cases: number
  lastMessageAt: Date
  faces: string[]
}

/**
 * The customers heard from last, or those whose name or address has these words in it. Only people with a case in a
 * mailbox of the viewer's: an address alone tells a stranger who writes to us.
 */
export async function listCustomers(viewer: Viewer, q: string | null): Promise<CustomerRow[]> {
  const isTheirs = (mailbox: SQL) => inMailboxesOf(viewer, mailbox)
  // Without words the newest cases say who wrote last: reading every customer to sort them would not last.
  const found = q
    ? sql`select u.id from customers u where u.name ilike ${likeText(q)}
          union select a.customer_id from customer_addresses a where ${isAddress(sql`a.address`, q)}`
    : sql`select customer_id as id from (select customer_id from cases where customer_id is not null
            and ${isTheirs(sql`mailbox_id`)} order by last_message_at desc limit 400) newest group by 1`
  const rows = await db.execute<{ id: string; name: string; addresses: string[]; cases: number; last: string }>(sql`
    with found as (${found})
    select u.id, u.name, count(*)::int as cases, max(c.last_message_at) as last,
           (select coalesce(json_agg(a.address order by a.created_at, a.address), '[]')
              from customer_addresses a where a.customer_id = u.id) as addresses
      from found join customers u on u.id = found.id
      join cases c on c.customer_id = u.id and ${isTheirs(sql`c.mailbox_id`)}
     group by u.id, u.name order by last desc, u.id limit ${listed}`)
  const faces = await facesByCustomer(
    viewer,
    rows.map(({ id }) => Number(id)),
  )
  return rows.map(({ id, last, ...row }) => ({
    ...row,
    id: Number(id),
    lastMessageAt: new Date(last),
    faces: faces.get(Number(id)) ?? [],
  }))
}

/** A customer as the viewer may know them: null without a case of theirs in a mailbox the viewer answers. */
export async function customerOf(viewer: Viewer, id: number) {
  const [row] = await db
    .select({ id: customers.id, name: customers.name, about: customers.about, since: customers.createdAt })
    .from(customers)
    .where(and(eq(customers.id, id), knownTo(viewer)))
  if (!row) return null
  const addresses = await db
    .select({ address: customerAddresses.address, undeliverableAt: customerAddresses.undeliverableAt })
    .from(customerAddresses)
    .where(eq(customerAddresses.customerId, id))
    .orderBy(asc(customerAddresses.createdAt), asc(customerAddresses.address))
  return { ...row, addresses, faces: (await facesByCustomer(viewer, [id])).get(id) ?? [] }
}

/** What each of them last said about each reply the viewer may read, oldest first: their strip of faces. */
async function facesByCustomer(viewer: Viewer, ids: number[]): Promise<Map<number, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db.execute<{ id: string; faces: string[] }>(sql`
    select q.customer_id as id, array_agg(r.standing order by r.last_at) as faces
      from rating_requests q join ratings r on r.request_id = q.id
     where r.voided_at is null and ${filedVisiblyTo(viewer, sql`q.case_number`)} and q.customer_id in (${sql.join(
       ids.map((id) => sql`${id}`),
       sql`, `,
     )}) group by 1`)
  return new Map(rows.map(({ id, faces }) => [Number(id), faces.slice(-stripLength)]))
}

const knownTo = (viewer: Viewer) => sql`exists (
  select from cases c where c.customer_id = ${customers.id} and ${inMailboxesOf(viewer, sql`c.mailbox_id`)})`

/** An address with this in it, however its domain is typed. */
const isAddress = (column: SQL, typed: string) =>
  sql`(${sql.join(
    addressTexts(typed).map((text) => sql`${column} ilike ${likeText(text)}`),
    sql` or `,
  )})`
