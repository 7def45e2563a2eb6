import { expect, test } from "vitest"
import { chiSquare, differenceOf, seasonAdjusted, trend, twoShares } from "#app/models/happiness/change.ts"

const part = (text: string) => {
  const [count, of] = text.split("/").map(Number)
  return { count: count!, of: of! }
}

// Newcombe's method 10 (Stat Med 1998;17:873), recomputed; later first.
const differences: [later: string, earlier: string, difference: number, low: number, high: number][] = [
  ["56/70", "48/80", 0.2, 0.052431, 0.333873],
  ["9/10", "3/10", 0.6, 0.170523, 0.809018],
  ["6/7", "2/7", 0.571429, 0.058228, 0.80625],
  ["5/56", "0/29", 0.089286, -0.038137, 0.19256],
  ["0/10", "0/20", 0, -0.161125, 0.277533],
  ["0/10", "0/10", 0, -0.277533, 0.277533],
  ["10/10", "0/20", 1, 0.679086, 1],
  ["10/10", "0/10", 1, 0.607509, 1],
  ["7/34", "1/34", 0.176471, 0.018921, 0.340369],
  ["1800/2000", "840/1000", 0.06, 0.034456, 0.087025],
  ["60/2000", "70/1000", -0.04, -0.058725, -0.023469],
  ["140/2000", "90/1000", -0.02, -0.04195, 0.000179],
  ["920/1000", "880/1000", 0.04, 0.013718, 0.066449],
]

for (const [later, earlier, difference, low, high] of differences)
  test(`from ${earlier} to ${later} is ${difference}, ${low} to ${high}`, () => {
    const found = differenceOf(part(later), part(earlier))
    expect(found.difference).toBeCloseTo(difference, 6)
    expect(found.low).toBeCloseTo(low, 6)
    expect(found.high).toBeCloseTo(high, 6)
  })

test("a difference is clear only when its interval leaves out zero", () => {
  expect(differenceOf(part("1800/2000"), part("840/1000")).clear).toBe(true)
  expect(differenceOf(part("60/2000"), part("70/1000")).clear).toBe(true)
  expect(differenceOf(part("140/2000"), part("90/1000")).clear).toBe(false)
})

const tests: [later: string, earlier: string, z: number, p: number | null][] = [
  ["56/70", "48/80", 2.650172, 0.00804508],
  ["1800/2000", "840/1000", 4.767313, 1.866992e-6],
  ["60/2000", "70/1000", -5.072511, null],
  ["920/1000", "880/1000", 2.981424, 0.00286911],
]

for (const [later, earlier, z, p] of tests)
  test(`${later} against ${earlier} has z ${z}`, () => {
    const found = twoShares(part(later), part(earlier))
    expect(found.z).toBeCloseTo(z, 6)
    if (p !== null) expect(found.p / p).toBeCloseTo(1, 5)
  })

test("z squared is the chi-square of the two by two table", () => {
  const square = (rows: number[][]) => chiSquare(rows)?.statistic
  expect(twoShares(part("1800/2000"), part("840/1000")).z ** 2).toBeCloseTo(22.727273, 6)
  expect(
    square([
      [1800, 200],
      [840, 160],
    ]),
  ).toBeCloseTo(22.727273, 6)
  expect(
    square([
      [920, 80],
      [880, 120],
    ]),
  ).toBeCloseTo(8.888889, 6)
})

test("all three faces of two years at once", () => {
  const found = chiSquare([
    [840, 90, 70],
    [1800, 140, 60],
  ])
  expect(found?.statistic).toBeCloseTo(30.820918, 6)
  expect(found?.degrees).toBe(2)
  expect(found!.p / 2.02919e-7).toBeCloseTo(1, 5)
})

test("a table with a cell that expects fewer than five is not tested", () =>
  expect(
    chiSquare([
      [8, 1, 0],
      [6, 2, 1],
    ]),
  ).toBeNull())

// The example in R's documentation of prop.test and prop.trend.test.
const smokers = [part("83/86"), part("90/93"), part("129/136"), part("70/82")]

test("R's smokers differ", () => {
  const found = chiSquare(smokers.map(({ count, of }) => [count, of - count]))
  expect(found?.statistic).toBeCloseTo(12.600411, 6)
  expect(found?.degrees).toBe(3)
  expect(found?.p).toBeCloseTo(0.005585477, 6)
})

test("R's smokers have a trend, by either scores", () => {
  const by = (scores: number[]) => trend(smokers.map((group, at) => ({ ...group, score: scores[at]! })))
  expect(by([1, 2, 3, 4])?.statistic).toBeCloseTo(8.224922, 6)
  expect(by([1, 2, 3, 4])?.p).toBeCloseTo(0.004131897, 6)
  expect(by([0, 0, 0, 1])?.statistic).toBeCloseTo(12.173146, 6)
  expect(by([0, 0, 0, 1])?.p).toBeCloseTo(0.000484825, 6)
  expect(by([1, 2, 3, 4])?.rising).toBe(false)
})

test("four halves from 82% to 92% are a trend", () => {
  const halves = ["410/500", "430/500", "880/1000", "920/1000"]
  const found = trend(halves.map((text, at) => ({ ...part(text), score: at + 1 })))
  expect(Math.abs(found!.statistic - 33.536586)).toBeLessThan(1e-6)
  expect(found!.p / 6.993605e-9).toBeCloseTo(1, 4)
  expect(found?.rising).toBe(true)
})

test("without any difference in time or in face there is no trend to test", () =>
  expect(
    trend([
      { count: 5, of: 5, score: 1 },
      { count: 9, of: 9, score: 2 },
    ]),
  ).toBeNull())

test("quarter by quarter the change of the year is 6.0 points", () => {
  const earlier = ["200/240", "210/250", "210/250", "220/260"].map(part)
  const later = ["430/490", "440/490", "460/510", "470/510"].map(part)
  const found = seasonAdjusted(later.map((quarter, at) => ({ later: quarter, earlier: earlier[at]! })))
  expect(found?.difference).toBeCloseTo(0.060154798, 6)
  expect(found?.error).toBeCloseTo(0.01338633, 6)
  expect(found?.low).toBeCloseTo(0.033918, 6)
  expect(found?.high).toBeCloseTo(0.086392, 6)
})

test("years without a quarter in common cannot be compared by season", () =>
  expect(seasonAdjusted([{ later: part("0/0"), earlier: part("4/5") }])).toBeNull())
