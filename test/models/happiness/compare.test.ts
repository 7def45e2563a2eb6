import { expect, test } from "vitest"
import { byChance, bySeason, comparisons, steadily } from "#app/models/happiness/compare.ts"
import { people } from "#app/models/happiness/people.ts"
import { parsePeriod } from "#app/models/happiness/period.ts"
import { nothing } from "#app/models/happiness/report.ts"

const counts = (faces: string) => {
  const [happy, ok, frown] = faces.split("/").map(Number)
  return { happy: happy!, ok: ok!, frown: frown!, asked: 0, leftOff: 0 }
}
const days = [
  { day: "2010-02-01", ...counts("840/90/70") },
  { day: "2010-08-01", ...counts("84/9/7") },
  { day: "2011-02-01", ...counts("880/90/30") },
  { day: "2011-08-01", ...counts("920/50/30") },
]
const period = (name: string, faces: string) => ({ ...parsePeriod(name)!, ...counts(faces) })

test("a half is compared with the one before and with the same half of the year before", () => {
  const found = comparisons(period("2011-H2", "920/50/30"), days, "2030-01-01")
  expect(found.map(({ when }) => when)).toEqual(["the first half of 2011", "the second half of 2010"])
  expect(found[0]!.faces[0]).toMatchObject({ face: "happy", was: "88.0%", is: "92.0%", verdict: "a clear change" })
  expect(found[0]!.faces[0]!.words).toBe("+4.0 points (+1.4 to +6.6)")
})

test("for a year both are the same and told once", () =>
  expect(comparisons(period("2011", "1800/140/60"), days, "2030-01-01").map(({ when }) => when)).toEqual(["2010"]))

test("nothing is compared with a year without ratings", () =>
  expect(comparisons(period("2010", "924/99/77"), days, "2030-01-01")).toEqual([]))

test("only a year is compared quarter by quarter", () => {
  expect(bySeason(parsePeriod("2011-H2")!, days, "2030-01-01")).toBeNull()
  expect(bySeason(parsePeriod("2011")!, days, "2030-01-01")?.verdict).toBe("a clear change")
  expect(bySeason(parsePeriod("2010")!, days, "2030-01-01")).toBeNull()
})

test("a steady rise takes three half-years to be called one", () => {
  const halves = [period("2010-H1", "410/0/90"), period("2010-H2", "430/0/70"), period("2011-H1", "880/0/120")]
  expect(steadily(halves.slice(0, 2))).toBeNull()
  expect(steadily(halves)?.rising).toBe(true)
})

test.each([
  [0.7, "more often than not"],
  [0.05, "once in 20 tries"],
  [0.0013, "once in 770 tries"],
  [2.02919e-7, "once in 5 million tries"],
  [0, "less than once in a billion tries"],
])("a chance of %d is %s", (p, words) => expect(byChance(p)).toBe(words))

const rated = (id: number, name: string, faces: string) => ({ id, name, tally: counts(faces), replies: 0, days: 0 })

test("people stand by name, whatever their figures", () => {
  const { rows } = people([rated(1, "Zoe", "50/0/0"), rated(2, "Ann", "10/0/40"), rated(3, "Mia", "45/0/5")])
  expect(rows.map(({ name }) => name)).toEqual(["Ann", "Mia", "Zoe"])
})

test("with few ratings a person's share is drawn towards the team's", () => {
  const team = ["9/0/1", "92/0/8", "450/0/50", "3/0/0", "40/0/20", "270/0/20"]
  const { rows, differ } = people(team.map((faces, at) => rated(at, "ABCDEF"[at]!, faces)))
  expect(differ).toBe(true)
  expect(rows[1]!.happy!.mean).toBeCloseTo(0.916772, 6)
  expect(rows[3]!.happy).toBeNull()
  expect(rows.map(({ standsOut }) => standsOut)).toEqual([false, false, false, false, true, false])
})

test("where people cannot be told apart each keeps the plain share, and who was not rated has none", () => {
  const { rows, differ } = people([
    rated(1, "A", "90/0/10"),
    rated(2, "B", "45/0/5"),
    { ...rated(3, "C", "0/0/0"), tally: nothing },
  ])
  expect(differ).toBe(false)
  expect(rows[0]!.happy!.mean).toBeCloseTo(0.9, 6)
  expect(rows[2]!.happy).toBeNull()
})
