import { and, eq, isNotNull, isNull } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import type { Address } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { customerAddresses } from "#db/tables/people.ts"
import type { CaseRow } from "../cases/case.server.ts"
import { inFamily } from "../cases/family.server.ts"
import type { Settings } from "../people/settings.ts"
import type { Letter } from "./letter.server.ts"
import type { NewReply } from "./reply.server.ts"

/** What is asked with this reply. While a frown is open, every reply of a person is part of making it good. */
export async function askIn(
  tx: Tx,
  kase: CaseRow,
  { agentId, leaveOffRating }: Pick<NewReply, "agentId" | "leaveOffRating">,
  to: Address[],
  desk: Settings,
): Promise<Letter["ask"]> {
  if (!desk["ratings.lineOn"] || (await isUndeliverable(tx, to))) return null
  // A frown may sit on a case that was merged into this one.
  const [frown] = await tx
    .select({ id: frowns.id })
    .from(frowns)
    .where(and(inFamily(frowns.caseNumber, kase.number), isNull(frowns.closedAt)))
  return { leftOffBy: leaveOffRating ? agentId : null, recoveryFrownId: frown?.id ?? null }
}

async function isUndeliverable(tx: Tx, [to]: Address[]) {
  if (!to) return true
  const dead = and(eq(customerAddresses.address, to.address), isNotNull(customerAddresses.undeliverableAt))
  return (await tx.select({ address: customerAddresses.address }).from(customerAddresses).where(dead)).length > 0
}
