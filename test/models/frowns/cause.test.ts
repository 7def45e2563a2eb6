import { expect, test } from "vitest"
import { type CauseCount, causeBook, pareto } from "#app/models/frowns/cause.ts"

const count = (name: string, counted: number, ours: boolean | null = true): CauseCount => ({
  key: name.toLowerCase(),
  name,
  group: "people",
  ours,
  count: counted,
})

test("the book of causes has two levels, and every key once", () => {
  expect(new Set(causeBook.map(({ key }) => key)).size).toBe(22)
  const size = (group: string) => causeBook.filter((cause) => cause.group === group).length
  expect(["people", "process", "product", "policy", "other"].map(size)).toEqual([5, 5, 4, 4, 4])
})

test("what people and process do is ours, what product and policy do is not", () => {
  const ours = new Set(causeBook.filter(({ ours }) => ours).map(({ group }) => group))
  expect([...ours]).toEqual(["people", "process"])
})

test("the most frequent cause comes first, with its share and the share so far", () => {
  const rows = pareto([count("Tone", 2), count("Bug", 5, false), count("Refund", 3)])
  expect(rows.map(({ name }) => name)).toEqual(["Bug", "Refund", "Tone"])
  expect(rows.map(({ share }) => share)).toEqual([0.5, 0.3, 0.2])
  expect(rows.map(({ cumulative }) => cumulative)).toEqual([0.5, 0.8, 1])
})

test("frowns without a cause are shown as unknown, not left out", () => {
  const unknown = { key: null, name: "Unknown", group: "other", ours: null, count: 6 }
  expect(pareto([count("Tone", 4), unknown]).map(({ name, share }) => [name, share])).toEqual([
    ["Unknown", 0.6],
    ["Tone", 0.4],
  ])
})

test("no frowns make no table", () => expect(pareto([])).toEqual([]))
