import { asc } from "drizzle-orm"
import { expect } from "vitest"
import { assignCase } from "#app/models/sharing/assignment.server.ts"
import { chosenFrom } from "#app/models/sharing/next-agent.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { help, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "./cases.ts"

const member = (n: number) => ({
  id: 10 + n,
  name: `Agent ${n}`,
  email: `agent${n}@desk.example`,
  role: "agent" as const,
})
const people = (count: number) => Array.from({ length: count }, (_, n) => member(n))

/** Twenty people on one mailbox beside the cast, numbered from 10. */
export const crowd = people(20)

/** So many of them, each for three cases; the cast is off duty. */
export async function addCrowd(count = 20) {
  await db.update(agents).set({ switchedTo: "off" })
  const more = people(count)
  await db.insert(agents).values(more.map((one) => ({ ...one, passwordHash: "x", loadLimit: 3, createdAt: noon })))
  await db.insert(mailboxAgents).values(more.map(({ id }) => ({ mailboxId: help.id, agentId: id })))
  return more
}

export async function arrives(now: Date) {
  const number = await caseOf("Where?", now)
  await db.transaction((tx) => assignCase(tx, number, now))
  return number
}

/** Of the facts in the database, whatever was pressed: one owner, written down with a reason that follows from its facts. */
export async function allIsWell() {
  const rows = await db.select().from(cases).orderBy(asc(cases.number))
  const written = await db.select().from(assignments).orderBy(asc(assignments.id))
  for (const kase of rows) {
    const last = written.findLast(({ caseNumber }) => caseNumber === kase.number)
    expect(last?.toAgentId, `case ${kase.number}`).toBe(kase.agentId)
    expect(last?.reason).not.toBe("")
    if (kase.closedAt) expect([kase.waitingSince, kase.snoozedUntil]).toEqual([null, null])
  }
  for (const { rule, candidates, asked, toAgentId, reason } of written) {
    const chosen = candidates.find(({ agentId }) => agentId === toAgentId)
    if (rule === "spare room" || rule === "knows it") {
      expect(chosen?.skipped).toBeNull()
      expect(chosen?.load).toBeLessThan(chosen?.limit ?? 0)
    }
    if (asked && !reason.includes("behind"))
      expect(chosenFrom(candidates, asked)).toMatchObject({ agentId: toAgentId, reason })
  }
  return rows
}
