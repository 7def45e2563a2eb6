import { sql } from "drizzle-orm"
import { type Db, type Tx, ts } from "#db/connection.server.ts"
import { waitingOnUs } from "../cases/waiting.server.ts"
import { presenceOf } from "../people/agent.ts"
import { dutyAtOrAfter } from "../people/duty.ts"
import { startOfDay } from "../people/hours.ts"
import { type Candidate, rampMinutes } from "./eligible.ts"
import { cameAt, hoursToday } from "./today.ts"

type Row = {
  id: number
  name: string
  load_limit: number
  mailbox_limit: number | null
  answers_here: boolean
  switched_to: "present" | "away" | "off"
  switched_at: string | null
  switched_until: string | null
  time_zone: string | null
  last_given_at: string | null
  week: { weekday: number; startsAt: number; endsAt: number }[]
  absences: { startsAt: string; endsAt: string }[]
  load: number
  mailbox_load: number
  given_today: number
  given_lately: string[]
  holidays: string[]
  skills: string[]
  gave_it_back: boolean
  left_it_unanswered: boolean
}

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
  const today = startOfDay(now, timeZone)
  const lately = new Date(now.getTime() - rampMinutes * 60_000)
  const yesterday = new Date(now.getTime() - 24 * 3_600_000)
  const rows = await tx.execute<Row>(sql`
    with held as (
      select agent_id, count(*)::int as load, count(*) filter (where mailbox_id = ${mailboxId})::int as here
        from cases where agent_id is not null and ${waitingOnUs(now)} group by 1
    ), given as (
      select to_agent_id, count(*)::int as today,
             json_agg(at) filter (where rule in ('knows it', 'spare room') and at >= ${ts(lately)}) as lately
        from assignments where at >= least(${ts(today)}, ${ts(lately)}) and to_agent_id is not null group by 1
    ), last as (
      select from_agent_id, by_agent_id, rule from assignments
       where case_number = ${caseNumber} and rule <> 'pool' order by id desc limit 1
    )
    select a.id::int, a.name, a.load_limit, m.load_limit as mailbox_limit, m.agent_id is not null as answers_here,
           a.switched_to, a.switched_at, a.switched_until, a.time_zone, a.last_given_at, a.skills,
           coalesce(held.load, 0) as load, coalesce(held.here, 0) as mailbox_load,
           coalesce(given.today, 0) as given_today, coalesce(given.lately, '[]') as given_lately,
           coalesce((select rule = 'released' and from_agent_id = a.id and by_agent_id = a.id from last), false) as gave_it_back,
           coalesce((select rule = 'unanswered' and from_agent_id = a.id from last), false) as left_it_unanswered,
           coalesce((select json_agg(json_build_object('weekday', weekday, 'startsAt', starts_at, 'endsAt', ends_at))
                       from agent_weeks where agent_id = a.id), '[]') as week,
           coalesce((select json_agg(json_build_object('startsAt', starts_at, 'endsAt', ends_at))
                       from absences where agent_id = a.id and ends_at > ${ts(yesterday)}), '[]') as absences,
           coalesce((select json_agg(day) from holidays where day > ${ts(yesterday)}::date - 2), '[]') as holidays
      from agents a
      left join mailbox_agents m on m.agent_id = a.id and m.mailbox_id = ${mailboxId}
      left join held on held.agent_id = a.id
      left join given on given.to_agent_id = a.id
     where a.deactivated_at is null
       and (m.agent_id is not null or (a.role <> 'admin' and (select count(*) from agents) <= 12))
     order by a.id`)
  return rows.map((row) => candidateOf(row, timeZone, today, now))
}

function candidateOf(row: Row, deskZone: string, today: Date, now: Date): Candidate {
  const moment = (text: string | null) => (text === null ? null : new Date(text))
  const absences = row.absences.map((one) => ({ startsAt: new Date(one.startsAt), endsAt: new Date(one.endsAt) }))
  const { week, holidays } = row
  const hours = { timeZone: row.time_zone ?? deskZone, week, absences, holidays }
  const [switchedAt, switchedUntil] = [moment(row.switched_at), moment(row.switched_until)]
  const facts = { switchedTo: row.switched_to, switchedAt, switchedUntil, deactivatedAt: null }
  const came = cameAt(facts, dutyAtOrAfter(now, hours), now)
  const isFresh = came !== null && now.getTime() - came.getTime() < rampMinutes * 60_000
  return {
    agentId: row.id,
    name: row.name,
    answersHere: row.answers_here,
    presence: presenceOf(facts, hours, now),
    load: row.load,
    limit: row.load_limit,
    mailboxLoad: row.mailbox_load,
    mailboxLimit: row.mailbox_limit,
    givenSinceCame: isFresh ? row.given_lately.filter((at) => new Date(at) >= came).length : null,
    givenToday: row.given_today,
    hoursToday: hoursToday(facts, hours, { today, now }),
    lastGivenAt: moment(row.last_given_at),
    skills: row.skills,
    gaveItBack: row.gave_it_back,
    leftItUnanswered: row.left_it_unanswered,
  }
}
