import { expect, test } from "vitest"
import {
  asOf,
  before,
  inWords,
  kinds,
  momentsOf,
  parsePeriod,
  periodOf,
  periodsBetween,
  samePart,
  yearEarlier,
} from "#app/models/happiness/period.ts"

const named = (name: string) => parsePeriod(name)!

test.each([
  ["2011", "2011", "2011-01-01", "2012-01-01"],
  ["2011-H1", "first half of 2011", "2011-01-01", "2011-07-01"],
  ["2011-H2", "second half of 2011", "2011-07-01", "2012-01-01"],
  ["2011-Q3", "Q3 2011", "2011-07-01", "2011-10-01"],
  ["2011-Q4", "Q4 2011", "2011-10-01", "2012-01-01"],
  ["2011-03", "March 2011", "2011-03-01", "2011-04-01"],
  ["2011-12", "December 2011", "2011-12-01", "2012-01-01"],
  ["2011-W07", "week 7 of 2011", "2011-02-14", "2011-02-21"],
  ["2011-03-14", "14 March 2011", "2011-03-14", "2011-03-15"],
])("%s is %s, from %s to the day before %s", (name, label, from, to) => {
  expect(named(name)).toMatchObject({ name, label, from, to })
})

test.each([
  "twenty-eleven",
  "20x1",
  "",
  "0",
  "11",
  "0000",
  "1969",
  "2200",
  "20111",
  "-2011",
  "2011-H3",
  "2011-H0",
  "2011-Q5",
  "2011-13",
  "2011-00",
  "2011-W00",
  "2011-W53",
  "2011-W54",
  "2011-02-30",
  "2011-1",
  "2011 ",
  "2011/03",
  "2011-H2-1",
])("%j is no period", (text) => expect(parsePeriod(text)).toBeNull())

test("capitals do not matter", () => expect(parsePeriod("2011-h2")?.name).toBe("2011-H2"))

test("a year of 53 weeks has a week 53, and New Year's Day may lie in it", () => {
  expect(named("2015-W53")).toMatchObject({ from: "2015-12-28", to: "2016-01-04" })
  expect(periodOf("2016-01-01", "week").name).toBe("2015-W53")
  expect(periodOf("2011-01-01", "week").name).toBe("2010-W52")
})

// When 2011, its second half and 2012 begin.
test.each([
  ["America/Chicago", "2011-01-01T06:00", "2011-07-01T05:00", "2012-01-01T06:00"],
  ["Europe/Berlin", "2010-12-31T23:00", "2011-06-30T22:00", "2011-12-31T23:00"],
  ["Asia/Kolkata", "2010-12-31T18:30", "2011-06-30T18:30", "2011-12-31T18:30"],
  // The 30th of December 2011 did not exist there.
  ["Pacific/Apia", "2011-01-01T10:00", "2011-07-01T11:00", "2011-12-31T10:00"],
])("in %s 2011 begins at %s, its second half at %s, 2012 at %s", (zone, year, half, next) => {
  const at = (text: string) => new Date(`${text}:00Z`)
  expect(momentsOf(named("2011"), zone)).toEqual({ start: at(year), end: at(next) })
  expect(momentsOf(named("2011-H2"), zone)).toEqual({ start: at(half), end: at(next) })
  expect(momentsOf(named("2012"), zone).start).toEqual(at(next))
})

test("half past eleven on New Year's Eve is still the old year in Chicago, though UTC is in the new", () => {
  const late = new Date("2012-01-01T05:30:00Z")
  expect(late < momentsOf(named("2011"), "America/Chicago").end).toBe(true)
  expect(late < momentsOf(named("2011"), "UTC").end).toBe(false)
})

test("every day lies in exactly one period of each kind", () => {
  for (const kind of kinds) {
    const periods = periodsBetween("2010-01-01", "2012-01-01", kind)
    for (const [at, period] of periods.entries()) if (at > 0) expect(period.from).toBe(periods[at - 1]!.to)
    expect(periods.every(({ name }) => parsePeriod(name)?.from !== undefined)).toBe(true)
  }
})

test("a range is answered in whole periods, whether its end is given as the last day or the day after", () => {
  const names = (to: string) => periodsBetween("2010-05-05", to, "year").map(({ name }) => name)
  expect(names("2011-12-31")).toEqual(["2010", "2011"])
  expect(names("2012-01-01")).toEqual(["2010", "2011"])
  expect(names("2012-01-02")).toEqual(["2010", "2011", "2012"])
})

test("before a period comes the one of its kind, whatever the year", () => {
  expect(before(named("2011")).name).toBe("2010")
  expect(before(named("2011-H1")).name).toBe("2010-H2")
  expect(before(named("2011-Q3")).name).toBe("2011-Q2")
  expect(before(named("2011-01")).name).toBe("2010-12")
  expect(before(named("2011-W01")).name).toBe("2010-W52")
})

test("a year earlier is the same half, month or week; a 53rd week has none", () => {
  expect(yearEarlier(named("2011-H2"))?.name).toBe("2010-H2")
  expect(yearEarlier(named("2011-03"))?.name).toBe("2010-03")
  expect(yearEarlier(named("2016-W02"))?.name).toBe("2015-W02")
  expect(yearEarlier(named("2015-W53"))).toBeNull()
})

test("each stands in a sentence as people say it", () => {
  const said = (name: string) => inWords(named(name))
  expect(["2011", "2011-H2", "2011-Q3", "2011-03", "2011-W07", "2011-03-14"].map(said)).toEqual([
    "in 2011",
    "in the second half of 2011",
    "in Q3 2011",
    "in March 2011",
    "in week 7 of 2011",
    "on 14 March 2011",
  ])
})

test.each([
  ["2026", "2025", "2026-11-30", "2025 until 30 November", "2025-12-01"],
  ["2026-H2", "2026-H1", "2026-11-30", "first half of 2026 until 31 May", "2026-06-01"],
  ["2026-11", "2026-10", "2026-11-20", "October 2026 until 20 October", "2026-10-21"],
  ["2026-03", "2026-02", "2026-03-30", "February 2026", "2026-03-01"],
  ["2026-W48", "2026-W47", "2026-11-24", "week 47 of 2026 until 17 November", "2026-11-18"],
  ["2024", "2023", "2024-02-29", "2023 until 28 February", "2023-03-01"],
  ["2025", "2024", "2026-11-30", "2024", "2025-01-01"],
])("%s stands beside as much of %s on %s: %s", (name, earlier, today, label, to) =>
  expect(samePart(named(earlier), named(name), today)).toMatchObject({ label, to }),
)

test("a period that is not over says so, once; one that has not begun does not", () => {
  const label = (name: string) => asOf(asOf(named(name), "2026-11-30"), "2026-11-30").label
  expect(["2026", "2025", "2026-H2", "2027"].map(label)).toEqual([
    "2026 so far",
    "2025",
    "second half of 2026 so far",
    "2027",
  ])
})
