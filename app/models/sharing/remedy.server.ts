import { eq, inArray } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailboxes } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { settings } from "../people/settings.server.ts"
import { candidatesForAll } from "./candidates.server.ts"
import { type Remedy, remedyFor } from "./remedy.ts"

/**
 * Whom each of these cases is offered to, by its number. It asks as often for many as for one, so the customers' usual
 * agents, a question for each case, are left out.
 */
export async function remediesFor(
  { id: me }: Viewer,
  numbers: readonly number[],
  now: Date,
): Promise<Map<number, Remedy>> {
  const [desk, listed] = await Promise.all([settings(), casesWith(numbers)])
  const [timeZone, rampCases] = [desk["desk.timeZone"], desk["sharing.rampCases"]]
  const people = await candidatesForAll(db, listed, timeZone, now)
  return new Map(
    listed.map(({ number, knowsIt, holder, mailbox, asksFor, boxAsksFor }) => {
      const skills = [...new Set([...boxAsksFor, ...asksFor])]
      const asked = { knowsIt, usual: null, rampCases, timeZone, mailbox, asksFor: skills }
      return [number, remedyFor(people.get(number) ?? [], { holder, me }, asked, now)]
    }),
  )
}

function casesWith(numbers: readonly number[]) {
  return db
    .select({
      number: cases.number,
      mailboxId: cases.mailboxId,
      holder: cases.agentId,
      knowsIt: cases.lastAnsweredBy,
      asksFor: cases.asksFor,
      mailbox: mailboxes.name,
      boxAsksFor: mailboxes.asksFor,
    })
    .from(cases)
    .innerJoin(mailboxes, eq(mailboxes.id, cases.mailboxId))
    .where(inArray(cases.number, [...numbers]))
}
