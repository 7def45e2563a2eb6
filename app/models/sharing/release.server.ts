import { and, asc, eq, isNotNull, sql } from "drizzle-orm"
import { db, type Tx, ts } from "#db/connection.server.ts"
import { cases, drafts } from "#db/tables/cases.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { type CaseRow, lockCase } from "../cases/case.server.ts"
import { waitingOnUs } from "../cases/waiting.server.ts"
import { record } from "./assignment.server.ts"
import { lockAgents } from "./candidates.server.ts"
import { choose } from "./choice.server.ts"
import { hasRoom } from "./eligible.ts"
import { loads } from "./load.server.ts"
import { cannotWork } from "./release.ts"

const draftHolds = 30 * 60_000

/**
 * `until`: when whoever has it is back, where that is known; `isOver`: they will not be, not for this case; `isMeant`:
 * a person gave it to them, or they took it, when it waited and they were gone already.
 */
export type HeldInVain = {
  number: number
  mailboxId: number
  agentId: number
  agent: string
  because: string
  until: string | null
  isOver: boolean
  isMeant: boolean
}

/**
 * Cases waiting on us with somebody who cannot work them now, and whom somebody else could relieve. Its normal length
 * is zero. `resting`: the same with nobody else there; they stay with whoever knows them. So does what
 * a person gave to somebody who was gone: the desk does not undo what people meant.
 */
export async function stranded(now: Date): Promise<{ stranded: HeldInVain[]; resting: HeldInVain[] }> {
  const found = await heldInVain(now)
  const room = new Map<number, Set<number>>()
  const relieved = new Set<number>()
  for (const { number, mailboxId, agentId, isOver, isMeant } of found) {
    if (isMeant) continue
    const here = room.get(mailboxId) ?? (await whoHasRoom(number, now))
    room.set(mailboxId, here)
    const isAlone = here.size === (here.has(agentId) ? 1 : 0)
    if (isOver || (!isAlone && (await somebodyElse(number, now)))) relieved.add(number)
  }
  return {
    stranded: found.filter(({ number }) => relieved.has(number)),
    resting: found.filter(({ number }) => !relieved.has(number)),
  }
}

/** Those with room for any case of its mailbox: at night there are none, and no other case of it need be asked about. */
async function whoHasRoom(number: number, now: Date): Promise<Set<number>> {
  const [kase] = await db.select().from(cases).where(eq(cases.number, number))
  if (!kase) return new Set()
  const { choice, candidates } = await choose(db, kase, now)
  return new Set(candidates.filter((one) => hasRoom(one, choice.asked)).map(({ agentId }) => agentId))
}

/** Gives back what is stranded; the sweep then gives it out. How many cases went back. */
export async function releaseStranded(now: Date): Promise<number> {
  let released = 0
  for (const one of (await stranded(now)).stranded) if (await release(one, now)) released++
  return released
}

async function release({ number, agentId, agent, because, isOver }: HeldInVain, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const kase = await lockCase(tx, number)
    if (kase?.agentId !== agentId || !kase.waitingSince) return false
    await lockAgents(tx, kase.mailboxId)
    if (!isOver && !(await isRelieved(tx, kase, now))) return false
    const reason = `Back to the pool: ${agent} is ${because}.`
    await record(tx, kase, { to: null, by: null, rule: "released", reason }, now)
    return true
  })
}

async function heldInVain(now: Date): Promise<HeldInVain[]> {
  const people = new Map((await loads(now)).map((one) => [one.agentId, one]))
  const rows = await heldWithoutDraft(now)
  return rows.flatMap(({ gone, here, byHandAt, ...held }): HeldInVain[] => {
    const over = gone ? "left the desk" : here === null ? "no longer on this mailbox" : null
    if (over) return [{ ...held, because: over, until: null, isOver: true, isMeant: false }]
    const holder = people.get(held.agentId)
    const because = holder ? cannotWork(holder, now) : null
    if (!because || !holder) return []
    const isMeant = byHandAt !== null && holder.goneSince !== null && new Date(byHandAt) >= holder.goneSince
    return [{ ...held, because, until: holder.presence.until, isOver: false, isMeant }]
  })
}

/** A draft touched in the last half hour holds its case with its writer. */
function heldWithoutDraft(now: Date) {
  return db
    .select({
      number: cases.number,
      mailboxId: cases.mailboxId,
      agentId: agents.id,
      agent: agents.name,
      gone: agents.deactivatedAt,
      here: mailboxAgents.agentId,
      byHandAt: sql<
        string | null
      >`(select case when g.rule in ('taken', 'handed over') and g.at >= cases.waiting_since then g.at end
        from assignments g where g.case_number = cases.number order by g.id desc limit 1)`,
    })
    .from(cases)
    .innerJoin(agents, eq(agents.id, cases.agentId))
    .leftJoin(mailboxAgents, and(eq(mailboxAgents.agentId, agents.id), eq(mailboxAgents.mailboxId, cases.mailboxId)))
    .where(and(isNotNull(cases.agentId), waitingOnUs(now), withoutDraft(now)))
    .orderBy(asc(cases.number))
}

export const withoutDraft = (now: Date) => {
  const { caseNumber, agentId, savedAt } = drafts
  const isFresh = sql`${savedAt} > ${ts(new Date(now.getTime() - draftHolds))}`
  const fresh = db
    .select({ one: sql`1` })
    .from(drafts)
    .where(and(eq(caseNumber, cases.number), eq(agentId, cases.agentId), isFresh))
  return sql`not exists (${fresh})`
}

async function somebodyElse(number: number, now: Date): Promise<boolean> {
  const [kase] = await db.select().from(cases).where(eq(cases.number, number))
  return kase !== undefined && isRelieved(db, kase, now)
}

/** Whether anybody but its holder could be given it now. */
export async function isRelieved(tx: Tx | typeof db, kase: CaseRow, now: Date): Promise<boolean> {
  const { choice } = await choose(tx, kase, now)
  return choice.rows.some(({ agentId, skipped }) => agentId !== kase.agentId && skipped === null)
}
