import { expect, test } from "vitest"
import { differenceOf } from "#app/models/happiness/change.ts"
import { grouped } from "#app/models/happiness/percent.ts"
import { parsePeriod } from "#app/models/happiness/period.ts"
import { sentenceOf, type Told, verdictOf, wordsOf } from "#app/models/happiness/sentence.ts"

function tally(name: string, faces: string, asked = 0) {
  const [happy, ok, frown] = faces.split("/").map(Number)
  return { ...parsePeriod(name)!, happy: happy!, ok: ok!, frown: frown!, asked, leftOff: 0 }
}

const plain: Omit<Told, "last"> = { before: null, part: null, load: { last: null, before: null }, basis: "sent" }
const told = (about: Partial<Told> & Pick<Told, "last">) => wordsOf(sentenceOf({ ...plain, ...about }))

test("the product's own story, word for word", () =>
  expect(
    told({
      last: tally("2011", "1800/140/60", 6452),
      before: tally("2010", "840/90/70"),
      part: tally("2011-H2", "920/50/30"),
      load: { last: 40.2, before: 79.8 },
    }),
  ).toBe(
    "84 happy / 9 OK / 7 frown in 2010 → 90 / 7 / 3 in 2011; 92 / 5 / 3 in the last half; " +
      "emails per agent per day 80 → 40. 2,000 ratings, 31% of 6,452 asked. " +
      "Happy 90% (88.6 to 91.2): a clear change, +6.0 points (+3.4 to +8.7). " +
      "Frown 3% (2.3 to 3.8): a clear change, −4.0 points (−5.9 to −2.3).",
  ))

test("where only rounding would tell of a change, tenths are said", () => {
  expect(told({ last: tally("2011", "906/60/34"), before: tally("2010", "904/66/30") })).toContain(
    "90.4 happy / 6.6 OK / 3.0 frown in 2010 → 90.6 / 6.0 / 3.4 in 2011.",
  )
  expect(told({ last: tally("2011", "904/66/30"), before: tally("2010", "904/66/30") })).toContain(
    "90 happy / 7 OK / 3 frown in 2010 → 90 / 7 / 3 in 2011.",
  )
})

test("a first year has nothing to be compared with", () =>
  expect(told({ last: tally("2010", "840/90/70", 3000) })).toBe(
    "84 happy / 9 OK / 7 frown in 2010. 1,000 ratings, 33% of 3,000 asked. Happy 84% (81.6 to 86.1). Frown 7% (5.6 to 8.8).",
  ))

test("a year without ratings is said to be one, beside the year before", () => {
  expect(told({ last: tally("2012", "0/0/0") })).toBe("No ratings in 2012.")
  expect(told({ last: tally("2012", "0/0/0"), before: tally("2011", "1800/140/60") })).toBe(
    "No ratings in 2012; 90 happy / 7 OK / 3 frown in 2011.",
  )
})

test("fewer than ten ratings are faces and counts, never percentages", () =>
  expect(told({ last: tally("2011-03", "5/1/0", 20) })).toBe(
    "5 happy, 1 OK, 0 frown in March 2011. 6 ratings of 20 asked. Too few for percentages.",
  ))

test("ten to 29 ratings are called few", () =>
  expect(told({ last: tally("2011-W07", "16/2/2", 20) })).toContain(
    "80 happy / 10 OK / 10 frown in week 7 of 2011 (few ratings: 20).",
  ))

test("a handful of ratings is set beside a year of many, never compared with it", () =>
  expect(told({ last: tally("2011", "90/6/4"), before: tally("2010", "3/1/0") })).toContain(
    "3 happy, 1 OK, 0 frown in 2010; 90 happy / 6 OK / 4 frown in 2011.",
  ))

test("a half tells its last quarter, a quarter its last month", () => {
  expect(told({ last: tally("2011-H2", "920/50/30"), part: tally("2011-Q4", "470/20/10") })).toContain(
    "92 happy / 5 OK / 3 frown in the second half of 2011; 94 / 4 / 2 in the last quarter.",
  )
  expect(told({ last: tally("2011-Q4", "470/20/10"), part: tally("2011-12", "5/1/1") })).not.toContain("last month")
})

test("not quite all is not called all", () =>
  expect(told({ last: tally("2011", "996/0/4") })).toContain(">99 happy / 0 OK / <1 frown in 2011."))

test("load alone when there was none before", () =>
  expect(told({ last: tally("2011", "90/6/4"), load: { last: 40.4, before: null } })).toContain(
    "in 2011; emails per agent per day 40.",
  ))

test("by the day of rating it says so, and gives no response rate", () =>
  expect(told({ last: tally("2011", "90/6/4", 300), basis: "rated" })).toContain(
    "100 ratings, by the day they were given.",
  ))

test("a change is clear, or could be chance, or is none", () => {
  const verdict = (later: [number, number], earlier: [number, number]) =>
    verdictOf(differenceOf({ count: later[0], of: later[1] }, { count: earlier[0], of: earlier[1] }))
  expect(verdict([1800, 2000], [840, 1000])).toBe("a clear change")
  expect(verdict([140, 2000], [90, 1000])).toBe("no clear change")
  expect(verdict([18, 20], [16, 20])).toBe("could be chance")
})

test("large numbers are grouped by three", () =>
  expect([0, 999, 1000, 100000, 1234567].map(grouped)).toEqual(["0", "999", "1,000", "100,000", "1,234,567"]))
