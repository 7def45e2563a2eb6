import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { deactivateAgent } from "#app/models/people/account.server.ts"
import { addAbsence, hoursOf, removeAbsence, setWeek } from "#app/models/people/agent-hours.server.ts"
import { addHolidays, importHolidays, listHolidays, removeHoliday } from "#app/models/people/holiday.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { weekText } from "#app/models/people/week.ts"
import { loads, setPresence } from "#app/models/sharing/load.server.ts"
import { db, plainClient } from "#db/connection.server.ts"
import { events } from "#db/tables/events.ts"
import { absences, agents } from "#db/tables/people.ts"
import { ann, bo, cy, ida, later, noon } from "#test/fixtures/desk.ts"
import { until } from "#test/support/server.ts"
import { viewer } from "#test/support/viewer.ts"

const monday = ["9:00-17:00", "", "", "", "", "", ""]
const tuesday = ["", "9:00-12:30, 13:00-17:00", "", "", "", "", ""]
const day = { first: "2026-03-12", last: "", part: "day", from: "", to: "", note: "Dentist" }
const presence = async (id: number, now = noon) => (await loads(now)).find(({ agentId }) => agentId === id)?.presence
const announced = async () => (await db.select().from(events)).filter(({ kind }) => kind === "presence").length
const file = (...lines: string[]) => Buffer.from(["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n"))

test("a lead sets anybody's week and zone, an agent not even their own", async () => {
  expect(await setWeek(viewer(bo), bo.id, { timeZone: "", days: tuesday }, noon)).toBe("not yours")
  expect(await setWeek(viewer(ann), bo.id, { timeZone: "Asia/Kathmandu", days: tuesday }, noon)).toBe("changed")
  const hours = await hoursOf(bo.id, noon)
  expect([weekText(hours?.week ?? []), hours?.timeZone]).toEqual(["tue 09:00-12:30, tue 13:00-17:00", "Asia/Kathmandu"])
  expect(await presence(bo.id)).toEqual({ state: "present", until: "2026-03-10T11:15:00.000Z" })
  expect(await announced()).toBe(1)
})

test("a change of somebody's hours, or of the holidays, calls the sweep at once", async () => {
  const heard: string[] = []
  const client = plainClient()
  await client.listen("work", (queue) => heard.push(queue))
  await setWeek(viewer(ann), bo.id, { timeZone: "", days: tuesday }, noon)
  await addAbsence(viewer(bo), bo.id, day, noon)
  await addHolidays(viewer(ida), { first: "2026-03-20", last: "", name: "Founders" }, noon)
  await until(
    async () => heard.length,
    (count) => count >= 3,
  )
  await client.end()
  expect(heard).toEqual(["jobs", "jobs", "jobs"])
})

test("a week replaces the one before, and an empty one is always on shift", async () => {
  const set = (days: string[]) => setWeek(viewer(ann), bo.id, { timeZone: "", days }, noon)
  await set(tuesday)
  await set(monday)
  expect((await presence(bo.id))?.state).toBe("off")
  await set(["", "", "", "", "", "", ""])
  expect(await presence(bo.id)).toEqual({ state: "present", until: null })
})

test.each([
  [{ timeZone: "Mars/Olympus", days: monday }, "timeZone", "That is no time zone, such as Europe/Berlin"],
  [{ timeZone: "", days: ["", "always"] }, "day2", "Write hours such as 9:00-12:30, 13:00-17:00"],
  [{ timeZone: "", days: ["9-12, 11-13"] }, "day1", "Hours of Monday overlap with others"],
  [{ timeZone: "", days: ["5-9", "", "", "", "", "", "22-6"] }, "day1", "Hours of Monday overlap with others"],
])("the week %j is refused beside its field", async (typed, field, words) => {
  expect(await setWeek(viewer(ann), bo.id, typed, noon)).toEqual({ field, words })
  expect((await hoursOf(bo.id, noon))?.week).toEqual([])
})

test("nobody, and somebody who left, has no hours to set", async () => {
  await deactivateAgent(cy.id, noon)
  for (const id of [999, cy.id]) {
    expect(await setWeek(viewer(ann), id, { timeZone: "", days: monday }, noon)).toBe("no such agent")
    expect(await addAbsence(viewer(ann), id, day, noon)).toBe("no such agent")
  }
})

test("one enters one's own times away, a lead anybody's, nobody else", async () => {
  expect(await addAbsence(viewer(cy), bo.id, day, noon)).toBe("not yours")
  expect(await addAbsence(viewer(bo), bo.id, { ...day, first: "2026-03-10" }, noon)).toBe("added")
  expect(await addAbsence(viewer(ann), cy.id, day, noon)).toBe("added")
  expect(await presence(bo.id)).toEqual({ state: "off", until: "2026-03-11T00:00:00.000Z" })
  expect((await hoursOf(cy.id, noon))?.absences).toMatchObject([{ note: "Dentist" }])
  expect(await announced()).toBe(2)
})

test("a time away that overlaps another is added to it, one within it is refused", async () => {
  await addAbsence(viewer(bo), bo.id, { ...day, last: "2026-03-13" }, noon)
  expect(await addAbsence(viewer(bo), bo.id, { ...day, first: "2026-03-13", last: "2026-03-14" }, noon)).toBe(
    "added to another",
  )
  expect(await addAbsence(viewer(bo), bo.id, { ...day, part: "morning" }, noon)).toEqual({
    field: "first",
    words: "All of that is an away time already",
  })
  expect(await db.select().from(absences)).toHaveLength(2)
})

test("a form sent twice at the same moment is one time away", async () => {
  const sent = await Promise.all([1, 2].map(() => addAbsence(viewer(bo), bo.id, day, noon)))
  expect(sent).toContain("added")
  expect(await db.select().from(absences)).toHaveLength(1)
})

test("a time away is removed by whoever it is of, or a lead", async () => {
  await addAbsence(viewer(bo), bo.id, day, noon)
  const [row] = await db.select().from(absences)
  expect([await removeAbsence(viewer(cy), row?.id ?? 0, noon), await removeAbsence(viewer(ann), 999, noon)]).toEqual([
    null,
    null,
  ])
  expect(await removeAbsence(viewer(bo), row?.id ?? 0, noon)).toBe(bo.id)
  expect(await db.select().from(absences)).toEqual([])
})

test("a holiday is off duty for everybody but whoever is switched to present until", async () => {
  await changeSetting("desk.timeZone", "Europe/Berlin", noon)
  expect(await addHolidays(viewer(ann), { first: "2026-03-10", last: "", name: "Founders" }, noon)).toBe("not yours")
  expect(await addHolidays(viewer(ida), { first: "2026-03-10", last: "2026-03-11", name: "Founders" }, noon)).toEqual({
    added: 2,
  })
  await setPresence(viewer(bo), bo.id, "present", later(90), noon)
  expect(await presence(bo.id)).toEqual({ state: "present", until: later(90).toISOString() })
  expect(await presence(cy.id)).toEqual({ state: "off", until: "2026-03-11T23:00:00.000Z" })
  expect(await removeHoliday(viewer(ida), "2026-03-10", noon)).toBe("removed")
  expect((await presence(cy.id))?.state).toBe("present")
  expect([await removeHoliday(viewer(ida), "2026-03-10", noon), await removeHoliday(viewer(ida), "x", noon)]).toEqual([
    null,
    null,
  ])
  expect(await removeHoliday(viewer(ann), "2026-03-11", noon)).toBe("not yours")
})

test.each([
  [{ first: "2027-02-29" }, "first", "There is no 29 February in 2027"],
  [{ last: "2026-01-01" }, "last", "The last day lies before the first"],
  [{ last: "2027-03-10" }, "last", "More than two months: is the year right?"],
  [{ name: " " }, "name", "Say what it is, people see it"],
])("a holiday with %j is refused beside its field", async (typed, wrong, words) => {
  const given = { first: "2026-03-10", last: "", name: "Founders", ...typed }
  expect(await addHolidays(viewer(ida), given, noon)).toEqual({ wrong, words })
})

test("a calendar file adds what is new, keeps what is there, and says what it left out", async () => {
  await addHolidays(viewer(ida), { first: "2026-12-25", last: "", name: "Ours" }, noon)
  const text = ["DTSTART:20201225", "RRULE:FREQ=YEARLY", "SUMMARY:Noël"]
  const twice = [
    "BEGIN:VEVENT",
    ...text,
    "END:VEVENT",
    "BEGIN:VEVENT",
    "DTSTART:20261225",
    "SUMMARY:Again",
    "END:VEVENT",
  ]
  const party = ["BEGIN:VEVENT", "DTSTART:20261201T180000", "SUMMARY:Party", "END:VEVENT"]
  expect(await importHolidays(viewer(ida), file(...twice, ...party), noon)).toEqual({
    added: 5,
    known: 1,
    leftOut: [{ name: "Party", because: "has a time, a holiday is a whole day" }],
  })
  const names = (await listHolidays(noon)).map(({ day: on, name }) => `${on} ${name}`)
  expect(names.slice(0, 2)).toEqual(["2026-12-25 Ours", "2027-12-25 Noël"])
  expect(await importHolidays(viewer(ida), file(...twice), noon)).toMatchObject({ added: 0, known: 6 })
})

test("a file in Latin-1 is read; an empty, a large and a nonsense one are refused in words", async () => {
  const latin = Buffer.from(file("BEGIN:VEVENT", "DTSTART:20261225", "SUMMARY:Noël", "END:VEVENT").toString(), "latin1")
  expect(await importHolidays(viewer(ida), latin, noon)).toMatchObject({ added: 1 })
  expect(await listHolidays(noon)).toEqual([{ day: "2026-12-25", name: "Noël" }])
  const refused = async (bytes: Uint8Array) => importHolidays(viewer(ida), bytes, noon)
  expect(await refused(new Uint8Array())).toEqual({ refused: "Choose a calendar file (.ics) first" })
  expect(await refused(new Uint8Array(1_000_001))).toEqual({
    refused: "A list of holidays is smaller than 1 MB, this file is not",
  })
  expect(await refused(Buffer.from("%PDF-1.7"))).toHaveProperty("refused")
  expect(await importHolidays(viewer(ann), latin, noon)).toBe("not yours")
})

test("who presses here outside their hours is here until those begin", async () => {
  await setWeek(viewer(ann), bo.id, { timeZone: "UTC", days: ["", "13-17"] }, noon)
  expect((await presence(bo.id))?.state).toBe("off")
  await setPresence(viewer(bo), bo.id, "present", null, noon)
  expect((await db.select().from(agents).where(eq(agents.id, bo.id)))[0]?.switchedUntil).toEqual(later(120))
  expect(await presence(bo.id)).toEqual({ state: "present", until: "2026-03-10T17:00:00.000Z" })
})
