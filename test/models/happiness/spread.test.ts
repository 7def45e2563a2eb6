import { expect, test } from "vitest"
import { controlLimits, funnel, peopleEstimates, repeatRaters, standsOut } from "#app/models/happiness/spread.ts"

function near(found: readonly number[], ...expected: number[]) {
  for (const [at, number] of expected.entries()) expect(found[at]).toBeCloseTo(number, 6)
}

const parts = (text: string) =>
  text.split(" ").map((part) => {
    const [count, of] = part.split("/").map(Number)
    return { count: count!, of: of! }
  })

test("a month's limits around 90% narrow with its ratings", () => {
  near(controlLimits(0.9, 50)!, 0.772721, 1)
  near(controlLimits(0.9, 100)!, 0.81, 0.99)
  near(controlLimits(0.9, 400)!, 0.855, 0.945)
})

test("a month of fewer than thirty ratings has no limits", () => expect(controlLimits(0.9, 29)).toBeNull())

const raters = parts("5/5 0/4 1/1 1/1 2/2 1/1 0/1 3/3 1/1 1/1").map((part) => ({ ...part, times: 1 }))

test("twenty ratings by ten customers are worth five and a half voices", () => {
  const found = repeatRaters(raters)
  expect(found.share).toBeCloseTo(0.75, 6)
  expect(found.voices).toBeCloseTo(5.510204, 6)
  expect(20 / found.voices).toBeCloseTo(3.62963, 6)
  expect((found.share * (1 - found.share)) / found.voices).toBeCloseTo(0.034027778, 6)
  near(found.interval, 0.351388, 0.943223)
  expect(found.oneVoice).toBeCloseTo(0.8, 6)
  expect(found.adjusted).toBe(true)
})

test("customers who rated alike may be counted together", () =>
  expect(
    repeatRaters(parts("5/5 0/4 1/1 2/2 0/1 3/3").map((part) => ({ ...part, times: part.count === 1 ? 5 : 1 }))),
  ).toEqual(expect.objectContaining({ voices: expect.closeTo(5.510204, 6), oneVoice: expect.closeTo(0.8, 6) })))

test("below ten customers the plain interval stands, said to be not adjusted", () => {
  const found = repeatRaters([
    { count: 1, of: 1, times: 4 },
    { count: 0, of: 1, times: 1 },
  ])
  expect(found.adjusted).toBe(false)
  expect(found.voices).toBe(5)
})

test("fifteen of twenty plain", () => {
  const plain = repeatRaters([{ count: 15, of: 20, times: 1 }])
  near(plain.interval, 0.531299, 0.888138)
})

const team = parts("9/10 92/100 450/500 3/3 40/60 270/290")

test("three of three ranks below 270 of 290", () => {
  const { team: share, rho, people } = peopleEstimates(team)
  expect(share).toBeCloseTo(0.897196262, 6)
  expect(rho).toBeCloseTo(0.057171999, 6)
  expect((1 - rho) / rho).toBeCloseTo(16.491079751, 6)
  near(
    people!.map((person) => person!.mean),
    0.898255,
    0.916772,
    0.89991,
    0.913019,
    0.716368,
    0.929214,
  )
  near([people![3]!.low, people![3]!.high], 0.75762, 0.991493)
  near([people![4]!.low, people![4]!.high], 0.611036, 0.810985)
})

test("people who are alike are not told apart", () => {
  const found = peopleEstimates(parts("90/100 45/50 180/200"))
  expect(found.rho).toBeCloseTo(-0.010101, 6)
  expect(found.people).toBeNull()
})

test("fewer than four people are not told apart", () =>
  expect(peopleEstimates(parts("90/100 10/100 50/100")).people).toBeNull())

test("who has no ratings has no estimate, and changes nobody's", () => {
  const found = peopleEstimates([...team, { count: 0, of: 0 }])
  expect(found.people![6]).toBeNull()
  expect(found.people![3]!.mean).toBeCloseTo(0.913019, 6)
})

test("nobody rated at all: no team, no people", () =>
  expect(peopleEstimates(parts("0/0 0/0"))).toEqual({ team: 0, rho: Number.NaN, people: null }))

test("a person stands out only beyond the 99.8% line and with thirty ratings", () => {
  near(funnel(0.9, 100).usual, 0.8412, 0.9588)
  near(funnel(0.9, 100).far, 0.807294, 0.992706)
  expect(standsOut({ count: 80, of: 100 }, 0.9)).toBe(true)
  expect(standsOut({ count: 82, of: 100 }, 0.9)).toBe(false)
  expect(standsOut({ count: 10, of: 29 }, 0.9)).toBe(false)
})
