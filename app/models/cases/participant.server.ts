import { asc, desc, eq, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { type Address, participants } from "#db/tables/cases.ts"
import { comparable } from "../people/address.ts"
import type { Viewer } from "../people/agent.ts"
import { inVisibleFamily } from "./visible.server.ts"

export type Participant = {
  address: string
  name: string
  standing: "requester" | "accepted" | "pending"
  /** The case that was merged into this one and has them; null: this one has them itself. */
  ofCase: number | null
}

/**
 * Those the viewer knows of: of a case, and of the cases merged into it as far as they may read those. Merging lets
 * nobody in: whoever takes part in the other case alone stands as pending here, and is gone once the two are taken apart.
 */
export async function participantsFor(
  tx: Tx,
  viewer: Pick<Viewer, "mailboxIds">,
  caseNumber: number,
): Promise<Participant[]> {
  const rows = await tx
    .select()
    .from(participants)
    .where(inVisibleFamily(viewer, participants.caseNumber, caseNumber))
    .orderBy(desc(eq(participants.caseNumber, caseNumber)), asc(participants.addedAt), asc(participants.address))
  const [own, others] = [rows.filter(isOf(caseNumber)), rows.filter((row) => !isOf(caseNumber)(row))]
  const known = new Set(own.map(({ address }) => address))
  const brought = others.filter(({ address }) => !known.has(address) && known.add(address))
  return [
    ...own.map(({ address, name, standing }) => ({ address, name, standing, ofCase: null })),
    ...brought.map(
      ({ address, name, caseNumber: ofCase }) => ({ address, name, standing: "pending", ofCase }) as const,
    ),
  ]
}

const isOf = (caseNumber: number) => (row: { caseNumber: number }) => row.caseNumber === caseNumber

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
