import { and, eq, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { customerAddresses, customers } from "#db/tables/people.ts"
import { canonicalAddress } from "./address.ts"

/** The customer who writes from this address, made when there is none yet. A name they had is kept. */
export async function customerFor(tx: Tx, from: { name: string; address: string }, now: Date): Promise<number> {
  const address = canonicalAddress(from.address) ?? noAddress(from.address)
  const name = printable(from.name).slice(0, 200)
  const known = (await customerAt(tx, address)) ?? (await customerAtAfterOthers(tx, address))
  if (known === null) return newCustomer(tx, { name, address }, now)
  if (name !== "")
    await tx
      .update(customers)
      .set({ name })
      .where(and(eq(customers.id, known), eq(customers.name, "")))
  return known
}

/** What a sender calls themselves, without what PostgreSQL cannot keep (NUL) and what would break a line. */
const printable = (text: string) => text.replace(/\p{Cc}+/gu, " ").trim()

/** What is no address stands as it came, and never in a form that somebody could have. */
function noAddress(text: string) {
  const kept = printable(text).toLowerCase()
  return canonicalAddress(kept) === null ? kept : `<${kept}>`
}

async function customerAt(tx: Tx, address: string): Promise<number | null> {
  const [row] = await tx
    .select({ id: customerAddresses.customerId })
    .from(customerAddresses)
    .where(eq(customerAddresses.address, address))
  return row?.id ?? null
}

/** Two first mails of one person at the same time must make one customer: the second waits for the first to commit. */
async function customerAtAfterOthers(tx: Tx, address: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`customer ${address}`}, 0))`)
  return customerAt(tx, address)
}

async function newCustomer(tx: Tx, { name, address }: { name: string; address: string }, now: Date): Promise<number> {
  const [made] = await tx.insert(customers).values({ name, createdAt: now }).returning({ id: customers.id })
  if (!made) throw new Error("a customer was inserted without an id")
  await tx.insert(customerAddresses).values({ address, customerId: made.id, createdAt: now })
  return made.id
}
