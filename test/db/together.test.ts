import { expect, test } from "vitest"
import { together } from "#db/together.ts"

const rounds = (most?: number) => {
  const seen: number[][] = []
  const ask = together<number, number>(async (asked) => {
    seen.push(asked)
    return asked.map((n) => n * 10)
  }, most)
  return { seen, ask }
}

test("all who ask at the same time are answered by one piece of work, each with their own answer", async () => {
  const { seen, ask } = rounds()
  expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual([10, 20, 30])
  expect(seen).toEqual([[1, 2, 3]])
})

test("whoever comes while it is being done is in the next", async () => {
  const { seen, ask } = rounds()
  const first = ask(1)
  await new Promise((turn) => setImmediate(turn))
  expect(await Promise.all([first, ask(2), ask(3)])).toEqual([10, 20, 30])
  expect(seen).toEqual([[1], [2, 3]])
})

test("no round is larger than the most", async () => {
  const { seen, ask } = rounds(2)
  await Promise.all([1, 2, 3, 4, 5].map(ask))
  expect(seen).toEqual([[1, 2], [3, 4], [5]])
})

test("work that fails fails for all it was done for, and for nobody after them", async () => {
  const ask = together<string, string>(async (asked) => {
    if (asked.includes("bad")) throw new Error("no")
    return asked
  }, 2)
  const told = await Promise.allSettled([ask("good"), ask("bad"), ask("later")])
  expect(told.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"])
})
