import { expect, test } from "vitest"
import { clopperPearson, jeffreys, ratingsNeeded, silenceBounds, wilson } from "#app/models/happiness/interval.ts"

// Recomputed with SciPy and statsmodels; the first four are Newcombe's own examples (Stat Med 1998;17:857).
const known: [count: number, of: number, wilson: string, clopperPearson: string, jeffreys: string][] = [
  [81, 263, "0.255289–0.366210", "0.252737–0.367622", "0.254522–0.365647"],
  [15, 148, "0.062386–0.160487", "0.057844–0.161650", "0.060449–0.157643"],
  [0, 20, "0–0.161125", "0–0.168433", "0–0.116639"],
  [1, 29, "0.006113–0.171755", "0.000873–0.177644", "0.003746–0.150078"],
  [29, 29, "0.883030–1", "0.880555–1", "0.917714–1"],
  [3, 3, "0.438503–1", "0.292402–1", "0.464417–1"],
  [1, 1, "0.206549–1", "0.025000–1", "0.146746–1"],
  [9, 10, "0.595850–0.982124", "0.554984–0.997471", "0.618685–0.988988"],
  [84, 100, "0.755797–0.899047", "0.753212–0.905690", "0.758940–0.901724"],
  [840, 1000, "0.815983–0.861415", "0.815783–0.862195", "0.816310–0.861725"],
  [1800, 2000, "0.886076–0.912391", "0.886010–0.912804", "0.886274–0.912569"],
  [920, 1000, "0.901534–0.935252", "0.901420–0.936058", "0.901966–0.935607"],
  [70, 1000, "0.055776–0.087515", "0.054972–0.087616", "0.055418–0.087066"],
  [60, 2000, "0.023378–0.038424", "0.022970–0.038449", "0.023189–0.038169"],
]

const methods = { wilson, clopperPearson, jeffreys }

for (const [count, of, ...expected] of known)
  for (const [at, method] of (["wilson", "clopperPearson", "jeffreys"] as const).entries())
    test(`${method} of ${count} of ${of} is ${expected[at]}`, () => {
      const [low, high] = expected[at]!.split("–").map(Number)
      const found = methods[method]({ count, of })
      expect(found[0]).toBeCloseTo(low!, 6)
      expect(found[1]).toBeCloseTo(high!, 6)
    })

test("none of all is exactly zero at the low end, all of all exactly one at the high end", () => {
  expect(wilson({ count: 0, of: 20 })[0]).toBe(0)
  expect(wilson({ count: 29, of: 29 })[1]).toBe(1)
})

test("without ratings anything is possible", () => expect(wilson({ count: 0, of: 0 })).toEqual([0, 1]))

test("the ratings needed for one, two, three and five points at 90%", () =>
  expect([0.01, 0.02, 0.03, 0.05].map((half) => ratingsNeeded(0.9, half))).toEqual([3458, 865, 385, 139]))

test("silence of 70% leaves 90% happy anywhere from 27% to 97%", () => {
  expect(silenceBounds(0.9, 0.3)[0]).toBeCloseTo(0.27, 6)
  expect(silenceBounds(0.9, 0.3)[1]).toBeCloseTo(0.97, 6)
  expect(silenceBounds(0.84, 0.3)[0]).toBeCloseTo(0.252, 6)
  expect(silenceBounds(0.84, 0.3)[1]).toBeCloseTo(0.952, 6)
})
