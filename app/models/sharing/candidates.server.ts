import { and, desc, inArray, ne, sql } from "drizzle-orm"
import { type Db, type Tx, ts } from "#db/connection.server.ts"
import { mailboxes } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { waitingOnUs } from "../cases/waiting.server.ts"
import { presenceOf } from "../people/agent.ts"
import { dutyAtOrAfter } from "../people/duty.ts"
import { startOfDay } from "../people/hours.ts"
import { type HoursRow, hoursColumns, hoursFrom } from "../people/peoples-hours.server.ts"
import { type Candidate, rampMinutes } from "./eligible.ts"
import { cameAt, hoursToday } from "./today.ts"

type Row = {
  mailbox_id: number
  id: number
  name: string
  load_limit: number
  mailbox_limit: number | null
  answers_here: boolean
  is_invited: boolean
  switched_to: "present" | "away" | "off"
  switched_at: string | null
  switched_until: string | null
  time_zone: string | null
  last_given_at: string | null
  load: number
  mailbox_load: number
  given_today: number
  given_lately: string[]
  skills: string[]
  last: LastHand | null
} & Omit<HoursRow, "timeZone">

/**
 * Locks the mailbox's agents in id order until the transaction ends, so that two emails in one millisecond cannot both
 * see the same empty plate. Without it 40 at once over 4 agents went 11/7/12/10, with it 10/10/10/10. Not "for update":
 * that waits for every row that only names an agent, and those transactions wait for the lock.
 */
export async function lockAgents(tx: Tx, mailboxId: number) {
  await tx.execute(sql`
    select id from agents where id in (select agent_id from mailbox_agents where mailbox_id = ${mailboxId})
     order by id for no key update`)
}

/** Everyone who could be looked at for a case of this mailbox, read after the lock: its agents, and the rest of a small team. */
export async function candidatesFor(
  tx: Tx | Db,
  { mailboxId, caseNumber }: { mailboxId: number; caseNumber: number },
  timeZone: string,
  now: Date,
): Promise<Candidate[]> {
  const rows = await standing(tx, { mailboxIds: [mailboxId], caseNumber }, timeZone, now)
  return rows.map((row) => candidateOf(row, row.last, timeZone, now))
}

type OfCase = { number: number; mailboxId: number }

/** The same for many cases, by their number, in two statements however many they are. */
export async function candidatesForAll(
  tx: Tx | Db,
  cases: readonly OfCase[],
  timeZone: string,
  now: Date,
): Promise<Map<number, Candidate[]>> {
  const mailboxIds = [...new Set(cases.map(({ mailboxId }) => mailboxId))]
  const [rows, lasts] = await Promise.all([
    standing(tx, { mailboxIds, caseNumber: null }, timeZone, now),
    lastHands(
      tx,
      cases.map(({ number }) => number),
    ),
  ])
  const people = rows.map((row) => ({ mailboxId: row.mailbox_id, person: candidateOf(row, null, timeZone, now) }))
  return new Map(
    cases.map(({ number, mailboxId }) => {
      const last = lasts.get(number) ?? null
      const here = people.filter((one) => one.mailboxId === mailboxId)
      return [number, here.map(({ person }) => ({ ...person, ...hadIt(person.agentId, last) }))]
    }),
  )
}

/** Statement of people as they stand in each of the mailboxes, with the last change of hands of one case. */
async function standing(
  tx: Tx | Db,
  { mailboxIds, caseNumber }: { mailboxIds: number[]; caseNumber: number | null },
  timeZone: string,
  now: Date,
): Promise<Row[]> {
  const today = startOfDay(now, timeZone)
  const lately = new Date(now.getTime() - rampMinutes * 60_000)
  const { week, absences, holidays } = hoursColumns(now)
  return tx.execute<Row>(sql`
    with held as (
      select agent_id, count(*)::int as load, array_agg(mailbox_id) as mailboxes
        from cases where agent_id is not null and ${waitingOnUs(now)} group by 1
    ), given as (
      select to_agent_id, count(*)::int as today,
             json_agg(at) filter (where rule in ('knows it', 'spare room') and at >= ${ts(lately)}) as lately
        from assignments where at >= least(${ts(today)}, ${ts(lately)}) and to_agent_id is not null group by 1
    )
    select mailboxes.id::int as mailbox_id, agents.id::int, agents.name, agents.load_limit,
           m.load_limit as mailbox_limit, m.agent_id is not null as answers_here,
           agents.password_hash is null as is_invited,
           agents.switched_to, agents.switched_at, agents.switched_until, agents.time_zone, agents.last_given_at, agents.skills,
           coalesce(held.load, 0) as load, coalesce(cardinality(array_positions(held.mailboxes, mailboxes.id)), 0) as mailbox_load,
           coalesce(given.today, 0) as given_today, coalesce(given.lately, '[]') as given_lately,
           (select json_build_object('rule', rule, 'from', from_agent_id, 'by', by_agent_id)
              from assignments where case_number = ${caseNumber} and rule <> 'pool' order by id desc limit 1) as last,
           ${week} as week, ${absences} as absences, ${holidays} as holidays
      from mailboxes
      cross join agents
      left join mailbox_agents m on m.agent_id = agents.id and m.mailbox_id = mailboxes.id
      left join held on held.agent_id = agents.id
      left join given on given.to_agent_id = agents.id
     where ${inArray(mailboxes.id, mailboxIds)} and agents.deactivated_at is null
       and (m.agent_id is not null or (agents.role <> 'admin' and (select count(*) from agents) <= 12))
     order by agents.id`)
}

type LastHand = { rule: string; from: number | null; by: number | null }

/** The last change of hands of each case that was one, by its number. */
async function lastHands(tx: Tx | Db, numbers: readonly number[]): Promise<Map<number, LastHand>> {
  const { id, caseNumber, rule, fromAgentId, byAgentId } = assignments
  const rows = await tx
    .selectDistinctOn([caseNumber], { number: caseNumber, rule, from: fromAgentId, by: byAgentId })
    .from(assignments)
    .where(and(inArray(caseNumber, [...numbers]), ne(rule, "pool")))
    .orderBy(caseNumber, desc(id))
  return new Map(rows.map(({ number, ...last }) => [number, last]))
}

function hadIt(agentId: number, last: LastHand | null) {
  const isFrom = last?.from === agentId
  return {
    gaveItBack: isFrom && last?.rule === "released" && last.by === agentId,
    leftItUnanswered: isFrom && last?.rule === "unanswered",
  }
}

function candidateOf(row: Row, last: LastHand | null, deskZone: string, now: Date): Candidate {
  const moment = (text: string | null) => (text === null ? null : new Date(text))
  const hours = hoursFrom({ ...row, timeZone: row.time_zone }, deskZone)
  const [switchedAt, switchedUntil] = [moment(row.switched_at), moment(row.switched_until)]
  const facts = { switchedTo: row.switched_to, switchedAt, switchedUntil, deactivatedAt: null }
  const came = cameAt(facts, dutyAtOrAfter(now, hours), now)
  const isFresh = came !== null && now.getTime() - came.getTime() < rampMinutes * 60_000
  return {
    agentId: row.id,
    name: row.name,
    answersHere: row.answers_here,
    isInvited: row.is_invited,
    presence: presenceOf(facts, hours, now),
    load: row.load,
    limit: row.load_limit,
    mailboxLoad: row.mailbox_load,
    mailboxLimit: row.mailbox_limit,
    givenSinceCame: isFresh ? row.given_lately.filter((at) => new Date(at) >= came).length : null,
    givenToday: row.given_today,
    hoursToday: hoursToday(facts, hours, { today: startOfDay(now, deskZone), now }),
    lastGivenAt: moment(row.last_given_at),
    skills: row.skills,
    ...hadIt(row.id, last),
  }
}
