import { type Era, halves2010, halves2011, recentHalves, type Shift } from "./era.ts"

/** The desk's past, era by era. */
export type Size = (year: number) => Era[]

const week = [1, 2, 3, 4, 5]
const from = (day: string, ...people: string[]): Shift[] => people.map((person) => ({ person, from: day, days: week }))

/** One answers every day of the week by turns, some days two. */
const byTurns: Shift[] = [
  { person: "Joan", from: "2012-01-01", days: [1] },
  { person: "Kristin", from: "2012-01-01", days: [1] },
  { person: "Ann", from: "2012-01-01", days: [2] },
  { person: "Chase", from: "2012-01-01", days: [3] },
  { person: "Emily", from: "2012-01-01", days: [4] },
  { person: "Merissa", from: "2012-01-01", days: [4] },
  { person: "Michael", from: "2012-01-01", days: [5] },
]

const smallTeam: Shift[] = [
  ...from("2011-01-01", "Joan"),
  ...from("2011-02-07", "Michael"),
  { person: "Chase", from: "2011-07-05", days: [1, 2] },
]

const growingTeam: Shift[] = [
  ...from("2011-01-01", "Joan", "Ann", "Chase", "Michael", "Emily", "Kristin"),
  ...from("2011-02-14", "Noah"),
  ...from("2011-03-21", "Priya"),
  ...from("2011-04-18", "Tomas"),
  ...from("2011-05-02", "Merissa"),
  ...from("2011-06-06", "Wendy"),
  ...from("2011-07-05", "Luca"),
  ...from("2011-08-01", "Grace", "Dylan"),
  ...from("2011-09-05", "Ines"),
]

const exactly = { ratedStep: 100, evenHalves: true, cases: null }

const lately = (year: number, perAgentDay: number): Era => ({
  halves: recentHalves(year),
  shifts: byTurns,
  perAgentDay,
  cases: null,
  ratedStep: 1,
  evenHalves: false,
})

/** A small team, twenty thousand replies a year: what fits into under a minute. */
export const light: Size = (year) => [
  { ...exactly, halves: halves2010, shifts: from("2010-01-01", "Joan"), perAgentDay: 80 },
  { ...exactly, halves: halves2011, shifts: smallTeam, perAgentDay: 40 },
  lately(year, 24),
]

/** The real thing: 100,000 cases in 2011 and a team that grows until the year's average is about 40. */
export const full: Size = (year) => [
  { ...exactly, halves: halves2010, shifts: from("2010-01-01", "Joan", "Ann", "Chase", "Michael"), perAgentDay: 80 },
  { ...exactly, halves: halves2011, shifts: growingTeam, perAgentDay: 40, cases: 100_000 },
  lately(year, 38),
]

/** For tests: the same story told with a fortieth of the mail. */
export const tiny: Size = (year) => [
  { ...exactly, halves: halves2010, shifts: from("2010-01-01", "Joan"), perAgentDay: 2 },
  { ...exactly, halves: halves2011, shifts: smallTeam, perAgentDay: 1 },
  lately(year, 1),
]
