import { and, asc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { type CaseRow, giveCase, lockCase } from "../cases/case.server.ts"
import { waitingOnUs } from "../cases/waiting.server.ts"
import { settingsIn } from "../people/settings.server.ts"
import { candidatesFor, lockAgents } from "./candidates.server.ts"
import { type Choice, nextAgent } from "./next-agent.ts"

type Given = { agentId: number | null; reason: string }

/**
 * Gives a case that nobody has to whoever is next, or leaves it in the pool with the reason. Older cases in the pool
 * come first: then this one waits its turn, and the worker's sweep gives them out in order.
 */
export async function assignCase(tx: Tx, number: number, now: Date): Promise<Given> {
  const kase = await lockCase(tx, number)
  if (!kase) throw new Error(`no case ${number} to assign`)
  if (kase.agentId !== null) return { agentId: kase.agentId, reason: "Already with somebody." }
  await lockAgents(tx, kase.mailboxId)
  const ahead = await olderInPool(tx, kase, now)
  const choice = await choose(tx, kase, now)
  if (ahead > 0 && choice.agentId !== null) return toPool(tx, kase, waitsBehind(choice, ahead), now)
  return choice.agentId === null ? toPool(tx, kase, choice, now) : give(tx, kase, choice, now)
}

/** Gives out the pool, oldest first, mailbox by mailbox, until nobody has room. How many went out. */
export async function drainPool(now: Date): Promise<number> {
  const boxes = await db.selectDistinct({ mailboxId: cases.mailboxId }).from(cases).where(inPool(now))
  let given = 0
  for (const { mailboxId } of boxes) while (await giveOldest(mailboxId, now)) given++
  return given
}

/** Who would get it now, and why not the others; nothing is given. */
export async function choose(tx: Tx, kase: CaseRow, now: Date): Promise<Choice> {
  const desk = await settingsIn(tx)
  const timeZone = desk["desk.timeZone"]
  const candidates = await candidatesFor(tx, { mailboxId: kase.mailboxId, caseNumber: kase.number }, timeZone, now)
  const [box] = await tx.select({ name: mailboxes.name }).from(mailboxes).where(eq(mailboxes.id, kase.mailboxId))
  const usual = desk["sharing.usualAgent"] ? await usualAgent(tx, kase) : null
  const rampCases = desk["sharing.rampCases"]
  return nextAgent(
    candidates,
    { knowsIt: kase.lastAnsweredBy, usual, rampCases, timeZone, mailbox: box?.name ?? "" },
    now,
  )
}

/** Whoever answers a case that nobody has, has it. */
export async function answeredBy(tx: Tx, number: number, agentId: number, now: Date) {
  const kase = await lockCase(tx, number)
  if (!kase || kase.agentId !== null) return
  const [agent] = await tx.select({ name: agents.name }).from(agents).where(eq(agents.id, agentId))
  const reason = `${agent?.name ?? "Somebody"} answered it.`
  await record(tx, kase, { to: agentId, by: agentId, rule: "answered", reason, candidates: [] }, now)
}

type Entry = {
  to: number | null
  by: number | null
  rule: (typeof assignments.$inferInsert)["rule"]
  reason: string
  candidates: (typeof assignments.$inferInsert)["candidates"]
}

/** Moves the case and writes down why, in one place, for every path. */
export async function record(tx: Tx, kase: CaseRow, { to, by, rule, reason, candidates }: Entry, now: Date) {
  await giveCase(tx, kase.number, to, now)
  if (to !== null) await tx.update(agents).set({ lastGivenAt: now }).where(eq(agents.id, to))
  const row = { caseNumber: kase.number, fromAgentId: kase.agentId, toAgentId: to, byAgentId: by }
  await tx.insert(assignments).values({ ...row, at: now, rule, reason, candidates: candidates ?? [] })
  await announce(tx, { kind: "assignment", caseNumber: kase.number, mailboxId: kase.mailboxId, agentId: to }, now)
}

async function give(tx: Tx, kase: CaseRow, { agentId, rule, reason, rows }: Choice, now: Date): Promise<Given> {
  await record(tx, kase, { to: agentId, by: null, rule, reason, candidates: rows }, now)
  return { agentId, reason }
}

async function toPool(tx: Tx, kase: CaseRow, { reason, rows }: Choice, now: Date): Promise<Given> {
  await record(tx, kase, { to: null, by: null, rule: "pool", reason, candidates: rows }, now)
  return { agentId: null, reason }
}

const waitsBehind = (choice: Choice, ahead: number): Choice => ({
  ...choice,
  agentId: null,
  reason: `In the pool behind ${ahead === 1 ? "one older case" : `${ahead} older cases`}, given out in order.`,
})

const inPool = (now: Date) => and(isNull(cases.agentId), waitingOnUs(now))

async function olderInPool(tx: Tx, kase: CaseRow, now: Date) {
  if (!kase.waitingSince) return 0
  const older = and(inPool(now), eq(cases.mailboxId, kase.mailboxId), lt(cases.waitingSince, kase.waitingSince))
  const rows = await tx.select({ number: cases.number }).from(cases).where(older).limit(100)
  return rows.length
}

async function giveOldest(mailboxId: number, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [kase] = await tx
      .select()
      .from(cases)
      .where(and(inPool(now), eq(cases.mailboxId, mailboxId)))
      .orderBy(asc(cases.waitingSince), asc(cases.number))
      .limit(1)
      .for("update", { skipLocked: true })
    if (!kase) return false
    await lockAgents(tx, mailboxId)
    const choice = await choose(tx, kase, now)
    if (choice.agentId === null) return false
    await give(tx, kase, choice, now)
    return true
  })
}

/** Who answered this customer most in their last ten answered cases. */
async function usualAgent(tx: Tx, { customerId }: CaseRow) {
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
