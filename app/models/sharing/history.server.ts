import { asc, desc, eq, inArray } from "drizzle-orm"
import { alias } from "drizzle-orm/pg-core"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"

/** Every time the case changed hands: from whom, to whom, by whom or by the desk's rules, and the table behind it. */
export async function assignmentsOf(caseNumber: number) {
  const from = alias(agents, "from_agent")
  const to = alias(agents, "to_agent")
  const by = alias(agents, "by_agent")
  return db
    .select({
      id: assignments.id,
      at: assignments.at,
      rule: assignments.rule,
      reason: assignments.reason,
      candidates: assignments.candidates,
      asked: assignments.asked,
      toAgentId: assignments.toAgentId,
      from: from.name,
      to: to.name,
      by: by.name,
      toEmail: to.email,
      byEmail: by.email,
    })
    .from(assignments)
    .leftJoin(from, eq(from.id, assignments.fromAgentId))
    .leftJoin(to, eq(to.id, assignments.toAgentId))
    .leftJoin(by, eq(by.id, assignments.byAgentId))
    .where(eq(assignments.caseNumber, caseNumber))
    .orderBy(asc(assignments.id))
}

/** Why each of these cases is where it is: the reason of its last change of hands, as it was then. */
export async function reasonsOf(numbers: readonly number[]): Promise<Map<number, string>> {
  const { caseNumber, reason, id } = assignments
  const rows = await db
    .selectDistinctOn([caseNumber], { number: caseNumber, reason })
    .from(assignments)
    .where(inArray(caseNumber, [...numbers]))
    .orderBy(caseNumber, desc(id))
  return new Map(rows.map((row) => [row.number, row.reason]))
}
