import type { Absence } from "../people/duty.ts"
import { addDays, type Calendar, dayOf, startOf } from "../people/hours.ts"
import { openSpans, type Span } from "./business-clock.ts"
import type { PersonState } from "./simulated.ts"

/** What the clock brings by itself. `back` is when that person next begins. */
export type Shift =
  | { kind: "day"; at: number }
  | { kind: "comes" | "away"; at: number; person: PersonState }
  | { kind: "goes"; at: number; person: PersonState; back: number }

type Days = { days: readonly number[]; until: number }

export function shiftsIn({ days, until }: Days, people: readonly PersonState[]): Shift[] {
  const all = people.flatMap((person) => [
    ...person.shifts.flatMap(({ from, to }, place): Shift[] => [
      { kind: "comes", at: from, person },
      { kind: "goes", at: to, person, back: person.shifts[place + 1]?.from ?? until },
    ]),
    ...person.breaks.flatMap(({ from, to }): Shift[] => [
      { kind: "away", at: from, person },
      { kind: "comes", at: to, person },
    ]),
  ])
  return [...days.map((at): Shift => ({ kind: "day", at })), ...all]
}

/** Whether somebody else is on shift at some moment of that time. */
export function someoneWorks(people: readonly PersonState[], but: PersonState, { from, to }: Span) {
  return people.some((person) => {
    if (person === but) return false
    const next = firstEndingAfter(person.shifts, from)
    return next !== undefined && next.from < to
  })
}

/** A person's week between two moments, without what they are absent for: the same that `presenceOf` says minute by minute. */
export function shiftsOf(calendar: Calendar, absences: readonly Absence[], first: Date, last: Date): Span[] {
  return absences.reduce<Span[]>(
    (spans, { startsAt, endsAt }) => spans.flatMap((span) => without(span, startsAt.getTime(), endsAt.getTime())),
    openSpans(calendar, first, last),
  )
}

/** Every midnight in that zone. */
export function midnights(timeZone: string, first: Date, last: Date): number[] {
  const found: number[] = []
  for (let day = dayOf(first, timeZone); day <= dayOf(last, timeZone); day = addDays(day, 1))
    found.push(startOf(day, timeZone).getTime())
  return found
}

function without({ from, to }: Span, start: number, end: number): Span[] {
  if (end <= from || start >= to) return [{ from, to }]
  return [
    { from, to: Math.min(to, start) },
    { from: Math.max(from, end), to },
  ].filter((span) => span.from < span.to)
}

function firstEndingAfter(spans: readonly Span[], at: number): Span | undefined {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.to ?? 0) > at) high = middle
    else low = middle + 1
  }
  return spans[low]
}
