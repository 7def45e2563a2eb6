import { asc, eq, isNull } from "drizzle-orm"
import { addDays } from "#app/models/people/hours.ts"
import type { Tx } from "#db/connection.server.ts"
import { absences, agents, agentWeeks } from "#db/tables/people.ts"
import { emailOf, team } from "./cast.ts"
import { later, type Wall, workingDayAfter } from "./days.ts"
import { keyOf } from "./people.server.ts"
import { awayForMinutes } from "./scenes.ts"
import type { Mate } from "./share.ts"
import { demoWeek } from "./weeks.ts"

export async function matesOf(tx: Tx, wall: Wall, now: Date): Promise<Mate[]> {
  const rows = await tx.select().from(agents).where(isNull(agents.deactivatedAt)).orderBy(asc(agents.id))
  return rows.map(({ id: agentId, email, name, loadLimit: limit }) => {
    const person = team.find((one) => emailOf(one) === email)
    const away = person?.key === "Ann" ? { since: later(now, -awayForMinutes), until: backAt(wall, now) } : null
    // Who is full today must not be one of those a customer of yesterday comes back to: then they would be over it.
    const since = person?.key === "Chase" ? later(now, -20 * 60) : null
    const boxes = person?.billing ? (["help", "billing"] as const) : (["help"] as const)
    const week = person ? demoWeek(person, wall, now) : []
    return { key: person?.key ?? keyOf(agentId), agentId, name, limit, boxes, since, away, week }
  })
}

/** At one o'clock if that is near, else at the next half hour that is over half an hour away: a meal, not gone for long. */
function backAt(wall: Wall, now: Date): Date {
  const midnight = wall.at(wall.dayOf(now), 0)
  const minutes = (now.getTime() - midnight.getTime()) / 60_000
  const isNoon = minutes > 12 * 60 && minutes < 12 * 60 + 40
  return wall.at(wall.dayOf(now), isNoon ? 13 * 60 : Math.ceil((minutes + 35) / 30) * 30)
}

/** When they work, the switch as they left it, and when each was last given a case. */
export async function keepHours(tx: Tx, { agentId, away, week }: Mate, lastGivenAt: Date | null) {
  const gone = away && { switchedTo: "away" as const, switchedAt: away.since, switchedUntil: away.until }
  await tx
    .update(agents)
    .set({ lastGivenAt, ...gone })
    .where(eq(agents.id, agentId))
  if (week.length > 0) await tx.insert(agentWeeks).values(week.map((row) => ({ agentId, ...row })))
}

/** Somebody is away a day soon, for the week ahead to show. */
export async function dayOff(tx: Tx, mate: Mate | undefined, wall: Wall, now: Date) {
  if (!mate) return
  const day = workingDayAfter(wall.dayOf(now), 2)
  const span = { startsAt: wall.at(day, 0), endsAt: wall.at(addDays(day, 1), 0) }
  await tx.insert(absences).values({ agentId: mate.agentId, ...span, note: "Day off" })
}
