import { expect, test } from "vitest"
import { loadPeriods } from "#app/models/happiness/load.ts"
import { parsePeriod, periodsBetween } from "#app/models/happiness/period.ts"
import { changeBetween, nothing, reported, tallied } from "#app/models/happiness/report.ts"

const day = (on: string, faces: string, asked = 0) => {
  const [happy, ok, frown] = faces.split("/").map(Number)
  return { day: on, happy: happy!, ok: ok!, frown: frown!, asked, leftOff: 0 }
}

test("days fall into their periods, and a period without days is there with zeros", () => {
  const days = [
    day("2009-12-31", "9/9/9"),
    day("2010-01-01", "1/0/0"),
    day("2010-12-31", "2/0/1"),
    day("2012-03-01", "4/0/0"),
  ]
  const years = tallied(days, periodsBetween("2010-01-01", "2013-01-01", "year"))
  expect(years.map(({ label, happy, frown }) => [label, happy, frown])).toEqual([
    ["2010", 3, 1],
    ["2011", 0, 0],
    ["2012", 4, 0],
  ])
})

test("the same days make halves, months and weeks", () => {
  const days = [day("2011-06-30", "5/0/0"), day("2011-07-01", "7/0/0"), day("2011-07-03", "1/0/0")]
  const by = (kind: "half" | "month" | "week") =>
    tallied(days, periodsBetween("2011-06-27", "2011-07-04", kind)).map(({ happy }) => happy)
  expect(by("half")).toEqual([5, 8])
  expect(by("month")).toEqual([5, 8])
  expect(by("week")).toEqual([13])
})

test("a period is reported with shares, intervals and the response of those asked", () => {
  const period = { ...parsePeriod("2011")!, ...day("", "1800/140/60", 6452) }
  expect(reported(period, "sent")).toEqual({
    from: "2011-01-01",
    to: "2012-01-01",
    label: "2011",
    asked: 6452,
    rated: 2000,
    responseRate: 2000 / 6452,
    happy: 1800,
    ok: 140,
    frown: 60,
    shares: { happy: 90, ok: 7, frown: 3 },
    intervals: {
      happy: [expect.closeTo(0.886076, 6), expect.closeTo(0.912391, 6)],
      ok: [expect.closeTo(0.0596, 4), expect.closeTo(0.082, 4)],
      frown: [expect.closeTo(0.023378, 6), expect.closeTo(0.038424, 6)],
    },
  })
  expect(reported(period, "rated").responseRate).toBeNull()
})

test("nine ratings are counts without shares, intervals and response, ten have them", () => {
  const of = (faces: string) => reported({ ...parsePeriod("2011")!, ...day("", faces, 40) }, "sent")
  const none = { happy: null, ok: null, frown: null }
  expect(of("0/0/0")).toMatchObject({ rated: 0, responseRate: null, shares: none, intervals: none })
  expect(of("7/1/1")).toMatchObject({ rated: 9, happy: 7, responseRate: null, shares: none, intervals: none })
  expect(of("8/1/1")).toMatchObject({ rated: 10, responseRate: 0.25, shares: { happy: 80, ok: 10, frown: 10 } })
})

test("a change names what it is against, and there is none against nothing", () => {
  const y2010 = { ...parsePeriod("2010")!, ...day("", "840/90/70") }
  const y2011 = { ...parsePeriod("2011")!, ...day("", "1800/140/60") }
  const change = changeBetween(y2011, y2010)
  expect(change?.against).toEqual({ from: "2010-01-01", to: "2011-01-01" })
  expect(change?.happy).toMatchObject({ difference: expect.closeTo(0.06, 6), clear: true })
  expect(change?.ok.clear).toBe(false)
  expect(changeBetween(y2011, { ...y2010, ...nothing })).toBeNull()
  expect(changeBetween(y2011, { ...y2010, ...day("", "7/1/1") })).toBeNull()
  expect(changeBetween({ ...y2011, ...day("", "7/1/1") }, y2010)).toBeNull()
})

test("load is replies per person and day worked, with its middle and its worst day", () => {
  const days = [
    { day: "2011-01-03", replies: 160, agents: 4 },
    { day: "2011-01-04", replies: 90, agents: 3 },
    { day: "2011-01-05", replies: 240, agents: 4 },
  ]
  const [january, february] = loadPeriods(days, periodsBetween("2011-01-01", "2011-03-01", "month"))
  expect(january).toEqual({
    from: "2011-01-01",
    to: "2011-02-01",
    label: "January 2011",
    replies: 490,
    agentDays: 11,
    perAgentDay: 44.5,
    medianDay: 40,
    worstDay: 60,
    worstDayOn: "2011-01-05",
  })
  expect(february).toMatchObject({ replies: 0, agentDays: 0, perAgentDay: null, medianDay: null, worstDay: null })
})
