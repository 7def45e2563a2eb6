import { and, asc, eq, isNotNull, sql } from "drizzle-orm"
import { db, type Tx, ts } from "#db/connection.server.ts"
import { cases, drafts } from "#db/tables/cases.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { lockCase } from "../cases/case.server.ts"
import { waitingOnUs } from "../cases/waiting.server.ts"
import { record } from "./assignment.server.ts"
import { lockAgents } from "./candidates.server.ts"
import { type Load, loads } from "./load.server.ts"

const draftHolds = 30 * 60_000

export type Stranded = { number: number; agentId: number; agent: string; because: string }

/** Cases waiting on us with somebody who cannot work them now. A draft touched in the last half hour holds its case. */
export async function stranded(now: Date): Promise<Stranded[]> {
  const people = await loads(now)
  const cannot = new Map(
    people.filter(({ presence }) => presence.state === "off").map((one) => [one.agentId, "off shift"]),
  )
  const rows = await db
    .select({
      number: cases.number,
      agentId: agents.id,
      agent: agents.name,
      gone: agents.deactivatedAt,
      here: mailboxAgents.agentId,
    })
    .from(cases)
    .innerJoin(agents, eq(agents.id, cases.agentId))
    .leftJoin(mailboxAgents, and(eq(mailboxAgents.agentId, agents.id), eq(mailboxAgents.mailboxId, cases.mailboxId)))
    .where(and(isNotNull(cases.agentId), waitingOnUs(now), sql`not exists (${fresh(now)})`))
    .orderBy(asc(cases.number))
  return rows.flatMap(({ number, agentId, agent, gone, here }) => {
    const because = gone ? "left the desk" : here === null ? "no longer on this mailbox" : cannot.get(agentId)
    return because ? [{ number, agentId, agent, because }] : []
  })
}

/**
 * Gives back what somebody cannot work: their account ended, they left the mailbox, or they are off and somebody else
 * on the mailbox is present (decisions 41). How many cases went back; the sweep then gives them out.
 */
export async function releaseStranded(now: Date): Promise<number> {
  const found = await stranded(now)
  if (found.length === 0) return 0
  let released = 0
  for (const one of found) if (await free(one, now)) released++
  return released
}

/** Frees one case at a person's press, whoever else is there. */
export async function free({ number, agentId, agent, because }: Stranded, now: Date): Promise<boolean> {
  const people = await loads(now)
  return db.transaction(async (tx) => {
    const kase = await lockCase(tx, number)
    if (kase?.agentId !== agentId || !kase.waitingSince) return false
    await lockAgents(tx, kase.mailboxId)
    if (because === "off shift" && !(await somebodyElse(tx, kase.mailboxId, agentId, people))) return false
    const reason = `Back to the pool: ${agent} is ${because}.`
    await record(tx, kase, { to: null, by: null, rule: "released", reason }, now)
    return true
  })
}

async function somebodyElse(tx: Tx, mailboxId: number, agentId: number, people: Load[]) {
  const here = await tx
    .select({ id: mailboxAgents.agentId })
    .from(mailboxAgents)
    .where(eq(mailboxAgents.mailboxId, mailboxId))
  const ids = here.map((row) => row.id).filter((id) => id !== agentId)
  return people.some((one) => ids.includes(one.agentId) && one.presence.state === "present" && one.load < one.limit)
}

const fresh = (now: Date) =>
  db
    .select({ one: sql`1` })
    .from(drafts)
    .where(
      and(
        eq(drafts.caseNumber, cases.number),
        eq(drafts.agentId, cases.agentId),
        sql`${drafts.savedAt} > ${ts(new Date(now.getTime() - draftHolds))}`,
      ),
    )
