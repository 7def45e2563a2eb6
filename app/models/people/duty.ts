import { addDays, type Calendar, dayOf, earliest, joined, latest, openOn, type Stretch, startOf } from "./hours.ts"

export type Absence = { startsAt: Date; endsAt: Date }

/** When a person works: their week in their own zone, without the desk's holidays and their own absences. */
export type Hours = Calendar & { absences: readonly Absence[] }

/** `to` null: no end in sight. */
export type Duty = { from: Date; to: Date | null }

const day = 86_400_000
const sightDays = 8
const mostDays = 1100

/** The stretch of duty that is on at `at`, else the next one. Stretches that touch are one. Null: there is none to come. */
export function dutyAtOrAfter(at: Date, hours: Hours): Duty | null {
  // A stretch that began before yesterday began long ago, however long.
  let on = dayOf(new Date(at.getTime() - day), hours.timeZone)
  if (isAlwaysOn(hours, on)) return { from: startOf(on, hours.timeZone), to: null }
  let found: Stretch[] = []
  for (let looked = 0; looked < mostDays; looked++, on = addDays(on, 1)) {
    found = joined([...found, ...dutyOn(on, hours)])
    const [first, next] = found.filter(({ to }) => to > at)
    if (first && next) return first
    if (first && first.to.getTime() > latest(at, first.from).getTime() + sightDays * day) return { ...first, to: null }
  }
  return found.find(({ to }) => to > at) ?? null
}

/** No hours, and nothing in sight that would break them: what the days one by one would say too, at a tenth of the cost. */
function isAlwaysOn({ week, absences, holidays }: Hours, from: string) {
  const until = addDays(from, sightDays + 3)
  return week.length === 0 && absences.length === 0 && !holidays.some((one) => one >= from && one <= until)
}

/** When the last stretch of duty ended that is over at `at`. Null: none within two weeks. */
export function lastDutyEnd(at: Date, hours: Hours): Date | null {
  let on = dayOf(at, hours.timeZone)
  for (let looked = 0; looked < 15; looked++, on = addDays(on, -1)) {
    const ended = dutyOn(on, hours).findLast(({ to }) => to <= at)
    if (ended) return ended.to
  }
  return null
}

/** Hours of duty from `a` to `b`. */
export const dutyHoursBetween = (a: Date, b: Date, hours: Hours): number =>
  dutyWithin({ from: a, to: b }, hours).reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0) /
  3_600_000

/** The duty there is within a stretch, cut at its ends. */
export function dutyWithin({ from, to }: Stretch, hours: Hours): Stretch[] {
  const found: Stretch[] = []
  for (let on = dayOf(from, hours.timeZone); on <= dayOf(to, hours.timeZone); on = addDays(on, 1))
    for (const one of dutyOn(on, hours)) {
      const cut = { from: latest(one.from, from), to: earliest(one.to, to) }
      if (cut.from < cut.to) found.push(cut)
    }
  return joined(found)
}

function dutyOn(on: string, hours: Hours): Stretch[] {
  const away = joined(hours.absences.map(({ startsAt, endsAt }) => ({ from: startsAt, to: endsAt })))
  return openOn(on, hours).flatMap((open) => without(open, away))
}

/** What of a stretch is left beside the absences, which are in order and apart. */
function without(open: Stretch, away: readonly Stretch[]): Stretch[] {
  let from = open.from
  const left: Stretch[] = []
  for (const gone of away.filter((one) => one.from < open.to && one.to > open.from)) {
    if (gone.from > from) left.push({ from, to: gone.from })
    from = latest(from, gone.to)
  }
  return from < open.to ? [...left, { from, to: open.to }] : left
}
