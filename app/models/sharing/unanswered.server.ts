import { and, asc, eq, gte, isNotNull, isNull, lt, or, sql } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { type CaseRow, lockCase } from "../cases/case.server.ts"
import { waitingOnUs } from "../cases/waiting.server.ts"
import { deskCalendar } from "../people/calendar.server.ts"
import { businessMinutesBetween, type Calendar } from "../people/hours.ts"
import { setting } from "../people/settings.server.ts"
import { record } from "./assignment.server.ts"
import { lockAgents } from "./candidates.server.ts"
import { isRelieved, withoutDraft } from "./release.server.ts"

export type Unanswered = { number: number; subject: string; agentId: number; agent: string; hours: number }
/** Says it to those who lead; given by whoever can send mail. */
export type Tell = (tx: Tx, unanswered: Unanswered, now: Date) => Promise<void>

/**
 * Given but unanswered for the hours of the setting (business time): once it goes back to the pool, if anybody else
 * could be given it; the second time a lead is told, once. How many went back.
 */
export async function returnUnanswered(tell: Tell, now: Date): Promise<number> {
  const [hours, calendar] = await Promise.all([setting("sharing.unansweredHours"), deskCalendar()])
  let returned = 0
  for (const number of await heldLong(hours, calendar, now))
    if (await dealWith(number, { hours, calendar, tell }, now)) returned++
  return returned
}

/** Since when whoever has it leaves it unanswered. */
const since = sql`greatest(${cases.agentSince}, ${cases.waitingSince})`

type Terms = { hours: number; calendar: Calendar; tell: Tell }

/** The database says how long by the wall clock: business time is never more. What a lead was told of is done with. */
async function heldLong(hours: number, calendar: Calendar, now: Date): Promise<number[]> {
  const { number, agentId, agentSince, waitingSince, closedAt, leadToldAt } = cases
  const isUntold = or(isNull(leadToldAt), lt(leadToldAt, since))
  const rows = await db
    .select({ number, agentId, agentSince, waitingSince, closedAt })
    .from(cases)
    .where(
      and(
        isNotNull(agentId),
        waitingOnUs(now),
        isUntold,
        withoutDraft(now),
        sql`${since} <= ${ts(new Date(now.getTime() - hours * 3_600_000))}`,
      ),
    )
    .orderBy(asc(number))
    .limit(1000)
  return rows.filter((row) => isLong(row, hours, calendar, now)).map((row) => row.number)
}

function isLong(kase: Held, hours: number, calendar: Calendar, now: Date) {
  const since = heldSince(kase)
  return since !== null && businessMinutesBetween(since, now, calendar) >= hours * 60
}

async function dealWith(number: number, { hours, calendar, tell }: Terms, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const kase = await lockCase(tx, number)
    if (!kase || !isLong(kase, hours, calendar, now)) return false
    await lockAgents(tx, kase.mailboxId)
    const agent = await nameOf(tx, kase.agentId)
    const isSecond = await wentBackBefore(tx, kase)
    if (!isSecond && (await isRelieved(tx, kase, now))) {
      const reason = `Back to the pool: unanswered for ${hours} business hours with ${agent}.`
      await record(tx, kase, { to: null, by: null, rule: "unanswered", reason }, now)
      return true
    }
    await tx.update(cases).set({ leadToldAt: now }).where(eq(cases.number, number))
    await announce(tx, { kind: "case", caseNumber: number, mailboxId: kase.mailboxId, agentId: kase.agentId }, now)
    await tell(tx, { number, subject: kase.subject, agentId: kase.agentId ?? 0, agent, hours }, now)
    return false
  })
}

type Held = Pick<CaseRow, "agentId" | "agentSince" | "waitingSince" | "closedAt">

function heldSince({ agentId, agentSince, waitingSince, closedAt }: Held): Date | null {
  if (agentId === null || !agentSince || !waitingSince || closedAt) return null
  return agentSince > waitingSince ? agentSince : waitingSince
}

async function wentBackBefore(tx: Tx, { number, waitingSince }: CaseRow): Promise<boolean> {
  const { caseNumber, rule, at, id } = assignments
  const sinceThen = waitingSince ? gte(at, waitingSince) : undefined
  const [row] = await tx
    .select({ id })
    .from(assignments)
    .where(and(eq(caseNumber, number), eq(rule, "unanswered"), sinceThen))
    .limit(1)
  return row !== undefined
}

async function nameOf(tx: Tx, agentId: number | null) {
  const [row] = await tx
    .select({ name: agents.name })
    .from(agents)
    .where(eq(agents.id, agentId ?? 0))
  return row?.name ?? "nobody"
}

/** What leads were told of, and still is as it was then: unanswered, with the same person. Longest first. */
export async function unansweredTwice(now: Date) {
  const { number, subject, mailboxId, leadToldAt, waitingSince } = cases
  return db
    .select({ number, subject, mailboxId, waitingSince, agentId: agents.id, agent: agents.name })
    .from(cases)
    .innerJoin(agents, eq(agents.id, cases.agentId))
    .where(and(waitingOnUs(now), isNotNull(leadToldAt), gte(leadToldAt, since)))
    .orderBy(asc(waitingSince), asc(number))
    .limit(100)
}
