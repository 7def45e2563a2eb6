import { and, asc, inArray, isNull } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { deskCalendar } from "../people/calendar.server.ts"
import { hoursColumns, hoursFrom } from "../people/peoples-hours.server.ts"
import { expectedWeek } from "./expected.server.ts"
import { weekAhead } from "./week-ahead.ts"

/** Who is on in each hour of the next seven days against the mail to expect, on the desk's wall clock. */
export async function deskWeekAhead(now: Date) {
  const [desk, expected, people] = await Promise.all([deskCalendar(), expectedWeek(now), peopleWhoAnswer(now)])
  const { timeZone } = desk
  const onDuty = people.map(({ name, ...person }) => ({ name, hours: hoursFrom(person, timeZone) }))
  /** A week without hours is always open. */
  const alwaysOn = people.filter(({ week }) => week.length === 0).map(({ id, name }) => ({ id, name }))
  return { timeZone, days: weekAhead(expected, onDuty, desk, now), people: people.length, alwaysOn }
}

/** Everybody with an account who answers any mailbox, with their hours. */
async function peopleWhoAnswer(now: Date) {
  const answering = inArray(agents.id, db.select({ id: mailboxAgents.agentId }).from(mailboxAgents))
  return db
    .select({ id: agents.id, name: agents.name, timeZone: agents.timeZone, ...hoursColumns(now) })
    .from(agents)
    .where(and(isNull(agents.deactivatedAt), answering))
    .orderBy(asc(agents.name), asc(agents.id))
}
