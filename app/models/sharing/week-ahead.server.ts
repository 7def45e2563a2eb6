import { and, asc, gt, inArray, isNull } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { absences, agents, agentWeeks, mailboxAgents } from "#db/tables/people.ts"
import { deskCalendar } from "../people/calendar.server.ts"
import { expectedWeek } from "./expected.server.ts"
import { weekAhead } from "./week-ahead.ts"

/** Who is on in each hour of the next seven days against the mail to expect, on the desk's wall clock. */
export async function deskWeekAhead(now: Date) {
  const [desk, expected, people] = await Promise.all([deskCalendar(), expectedWeek(now), peopleWhoAnswer(now)])
  const { timeZone, holidays } = desk
  const onDuty = people.map(({ name, ownZone, week, absences }) => ({
    name,
    hours: { timeZone: ownZone ?? timeZone, week, absences, holidays },
  }))
  /** A week without hours is always open. */
  const alwaysOn = people.filter(({ week }) => week.length === 0).map(({ id, name }) => ({ id, name }))
  return { timeZone, days: weekAhead(expected, onDuty, desk, now), people: people.length, alwaysOn }
}

/** Everybody with an account who answers any mailbox, with their weeks and what is left of their absences. */
async function peopleWhoAnswer(now: Date) {
  const answering = inArray(agents.id, db.select({ id: mailboxAgents.agentId }).from(mailboxAgents))
  const found = await db
    .select({ id: agents.id, name: agents.name, ownZone: agents.timeZone })
    .from(agents)
    .where(and(isNull(agents.deactivatedAt), answering))
    .orderBy(asc(agents.name), asc(agents.id))
  const ids = found.map(({ id }) => id)
  const [weeks, away] = await Promise.all([
    db.select().from(agentWeeks).where(inArray(agentWeeks.agentId, ids)),
    db
      .select()
      .from(absences)
      .where(and(inArray(absences.agentId, ids), gt(absences.endsAt, now))),
  ])
  return found.map((person) => ({
    ...person,
    week: weeks.filter(({ agentId }) => agentId === person.id),
    absences: away.filter(({ agentId }) => agentId === person.id),
  }))
}
