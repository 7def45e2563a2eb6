import { and, asc, eq, type SQL, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { type Address, participants } from "#db/tables/cases.ts"
import { comparable } from "../people/address.ts"
import type { Viewer } from "../people/agent.ts"
import { inHiddenFamily, inVisibleFamily } from "./visible.server.ts"

export type Participant = { address: string; name: string; standing: "requester" | "accepted" | "pending" }

export const participantsOf = (tx: Tx, caseNumber: number): Promise<Participant[]> => listed(tx, caseNumber, undefined)

/**
 * Those the viewer knows of. Merging brings the people of one case into the other; who came from a mailbox the viewer
 * does not answer, and is in nothing they may read, is neither shown to them nor written to by them.
 */
export function participantsFor(tx: Tx, viewer: Pick<Viewer, "mailboxIds">, caseNumber: number) {
  const { address, standing } = participants
  const isKnown = sql`(${standing} = 'requester'
    or not exists (select from participants h where h.address = ${address}
         and ${inHiddenFamily(viewer, sql`h.case_number`, caseNumber)})
    or exists (select from participants v where v.address = ${address} and v.case_number <> ${caseNumber}
         and ${inVisibleFamily(viewer, sql`v.case_number`, caseNumber)})
    or exists (select from messages m, jsonb_array_elements(m."to" || m.cc || jsonb_build_array(m."from")) named
         where lower(named ->> 'address') = ${address}
           and ${inVisibleFamily(viewer, sql`m.case_number`, caseNumber)}))`
  return listed(tx, caseNumber, isKnown)
}

function listed(tx: Tx, caseNumber: number, where: SQL | undefined): Promise<Participant[]> {
  return tx
    .select({ address: participants.address, name: participants.name, standing: participants.standing })
    .from(participants)
    .where(and(eq(participants.caseNumber, caseNumber), where))
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
