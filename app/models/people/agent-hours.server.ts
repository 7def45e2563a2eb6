import { and, asc, eq, gt, gte, isNull } from "drizzle-orm"
import { announce, wake } from "#db/announce.server.ts"
import { type Db, db, type Tx } from "#db/connection.server.ts"
import { absences, agents, agentWeeks, holidays } from "#db/tables/people.ts"
import { type AbsenceWrong, absenceFrom, isKnown, overlapsOne, type TypedAbsence } from "./absence.ts"
import { isAtLeast, type Viewer } from "./agent.ts"
import type { Hours } from "./duty.ts"
import { addDays, dayOf, type WeekRow } from "./hours.ts"
import { once } from "./idempotency.server.ts"
import { isTimeZone } from "./setting-values.ts"
import { settingIn } from "./settings.server.ts"
import { dayFrom, dayNames, overlapIn } from "./week.ts"

export type OwnHours = Omit<Hours, "absences"> & {
  agentId: number
  name: string
  /** Null: the desk's. */
  ownZone: string | null
  absences: { id: number; startsAt: Date; endsAt: Date; note: string }[]
}
export type TypedWeek = { timeZone: string; days: string[] }
export type WeekWrong = { field: string; words: string }

/** A person's week, away days that are not over, and the zone both are meant in. Null: nobody, or somebody who left. */
export const hoursOf = (agentId: number, now: Date) => hoursIn(db, agentId, now)

export async function hoursIn(tx: Tx | Db, agentId: number, now: Date): Promise<OwnHours | null> {
  const here = and(eq(agents.id, agentId), isNull(agents.deactivatedAt))
  const [row] = await tx.select({ name: agents.name, ownZone: agents.timeZone }).from(agents).where(here)
  if (!row) return null
  const timeZone = row.ownZone ?? (await settingIn(tx, "desk.timeZone"))
  const week = await tx
    .select({ weekday: agentWeeks.weekday, startsAt: agentWeeks.startsAt, endsAt: agentWeeks.endsAt })
    .from(agentWeeks)
    .where(eq(agentWeeks.agentId, agentId))
    .orderBy(asc(agentWeeks.weekday), asc(agentWeeks.startsAt))
  const own = await tx
    .select({ id: absences.id, startsAt: absences.startsAt, endsAt: absences.endsAt, note: absences.note })
    .from(absences)
    .where(and(eq(absences.agentId, agentId), gt(absences.endsAt, now)))
    .orderBy(asc(absences.startsAt), asc(absences.id))
  const closed = await tx
    .select({ day: holidays.day })
    .from(holidays)
    .where(gte(holidays.day, addDays(dayOf(now, timeZone), -3)))
  return { agentId, ...row, timeZone, week, absences: own, holidays: closed.map(({ day }) => day) }
}

/** A person's seven days, as a lead types them. None at all is always on shift. */
export async function setWeek(viewer: Viewer, agentId: number, typed: TypedWeek, now: Date) {
  if (!isAtLeast(viewer, "lead")) return "not yours"
  const read = weekFromDays(typed)
  if ("words" in read) return read
  return once(viewer, "set week", async (tx) => {
    if (!(await lock(tx, agentId))) return "no such agent"
    await tx
      .update(agents)
      .set({ timeZone: typed.timeZone || null })
      .where(eq(agents.id, agentId))
    await tx.delete(agentWeeks).where(eq(agentWeeks.agentId, agentId))
    if (read.week.length > 0) await tx.insert(agentWeeks).values(read.week.map((row) => ({ agentId, ...row })))
    await told(tx, agentId, now)
    return "changed"
  })
}

/** A time away: one's own, or anybody's for a lead. One that is away already as a whole is refused. */
export async function addAbsence(
  viewer: Viewer,
  agentId: number,
  typed: TypedAbsence,
  now: Date,
): Promise<AbsenceWrong | "not yours" | "no such agent" | "added" | "added to another"> {
  if (viewer.id !== agentId && !isAtLeast(viewer, "lead")) return "not yours"
  return once(viewer, "add absence", async (tx) => {
    if (!(await lock(tx, agentId))) return "no such agent"
    const hours = await hoursIn(tx, agentId, now)
    if (!hours) return "no such agent"
    const read = absenceFrom(typed, hours.timeZone, now)
    if ("words" in read) return read
    if (isKnown(read, hours.absences)) return { field: "first", words: "All of that is an away time already" }
    await tx.insert(absences).values({ agentId, ...read, note: typed.note.trim().slice(0, 200) })
    await told(tx, agentId, now)
    return overlapsOne(read, hours.absences) ? "added to another" : "added"
  })
}

/** Whose it was; null when there is none, or none this viewer may remove. */
export async function removeAbsence(viewer: Viewer, id: number, now: Date): Promise<number | null> {
  return once(viewer, "remove absence", async (tx) => {
    const [row] = await tx.select({ agentId: absences.agentId }).from(absences).where(eq(absences.id, id))
    if (!row || (viewer.id !== row.agentId && !isAtLeast(viewer, "lead"))) return null
    await tx.delete(absences).where(eq(absences.id, id))
    await told(tx, row.agentId, now)
    return row.agentId
  })
}

function weekFromDays({ timeZone, days }: TypedWeek): { week: WeekRow[] } | WeekWrong {
  if (timeZone !== "" && !isTimeZone(timeZone))
    return { field: "timeZone", words: "That is no time zone, such as Europe/Berlin" }
  const read = days.slice(0, 7).map((text, index) => dayFrom(text, index + 1))
  const unread = read.indexOf(null)
  if (unread >= 0) return { field: `day${unread + 1}`, words: "Write hours such as 9:00-12:30, 13:00-17:00" }
  const week = read.flatMap((rows) => rows ?? [])
  const crossing = overlapIn(week)
  if (crossing) return { field: `day${crossing}`, words: `Hours of ${dayNames[crossing - 1]} overlap with others` }
  return { week }
}

async function lock(tx: Tx, agentId: number) {
  const here = and(eq(agents.id, agentId), isNull(agents.deactivatedAt))
  return (await tx.select({ id: agents.id }).from(agents).where(here).for("no key update")).length > 0
}

/** Who has come or gone by this shows at once, and the sweep gives out, or back, what follows. */
async function told(tx: Tx, agentId: number, now: Date) {
  await announce(tx, { kind: "presence", agentId }, now)
  await wake(tx, "jobs")
}
