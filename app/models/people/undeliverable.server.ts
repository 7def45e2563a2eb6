import { and, eq, isNotNull, isNull } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { customerAddresses } from "#db/tables/people.ts"
import { comparable } from "./address.ts"

/** Mail to this address comes back for good. Only the server we handed it to, or a bounce proven to answer our own mail, may say so. */
export async function markUndeliverable(tx: Tx, address: string, now: Date) {
  const known = eq(customerAddresses.address, comparable(address))
  await tx
    .update(customerAddresses)
    .set({ undeliverableAt: now })
    .where(and(known, isNull(customerAddresses.undeliverableAt)))
}

/** Somebody wrote from it, so somebody is there. */
export async function markDeliverable(tx: Tx, address: string) {
  const known = eq(customerAddresses.address, comparable(address))
  await tx
    .update(customerAddresses)
    .set({ undeliverableAt: null })
    .where(and(known, isNotNull(customerAddresses.undeliverableAt)))
}
