import { expect, test } from "vitest"
import { deskNow, setClock } from "#app/clock.server.ts"
import { dayOf } from "#app/models/people/hours.ts"
import { loader as trend } from "#app/routes/load.trend.tsx"
import { loader as csv } from "#app/routes/load.trend[.]csv.ts"
import { ann, bo, cy, help } from "#test/fixtures/desk.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"
import { rated, replied, story } from "../models/happiness/tallies.ts"

type Row = Record<string, unknown>

const ask = async (who: { id: number }, query = "", door: typeof trend | typeof csv = trend) =>
  (await door({ request: await requestAs(who, `/load/trend${query}`), params: {}, context: {} })) as Response
const shown = async (query: string) => (await ask(ann, query)).json()

test("a lead sees replies per agent per day by year, with the happy share of the same years", async () => {
  await story()
  await replied("2011-02-10", cy.id, 20)
  const { rows, load, by } = await shown("?by=year&first=2010&last=2011")
  expect(by).toBe("year")
  expect(rows).toMatchObject([
    { label: "2010", replies: 80, agentDays: 1, perAgentDay: 80, share: "84.0%" },
    { label: "2011", replies: 60, agentDays: 2, perAgentDay: 30, share: "90.0%" },
  ])
  expect(load.columns.map(({ happy }: { happy: { share: string } }) => happy.share)).toEqual(["84", "90"])
})

test("each period has its median and its worst day, and the line above it the last whole one", async () => {
  await replied("2026-01-05", bo.id, 10)
  await replied("2026-01-06", bo.id, 12)
  await replied("2026-01-07", bo.id, 40)
  await replied("2026-01-07", cy.id, 20)
  await replied("2026-02-02", bo.id, 9)
  const { rows, latest } = await shown("?by=month&first=2026-01&last=2026-02")
  expect(rows[0]).toMatchObject({
    medianDay: 12,
    worstDay: 30,
    worstDayOn: "2026-01-07",
    worstDayWords: "7 January 2026",
  })
  expect(latest).toEqual({
    is: { each: 9, when: "in February 2026" },
    was: { each: 20.5, when: "in January 2026" },
  })
})

test("the first and the last day are both in it, whole periods around them", async () => {
  for (const day of ["2026-01-05", "2026-01-12", "2026-01-19"]) await replied(day, bo.id, 10)
  const { rows } = await shown("?by=week&first=2026-01-07&last=2026-01-12")
  expect(rows.map(({ label }: Row) => label)).toEqual(["week 2 of 2026", "week 3 of 2026"])
})

test("left alone it shows two years of months up to the one under way, or since the first reply", async () => {
  await setClock(false)
  const today = dayOf(deskNow(), "UTC")
  await replied(today, bo.id, 5)
  const young = await shown("")
  expect(young.rows.map(({ isUnderWay }: Row) => isUnderWay)).toEqual([true])
  expect(young.latest).toBeNull()
  await replied("2011-02-10", bo.id, 40)
  const { rows, by } = await shown("")
  expect({ by, months: rows.length, end: rows.at(-1).isUnderWay }).toEqual({ by: "month", months: 24, end: true })
  expect((await shown("?by=week")).rows).toHaveLength(26)
  expect((await shown("?by=year")).rows[0]).toMatchObject({ label: "2011" })
})

test.each([
  ["by=fortnight", "by", "Choose year, half, quarter, month or week."],
  ["by=%00", "by", "Choose year, half, quarter, month or week."],
  ["first=yesterday", "first", "Write a day as 2026-03-10, or a whole period as 2025, 2025-H2 or 2025-11."],
  ["last=2026-02-30", "last", "Write a day as 2026-03-10, or a whole period as 2025, 2025-H2 or 2025-11."],
  ["first=2012&last=2011", "last", "It ends before it begins."],
  ["first=2190", "first", "That lies ahead: give a day up to today."],
  ["by=week&first=1970", "first", "That is more than 530 lines. Begin later, or choose a longer unit."],
])("%s is refused in words beside its field, and so is its file", async (query, field, words) => {
  await replied("2026-01-05", bo.id, 10)
  const refused = await ask(ann, `?${query}`)
  expect(refused.status).toBe(422)
  expect((await refused.json()).wrong).toEqual({ [field]: words })
  const file = await ask(ann, `?${query}`, csv)
  expect({ status: file.status, text: await file.text() }).toEqual({ status: 422, text: words })
})

test("a desk that never replied says so, with an empty table to save", async () => {
  expect(await shown("")).toMatchObject({ isBlank: true, rows: [], latest: null })
  expect(await (await ask(ann, "", csv)).text()).toMatch(/^from,to,label,[\w,]+\r\n$/)
})

test("the table is saved as it is shown", async () => {
  await replied("2011-02-10", bo.id, 41)
  await replied("2011-02-10", cy.id, 20, help.id)
  await rated("2011-02-10", "8/1/3")
  const file = await ask(ann, "?by=year&first=2010&last=2011", csv)
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="load-by-year.csv"')
  expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present")
  expect(await file.text()).toBe(
    [
      "from,to,label,replies,agentDays,perAgentDay,medianDay,worstDay,worstDayOn,rated,happy,isOver",
      "2010-01-01,2011-01-01,2010,0,0,,,,,0,0,true",
      "2011-01-01,2012-01-01,2011,61,2,30.5,30.5,30.5,2011-02-10,12,8,true",
      "",
    ].join("\r\n"),
  )
})

test("who does not lead sees neither the page nor the file", async () => {
  expect((await thrown(ask(bo))).status).toBe(403)
  expect((await thrown(ask(bo, "?by=fortnight"))).status).toBe(403)
  expect((await thrown(ask(bo, "", csv))).status).toBe(403)
})
