import { expect, test } from "vitest"
import { bandDrawing } from "#app/models/happiness/band-drawing.ts"
import { loadDrawing } from "#app/models/happiness/load-drawing.ts"
import { parsePeriod } from "#app/models/happiness/period.ts"
import { placesOf } from "#app/models/happiness/places.ts"
import { runDrawing, whiskers } from "#app/models/happiness/run-drawing.ts"

function tally(name: string, faces: string) {
  const [happy, ok, frown] = faces.split("/").map(Number)
  return { ...parsePeriod(name)!, happy: happy!, ok: ok!, frown: frown!, asked: 0, leftOff: 0 }
}

test("columns stand side by side within the drawing, however many", () => {
  for (const count of [2, 12, 31, 53]) {
    const places = placesOf(count)
    expect(places).toHaveLength(count)
    expect(places[0]!.x).toBeCloseTo(0, 6)
    expect(places.at(-1)!.x + places.at(-1)!.width).toBeCloseTo(100, 6)
    for (const [at, { x }] of places.entries())
      if (at > 0) expect(x).toBeGreaterThan(places[at - 1]!.x + places[at - 1]!.width)
  }
})

test("twelve months are each labelled, of 53 weeks about a dozen", () => {
  expect(placesOf(12).every(({ labelled }) => labelled)).toBe(true)
  expect(placesOf(53).filter(({ labelled }) => labelled).length).toBeLessThan(14)
})

test("shares stack from happy at the foot to frown on top, in proportion", () => {
  const [column] = bandDrawing([tally("2011-03", "80/15/5")], "2026-01-01").columns
  const [happy, ok, frown] = column!.marks
  expect(column!.marks.map(({ face }) => face)).toEqual(["happy", "ok", "frown"])
  expect(happy!.y + happy!.height).toBeCloseTo(100, 6)
  expect(ok!.y + ok!.height).toBeCloseTo(happy!.y, 6)
  expect(frown!.y + frown!.height).toBeCloseTo(ok!.y, 6)
  expect(happy!.height / ok!.height).toBeCloseTo(80 / 15, 6)
  expect(column!.words).toEqual({ happy: "80", ok: "15", frown: "5" })
})

test("below ten ratings each is a block of its own and no percentage is drawn", () => {
  const [column] = bandDrawing([tally("2011-03", "3/0/1")], "2026-01-01").columns
  expect(column!.marks.map(({ face, height }) => [face, height])).toEqual([
    ["happy", 27],
    ["frown", 9],
  ])
  expect([column!.words, column!.frown]).toEqual([null, null])
})

test("the frowns alone are large enough to be read, to a tenth from a hundred ratings on", () => {
  const { columns } = bandDrawing([tally("2011-01", "965/0/35"), tally("2011-02", "38/0/2")], "2026-01-01")
  expect(columns.map(({ frown }) => frown!.words)).toEqual(["3.5", "5"])
  expect(columns[0]!.frown!.height).toBeGreaterThan(50)
})

test("a month with more frowns than chance explains is marked", () => {
  const months = [tally("2011-01", "970/0/30"), tally("2011-02", "970/0/30"), tally("2011-03", "900/0/100")]
  expect(bandDrawing(months, "2026-01-01").columns.map(({ frown }) => frown!.beyondChance)).toEqual([true, true, true])
  const calm = bandDrawing([tally("2011-01", "97/0/3"), tally("2011-02", "95/0/5")], "2026-01-01")
  expect(calm.columns.map(({ frown }) => frown!.beyondChance)).toEqual([false, false])
})

test("a month whose links are still live is settling", () => {
  const months = [tally("2026-01", "9/1/0"), tally("2026-02", "9/1/0")]
  expect(bandDrawing(months, "2026-02-10").columns.map(({ settling }) => settling)).toEqual([false, true])
})

test("the line of the happy share breaks where nobody rated", () => {
  const units = ["9/1/0", "0/0/0", "18/2/0", "19/1/0"].map((faces, at) => ({
    ...tally(`2011-0${at + 1}`, faces),
    ...{ perAgentDay: at === 1 ? null : 40, replies: 0 },
  }))
  const { columns, path } = loadDrawing(units)
  expect(path.match(/M/g)).toHaveLength(2)
  expect(columns.map(({ load }) => load?.each ?? null)).toEqual([40, null, 40, 40])
})

test("years in which nobody rated close up to one gap", () => {
  const names = ["2010-H1", "2010-H2", "2011-H1", "2011-H2", "2012-H1", "2012-H2", "2013-H1"]
  const run = runDrawing(names.map((name, at) => tally(name, at < 2 || at > 5 ? "90/5/5" : "0/0/0")))
  expect(run.points.map(({ period }) => period.name)).toEqual(["2010-H1", "2010-H2", "2013-H1"])
  expect(run.gaps).toHaveLength(1)
})

test("everybody's bounds lie on the same line as the team's share", () => {
  const drawn = whiskers(
    [
      { mean: 0.9, interval: [0.8, 0.95] },
      { mean: 0.85, interval: [0.7, 0.9] },
    ],
    0.88,
  )
  expect(drawn.rows[1]!.low).toBeCloseTo(2, 6)
  expect(drawn.rows[0]!.high).toBeCloseTo(98, 6)
  expect(drawn.team).toBeGreaterThan(drawn.rows[1]!.mean)
})
