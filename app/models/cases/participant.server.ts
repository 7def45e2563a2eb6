import { asc, eq, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { type Address, participants } from "#db/tables/cases.ts"
import { comparable } from "../people/address.ts"

export type Participant = { address: string; name: string; standing: "requester" | "accepted" | "pending" }

export async function participantsOf(tx: Tx, caseNumber: number): Promise<Participant[]> {
  return tx
    .select({ address: participants.address, name: participants.name, standing: participants.standing })
    .from(participants)
    .where(eq(participants.caseNumber, caseNumber))
    .orderBy(asc(participants.addedAt), asc(participants.address))
}

/** Adds somebody, or raises somebody pending to accepted; nobody's standing is ever lowered. */
export async function addParticipant(
  tx: Tx,
  caseNumber: number,
  { address, name }: Address,
  standing: "requester" | "accepted" | "pending",
  now: Date,
) {
  await tx
    .insert(participants)
    .values({ caseNumber, address: comparable(address), name, standing, addedAt: now })
    .onConflictDoUpdate({
      target: [participants.caseNumber, participants.address],
      set: {
        standing: sql`case when ${participants.standing} = 'pending' then excluded.standing else ${participants.standing} end`,
        name: sql`case when ${participants.name} = '' then excluded.name else ${participants.name} end`,
      },
    })
}
