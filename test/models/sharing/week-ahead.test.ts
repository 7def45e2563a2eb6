import { expect, test } from "vitest"
import type { Calendar, WeekRow } from "#app/models/people/hours.ts"
import { weekFrom } from "#app/models/people/week.ts"
import type { ExpectedDay } from "#app/models/sharing/expected.ts"
import { shiftsOn, staffedHours } from "#app/models/sharing/on-duty.ts"
import { weekAhead } from "#app/models/sharing/week-ahead.ts"
import { ann, bo, cy } from "#test/fixtures/desk.ts"

const berlin = "Europe/Berlin"
const tuesday = "2026-03-10"
const week = (text: string): WeekRow[] => weekFrom(text) ?? []
const working = (name: string, text: string, facts: Partial<Calendar> & { away?: [string, string][] } = {}) => {
  const { away = [], timeZone = berlin, holidays = [] } = facts
  const absences = away.map(([from, to]) => ({ startsAt: new Date(from), endsAt: new Date(to) }))
  return { name, hours: { timeZone, week: text === "" ? [] : week(text), holidays, absences } }
}
type Person = ReturnType<typeof working>

const hoursOf = (day: string, people: Person[], zone = berlin) => staffedHours(day, zone, shiftsOn(day, zone, people))
/** The hours with somebody there, as "9: 2". */
const staffed = (day: string, people: Person[], zone?: string) =>
  hoursOf(day, people, zone).flatMap(({ hour, people }) => (people > 0 ? [`${hour}: ${people}`] : []))

const mail = (day: string, perHour: Record<number, number>, facts: Partial<ExpectedDay> = {}): ExpectedDay => {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, emails: perHour[hour] ?? 0 }))
  return { day, weekday: 2, isHoliday: false, counted: 8, emails: 0, hours, ...facts }
}
const nineToFive: Calendar = { timeZone: berlin, week: week("mon-fri 9:00-17:00"), holidays: [] }
const midnight = new Date("2026-03-09T23:00:00Z")
const ahead = (expected: ExpectedDay[], people: Person[], desk = nineToFive, now = midnight) =>
  weekAhead(expected, people, desk, now)

test("each hour counts whoever is on in it", () => {
  const people = [working(ann.name, "mon-fri 9:00-12:00"), working(bo.name, "tue 11:00-13:00")]
  expect(staffed(tuesday, people)).toEqual(["9: 1", "10: 1", "11: 2", "12: 1"])
})

test("a night shift is on until its morning, and on the day after none of its own", () => {
  const people = [working(bo.name, "tue 22:00-6:00")]
  expect(staffed(tuesday, people)).toEqual(["22: 1", "23: 1"])
  expect(staffed("2026-03-11", people)).toEqual(["0: 1", "1: 1", "2: 1", "3: 1", "4: 1", "5: 1"])
})

test("the day the clocks go forward has no hour they skip, and a shift keeps its hours on the wall", () => {
  const people = [working(bo.name, "sun 1:00-5:00")]
  expect(hoursOf("2026-03-29", people)).toHaveLength(23)
  expect(staffed("2026-03-29", people)).toEqual(["1: 1", "3: 1", "4: 1"])
})

test("the hour the clocks repeat is one, twice as long", () => {
  const two = hoursOf("2026-10-25", [working(bo.name, "sun 2:00-3:00")]).find(({ hour }) => hour === 2)
  expect(two).toMatchObject({ people: 1, minutes: 120 })
})

test("in a zone three quarters of an hour off, a shift begins and ends within an hour", () => {
  const people = [working(bo.name, "tue 9:00-11:00")]
  const found = hoursOf(tuesday, people, "Asia/Kathmandu").filter(({ people }) => people > 0)
  expect(found.map(({ hour, minutes }) => [hour, minutes])).toEqual([
    [13, 15],
    [14, 60],
    [15, 45],
  ])
})

test("a shift far away falls on the desk's other day", () => {
  const people = [working(bo.name, "tue 9:00-17:00", { timeZone: "Pacific/Auckland" })]
  expect(staffed("2026-03-09", people)).toEqual(["21: 1", "22: 1", "23: 1"])
  expect(staffed(tuesday, people)).toEqual(["0: 1", "1: 1", "2: 1", "3: 1", "4: 1"])
})

test("an absence takes its hours out, a holiday the whole day", () => {
  const ill = working(bo.name, "tue 9:00-12:00", { away: [["2026-03-10T09:00:00Z", "2026-03-10T10:00:00Z"]] })
  expect(staffed(tuesday, [ill])).toEqual(["9: 1", "11: 1"])
  expect(staffed(tuesday, [working(bo.name, "tue 9:00-12:00", { holidays: [tuesday] })])).toEqual([])
})

test("two who relieve each other within an hour are two, and nobody is missing in it", () => {
  const people = [working(ann.name, "tue 9:00-10:30"), working(bo.name, "tue 10:30-12:00")]
  const ten = hoursOf(tuesday, people).find(({ hour }) => hour === 10)
  expect(ten).toMatchObject({ people: 2, minutes: 60 })
})

test("hours in a row with mail and nobody on are one gap, told apart from those we are closed in", () => {
  const people = [working(ann.name, "tue 9:00-12:00"), working(bo.name, "tue 14:00-17:00")]
  const [day] = ahead([mail(tuesday, { 8: 0.5, 10: 4, 12: 3, 13: 2, 17: 1, 20: 0.01 })], people)
  expect(day?.gaps).toEqual([
    { from: 8, to: 9, emails: 0.5, isOpen: false },
    { from: 12, to: 14, emails: 5, isOpen: true },
    { from: 17, to: 18, emails: 1, isOpen: false },
  ])
})

test("an hour without mail to expect is no gap, nor is one somebody is there for a part of", () => {
  const [day] = ahead([mail(tuesday, { 9: 2 })], [working(ann.name, "tue 9:30-10:00")])
  expect(day?.gaps).toEqual([])
  expect(day?.hours.find(({ hour }) => hour === 9)).toMatchObject({ people: 1, onlyMinutes: 30 })
})

test("on a holiday nobody is on and the desk is closed, whatever mail comes", () => {
  const desk = { ...nineToFive, holidays: [tuesday] }
  const people = [working(ann.name, "tue 9:00-17:00", { holidays: [tuesday] })]
  const [day] = ahead([mail(tuesday, { 9: 2 }, { isHoliday: true })], people, desk)
  expect(day).toMatchObject({ isHoliday: true, shifts: [], gaps: [{ from: 9, to: 10, isOpen: false }] })
})

test("what is over today counts no more, the hour under way still does", () => {
  const [day] = ahead([mail(tuesday, { 9: 5, 12: 1, 13: 2 })], [], nineToFive, new Date("2026-03-10T11:30:00Z"))
  expect(day).toMatchObject({ emails: 3 })
  expect(day?.hours[0]?.hour).toBe(12)
})

test("whose shift is over today is not on any more", () => {
  const people = [working(ann.name, "tue 9:00-12:00"), working(bo.name, "tue 9:00-12:00, tue 13:00-17:00")]
  const [day] = ahead([mail(tuesday, {})], people, nineToFive, new Date("2026-03-10T11:30:00Z"))
  expect(day).toMatchObject({ people: 1, shifts: [{ hours: "09:00–12:00, 13:00–17:00", names: [bo.name] }] })
})

test("who has the same hours is named together, in the order of the day", () => {
  const people = [
    working(ann.name, "tue 13:00-24:00"),
    working(bo.name, "tue 9:00-12:00, tue 13:00-17:00"),
    working(cy.name, "tue 9:00-12:00, tue 13:00-17:00"),
  ]
  expect(ahead([mail(tuesday, {})], people)[0]?.shifts).toEqual([
    { hours: "09:00–12:00, 13:00–17:00", names: [bo.name, cy.name] },
    { hours: "13:00–24:00", names: [ann.name] },
  ])
  expect(ahead([mail(tuesday, {})], [working(ann.name, "tue 0:00-24:00")])[0]?.shifts).toEqual([
    { hours: "All day", names: [ann.name] },
  ])
})

test("whoever has no hours of their own is counted, and not named day by day", () => {
  expect(ahead([mail(tuesday, {})], [working(ann.name, "")])[0]).toMatchObject({ people: 1, shifts: [] })
})
