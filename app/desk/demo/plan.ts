import { addDays } from "#app/models/people/hours.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { type Wall, weekdayOf, weekOf, workingDayBefore, workingDays } from "./days.ts"
import type { Dice } from "./dice.ts"
import type { Era, Half, Shift } from "./era.ts"
import { apportion } from "./quota.ts"

/** One case to come: who answers it first, when, how long it waited, and what its customer will press. */
export type Slot = {
  person: string
  day: string
  openedAt: Date
  answeredAt: Date
  /** Replies that person writes that day, heavier in a bad week. */
  strain: number
  leftOff: boolean
  face: Face | null
}

export type HalfPlan = { half: Half; slots: Slot[] }

/** Of a hundred cases seven have a second exchange, and one is followed up after a frown. */
export const repliesPerCase = 1.08

type ShiftDay = { day: string; people: string[]; demand: number; mood: number }

/** Every case of an era up to yesterday, before a word of it is written. */
export function planEra(era: Era, wall: Wall, now: Date, dice: Dice): HalfPlan[] {
  const yesterday = addDays(wall.dayOf(now), -1)
  const days = era.halves.flatMap((half) => daysOf(era, half, yesterday, dice))
  const agentDays = days.reduce((sum, { people }) => sum + people.length, 0)
  const total = era.cases ?? Math.round((era.perAgentDay * agentDays) / repliesPerCase)
  const demands = days.map(({ demand }) => demand)
  const volumes = apportion(total, demands)
  const slots = days.map((day, place) => slotsOf(day, volumes[place] ?? 0, wall, dice))
  return era.halves.map((half) => {
    const isIn = ({ day }: ShiftDay) => half.from <= day && day <= half.to
    return { half, slots: days.flatMap((day, place) => (isIn(day) ? (slots[place] ?? []) : [])) }
  })
}

/** Who is on which day, for everything that is written later on it. */
export function rosterOf(plans: readonly HalfPlan[]): Map<string, string[]> {
  const roster = new Map<string, string[]>()
  for (const { slots } of plans)
    for (const { day, person } of slots) {
      const people = roster.get(day) ?? []
      if (!people.includes(person)) roster.set(day, [...people, person])
    }
  return roster
}

function daysOf({ shifts }: Era, half: Half, yesterday: string, dice: Dice): ShiftDay[] {
  const weeks = [weekOf(half.from), weekOf(half.to)] as const
  const off = new Set(shifts.flatMap(({ person }) => [1, 2].map(() => `${person} ${dice.between(...weeks)}`)))
  const swings = new Map<number, { demand: number; mood: number }>()
  return workingDays(half.from, half.to < yesterday ? half.to : yesterday).map((day) => {
    const week = weekOf(day)
    const swing = swings.get(week) ?? { demand: dice.lognormal(1, 0.13), mood: dice.lognormal(1, 0.3) }
    swings.set(week, swing)
    const demand = swing.demand * (mondayFirst[weekdayOf(day)] ?? 1) * dice.lognormal(1, 0.1)
    return { day, people: onShift(shifts, day, off), demand, mood: swing.mood }
  })
}

/** What comes over a weekend lies there on Monday. */
const mondayFirst = [0, 1.35, 1.1, 1, 0.92, 0.74]

function onShift(shifts: readonly Shift[], day: string, off: Set<string>) {
  const due = shifts.filter((shift) => shift.from <= day && shift.days.includes(weekdayOf(day)))
  const here = due.filter(({ person }) => !off.has(`${person} ${weekOf(day)}`))
  return (here.length > 0 ? here : due.slice(0, 1)).map(({ person }) => person)
}

function slotsOf({ day, people, mood }: ShiftDay, volume: number, wall: Wall, dice: Dice): Slot[] {
  const speeds = people.map(() => dice.lognormal(1, 0.15))
  const parts = apportion(volume, speeds)
  return people.flatMap((person, place) => {
    const load = parts[place] ?? 0
    return Array.from({ length: load }, () => {
      const minute = dice.between(8 * 60 + 20, 17 * 60 + 20)
      const leftOff = dice.chance(0.015)
      return { person, day, strain: load * mood, leftOff, face: null, ...waited(day, minute, load, wall, dice) }
    })
  })
}

/** How long it waited grows with how much there was to do. What would have come at night came before it. */
function waited(day: string, minute: number, load: number, wall: Wall, dice: Dice) {
  const answeredAt = wall.at(day, minute + dice.next())
  const lag = dice.lognormal(22 * (Math.max(load, 10) / 40) ** 1.3, 0.9)
  if (minute - lag > 8 * 60 && !dice.chance(0.04)) return { answeredAt, openedAt: wall.at(day, minute - lag) }
  const newYear = wall.at(`${day.slice(0, 4)}-01-01`, 7 * 60).getTime()
  const earliest = Math.max(wall.at(workingDayBefore(day), 16 * 60).getTime(), newYear)
  const latest = wall.at(day, 8 * 60).getTime()
  return { answeredAt, openedAt: new Date(earliest + dice.next() * (latest - earliest)) }
}
