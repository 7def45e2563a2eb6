import { and, eq, isNotNull, sql } from "drizzle-orm"
import type { Db, Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailboxes } from "#db/tables/people.ts"
import type { Asked } from "#db/tables/sharing.ts"
import type { CaseRow } from "../cases/case.server.ts"
import { settingsIn } from "../people/settings.server.ts"
import { candidatesFor } from "./candidates.server.ts"
import type { Candidate } from "./eligible.ts"
import { type Choice, nextAgent } from "./next-agent.ts"

/** Who is next for the case as everything stands now, and the people it was chosen from. */
export async function choose(
  tx: Tx | Db,
  kase: CaseRow,
  now: Date,
): Promise<{ choice: Choice; candidates: Candidate[] }> {
  const { candidates, asked } = await lookAt(tx, kase, now)
  return { choice: nextAgent(candidates, asked, now), candidates }
}

/** Everybody who could be looked at for the case, and what is asked of them. */
export async function lookAt(
  tx: Tx | Db,
  kase: CaseRow,
  now: Date,
): Promise<{ candidates: Candidate[]; asked: Asked }> {
  const desk = await settingsIn(tx)
  const timeZone = desk["desk.timeZone"]
  const candidates = await candidatesFor(tx, { mailboxId: kase.mailboxId, caseNumber: kase.number }, timeZone, now)
  const [box] = await tx
    .select({ name: mailboxes.name, asksFor: mailboxes.asksFor })
    .from(mailboxes)
    .where(eq(mailboxes.id, kase.mailboxId))
  const asked = {
    knowsIt: kase.lastAnsweredBy,
    usual: desk["sharing.usualAgent"] ? await usualAgent(tx, kase) : null,
    rampCases: desk["sharing.rampCases"],
    timeZone,
    mailbox: box?.name ?? "",
    asksFor: [...new Set([...(box?.asksFor ?? []), ...kase.asksFor])],
  }
  return { candidates, asked }
}

/** Who answered this customer most in their last ten answered cases. */
async function usualAgent(tx: Tx | Db, { customerId }: CaseRow) {
  if (customerId === null) return null
  const lately = tx
    .select({ agentId: cases.lastAnsweredBy })
    .from(cases)
    .where(and(eq(cases.customerId, customerId), isNotNull(cases.lastAnsweredBy)))
    .orderBy(sql`${cases.lastMessageAt} desc`)
    .limit(10)
    .as("lately")
  const [row] = await tx
    .select({ agentId: lately.agentId })
    .from(lately)
    .groupBy(lately.agentId)
    .orderBy(sql`count(*) desc`)
    .limit(1)
  return row?.agentId ?? null
}
