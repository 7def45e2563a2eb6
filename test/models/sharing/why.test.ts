import { expect, test } from "vitest"
import { inShort } from "#app/models/sharing/hindrance.ts"
import { type Kept, lineOf, stoodThen } from "#app/models/sharing/why.ts"
import type { Asked, CandidateRow, Hindrance } from "#db/tables/sharing.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const row = (agentId: number, name: string, given: Partial<CandidateRow> = {}): CandidateRow => ({
  ...{ agentId, name, load: 0, limit: 20, share: 0, idleMinutes: null, skipped: null },
  ...{ givenToday: 0, hoursToday: 4, lastGivenAt: null },
  ...given,
})
const asked: Asked = {
  ...{ knowsIt: null, usual: null, rampCases: 5, timeZone: "Europe/Berlin", mailbox: "Help", asksFor: [] },
}
const kept = (toAgentId: number | null, candidates: CandidateRow[], given: Partial<Kept> = {}): Kept => ({
  ...{ rule: toAgentId === null ? "pool" : "spare room", reason: "As written.", toAgentId, candidates, asked },
  ...given,
})
const said = { timeZone: "Europe/Berlin", now: noon }
const skipped = (hindrance: Hindrance) => ({ hindrance, skipped: inShort(hindrance, said) })
const full = skipped({ kind: "full", load: 20, limit: 20 })
const words = (given: Kept) => stoodThen(given, said).map((one) => `${one.name} ${one.words}`)

test("the line names what made the difference, which is the first rule in which two differ", () => {
  const line = (joan: Partial<CandidateRow>, bo: Partial<CandidateRow>) =>
    lineOf(kept(1, [row(1, "Joan Park", joan), row(2, "Bo Diaz", bo)]))
  expect(line({ load: 4 }, { load: 5 })).toBe("Given to Joan: 4 of 20, the lowest load for the limit.")
  expect(line({ givenToday: 1 }, { givenToday: 3 })).toBe(
    "Given to Joan: 0 of 20, the smallest share of the day’s mail.",
  )
  expect(line({ lastGivenAt: later(-9).toISOString() }, { lastGivenAt: later(-2).toISOString() })).toBe(
    "Given to Joan: 0 of 20, the longest without a new one.",
  )
  expect(line({}, {})).toBe("Given to Joan: 0 of 20, equal to others, the first by number.")
  expect(line({ load: 19 }, full)).toBe("Given to Joan: 19 of 20, the only one with room.")
})

test("whoever knows it is named for that, and the others had room all the same", () => {
  const people = [row(1, "Joan Park", { load: 12 }), row(2, "Bo Diaz")]
  const knows = kept(1, people, { rule: "knows it", asked: { ...asked, knowsIt: 1 } })
  expect(lineOf(knows)).toBe("Given to Joan: 12 of 20, replied last.")
  expect(words(knows)).toEqual(["Joan Park was given it: replied last", "Bo Diaz had room, but Joan replied last"])
  const usual = kept(1, people, { rule: "knows it", asked: { ...asked, usual: 1 } })
  expect(lineOf(usual)).toBe("Given to Joan: 12 of 20, usually answers this customer.")
})

test("the table has the chosen one first, then who had room by how much, then the others with why not", () => {
  const people = [
    row(1, "Ann Lee", skipped({ kind: "off", until: "2026-03-16T08:00:00Z" })),
    row(2, "Bo Diaz", { load: 9, givenToday: 3, idleMinutes: 14 }),
    row(3, "Cy Novak", { load: 6, limit: 10 }),
    row(4, "Di Orr", { load: 8 }),
  ]
  const table = stoodThen(kept(4, people), said)
  expect(table.map(({ name, load, share, idle, isChosen }) => [name, load, share, idle, isChosen])).toEqual([
    ["Di Orr", "8 of 20", "0 in 4.0 h", "none given yet", true],
    ["Bo Diaz", "9 of 20", "3 in 4.0 h", "14 min", false],
    ["Cy Novak", "6 of 10", "0 in 4.0 h", "none given yet", false],
    ["Ann Lee", "0 of 20", "0 in 4.0 h", "none given yet", false],
  ])
  expect(words(kept(4, people))).toEqual([
    "Di Orr was given it: the lowest load for the limit",
    "Bo Diaz had room, but a higher load for the limit",
    "Cy Novak had room, but a higher load for the limit",
    "Ann Lee is off until Mon 09:00",
  ])
})

test("what a person decided stands as it was written", () => {
  const people = [row(1, "Joan Park", full), row(2, "Bo Diaz")]
  const handed = kept(1, people, { rule: "handed over", reason: "Ann handed it over to Joan.", asked: null })
  expect(lineOf(handed)).toBe("Ann handed it over to Joan.")
  expect(words(handed)).toEqual(["Joan Park was handed it", "Bo Diaz had room"])
})

test("behind older cases those with room are said to have had it", () =>
  expect(words(kept(null, [row(1, "Joan Park"), row(2, "Bo Diaz", full)]))).toEqual([
    "Joan Park had room, but older cases came first",
    "Bo Diaz is full at 20 of 20",
  ]))

test("a row kept when the desk kept only words shows them as they are", () =>
  expect(words(kept(2, [row(1, "Joan Park", { skipped: "off till Mon 09:00" }), row(2, "Bo Diaz")]))).toEqual([
    "Bo Diaz was given it: the only one with room",
    "Joan Park off till Mon 09:00",
  ]))
