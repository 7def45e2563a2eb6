import { expect, test } from "vitest"
import { happinessReport, loadReport, type Question } from "#app/models/happiness/report.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { ann, billing, bo, cy, help, noon } from "#test/fixtures/desk.ts"
import { rated, replied, story } from "./tallies.ts"

const years: Question = {
  from: "2010-01-01",
  to: "2012-01-01",
  by: "year",
  mailboxId: null,
  agentId: null,
  basis: "sent",
}
const ask = (about: Partial<Question>) => happinessReport({ ...years, ...about }, noon)
const ratios = (report: Awaited<ReturnType<typeof ask>>) =>
  report.periods.map(({ label, shares: { happy, ok, frown } }) => `${label}: ${happy}/${ok}/${frown}`)

test("the product's own story comes out by year and by half", async () => {
  await story()
  expect(ratios(await ask({}))).toEqual(["2010: 84/9/7", "2011: 90/7/3"])
  expect(ratios(await ask({ by: "half", from: "2011-01-01" }))).toEqual([
    "first half of 2011: 88/9/3",
    "second half of 2011: 92/5/3",
  ])
})

test("and as a sentence, word for word", async () => {
  await story()
  expect((await ask({})).sentence).toBe(
    "84 happy / 9 OK / 7 frown in 2010 → 90 / 7 / 3 in 2011; 92 / 5 / 3 in the last half; " +
      "emails per agent per day 80 → 40. 2,000 ratings, 31% of 6,452 asked. " +
      "Happy 90% (88.6 to 91.2): a clear change, +6.0 points (+3.4 to +8.7). " +
      "Frown 3% (2.3 to 3.8): a clear change, −4.0 points (−5.9 to −2.3).",
  )
})

test("the change is of the last period, against the one before, which the report need not show", async () => {
  await story()
  const only2011 = await ask({ from: "2011-01-01" })
  expect(only2011.periods).toHaveLength(1)
  expect(only2011.change).toMatchObject({
    against: { from: "2010-01-01", to: "2011-01-01" },
    happy: { difference: expect.closeTo(0.06, 6), low: expect.closeTo(0.034456, 6), clear: true },
    ok: { high: expect.closeTo(0.000179, 6), clear: false },
    frown: { difference: expect.closeTo(-0.04, 6), clear: true },
  })
  const halves = await ask({ by: "half" })
  expect(halves.change).toMatchObject({
    against: { from: "2011-01-01", to: "2011-07-01" },
    happy: { low: expect.closeTo(0.013718, 6), high: expect.closeTo(0.066449, 6) },
  })
})

test("a year without ratings is in the report, with zeros", async () => {
  await story()
  const report = await ask({ to: "2013-01-01" })
  expect(report.periods[2]).toMatchObject({
    ...{ from: "2012-01-01", to: "2013-01-01", label: "2012", asked: 0, rated: 0, responseRate: null },
    shares: { happy: null, ok: null, frown: null },
  })
  expect(report.change).toBeNull()
  expect(report.sentence).toBe("No ratings in 2012; 90 happy / 7 OK / 3 frown in 2011.")
})

test("asked for nothing in particular, it begins with the first year rated and ends with the one we are in", async () => {
  await story()
  await rated("2009-05-05", "0/0/0", { asked: 40 })
  const report = await ask({ from: null, to: null })
  expect(report.periods[0]?.label).toBe("2010")
  expect(report.periods.at(-1)?.label).toBe("2026")
  expect(report).toMatchObject({ timeZone: expect.any(String), basis: "sent" })
})

test("a desk without a single rating reports the year it is in", async () => {
  const report = await ask({ from: null, to: null })
  expect(report.periods.map(({ label }) => label)).toEqual(["2026"])
  expect(report.sentence).toBe("No ratings in 2026 so far.")
})

test("an end before the first rating shows the period that ends there", async () => {
  await story()
  expect((await ask({ from: null, to: "2006-01-01" })).periods.map(({ label }) => label)).toEqual(["2005"])
})

test("a person's report counts their replies alone, a mailbox's only its own", async () => {
  await rated("2011-03-01", "8/1/1", { agentId: bo.id })
  await rated("2011-03-01", "20/0/0", { agentId: cy.id })
  await rated("2011-03-01", "0/5/5", { agentId: cy.id, mailboxId: billing.id })
  const counts = async (about: Partial<Question>) => {
    const [period] = (await ask({ from: "2011-01-01", ...about })).periods
    return [period?.happy, period?.ok, period?.frown]
  }
  expect(await counts({})).toEqual([28, 6, 6])
  expect(await counts({ agentId: bo.id })).toEqual([8, 1, 1])
  expect(await counts({ agentId: cy.id })).toEqual([20, 5, 5])
  expect(await counts({ mailboxId: billing.id })).toEqual([0, 5, 5])
  expect(await counts({ mailboxId: help.id, agentId: cy.id })).toEqual([20, 0, 0])
  expect(await counts({ agentId: ann.id })).toEqual([0, 0, 0])
})

test("the days counted by are those of sending or those of rating, and only the first have a response rate", async () => {
  await rated("2010-12-31", "10/0/0", { asked: 40 })
  await rated("2011-01-02", "10/0/0", { basis: "rated", asked: 0 })
  expect((await ask({ by: "year" })).periods.map(({ rated, responseRate }) => [rated, responseRate])).toEqual([
    [10, 0.25],
    [0, null],
  ])
  expect((await ask({ basis: "rated" })).periods.map(({ rated, responseRate }) => [rated, responseRate])).toEqual([
    [0, null],
    [10, null],
  ])
})

test("New Year's Eve belongs to the old year, New Year's Day to the new", async () => {
  await rated("2010-12-31", "1/0/0")
  await rated("2011-01-01", "0/1/0")
  expect((await ask({})).periods.map(({ happy, ok }) => [happy, ok])).toEqual([
    [1, 0],
    [0, 1],
  ])
})

test("which year we are in is the desk's own matter, not UTC's", async () => {
  await changeSetting("desk.timeZone", "America/Chicago", noon)
  const newYearsEve = new Date("2012-01-01T05:30:00Z")
  const { periods } = await happinessReport({ ...years, from: null, to: null }, newYearsEve)
  expect(periods.at(-1)?.label).toBe("2011")
})

test("load counts a person once a day, however many mailboxes they answer", async () => {
  await replied("2011-03-01", bo.id, 30)
  await replied("2011-03-01", bo.id, 10, billing.id)
  await replied("2011-03-01", cy.id, 20)
  await replied("2011-03-02", cy.id, 50)
  const { periods } = await loadReport({ from: "2011-03-01", to: "2011-04-01", by: "month" }, noon)
  expect(periods).toEqual([
    {
      ...{ from: "2011-03-01", to: "2011-04-01", label: "March 2011", isOver: true },
      ...{ replies: 110, agentDays: 3, perAgentDay: 36.7, medianDay: 40, worstDay: 50, worstDayOn: "2011-03-02" },
    },
  ])
})
