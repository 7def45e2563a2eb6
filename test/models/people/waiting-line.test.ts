import { expect, test } from "vitest"
import { waitingLine } from "#app/models/people/waiting-line.ts"

/** Work that ends when it is told to, and the order in which it began. */
function works() {
  const began: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () =>
    new Promise<string>((done) => {
      began.push(name)
      ends.set(name, () => done(name))
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    await new Promise((turn) => setImmediate(turn))
  }
  return { began, work, end }
}

test("no more is done at once than may be, and the rest in the order they came", async () => {
  const { began, work, end } = works()
  const line = waitingLine({ atOnce: 2, longest: 10 })
  for (const name of ["a", "b", "c", "d"]) void line.run(1, work(name))
  expect(began).toEqual(["a", "b"])
  await end("b")
  await end("a")
  expect(began).toEqual(["a", "b", "c", "d"])
})

test("whoever is known goes before everybody who waits, the calm before the noisy", async () => {
  const { began, work, end } = works()
  const line = waitingLine({ atOnce: 1, longest: 10 })
  void line.run(3, work("first"))
  for (const place of [3, 2, 1, 0]) void line.run(place, work(`of ${place}`))
  for (const name of ["first", "of 0", "of 1", "of 2"]) await end(name)
  expect(began).toEqual(["first", "of 0", "of 1", "of 2", "of 3"])
})

test("a place for strangers that is full takes nobody more, and the one of the known has no end", async () => {
  const { began, work, end } = works()
  const line = waitingLine({ atOnce: 1, longest: 2 })
  void line.run(3, work("busy"))
  const strangers = Array.from({ length: 5 }, (_, n) => line.run(3, work(`stranger ${n}`)))
  expect(await Promise.all(strangers.slice(2))).toEqual([null, null, null])
  const known = Array.from({ length: 5 }, (_, n) => line.run(0, work(`known ${n}`)))
  for (const name of ["busy", "known 0", "known 1", "known 2", "known 3", "known 4"]) await end(name)
  expect(await Promise.all(known)).toHaveLength(5)
  expect(began.at(-1)).toBe("stranger 0")
})

test("work that fails makes room like any other", async () => {
  const line = waitingLine({ atOnce: 1, longest: 2 })
  const failed = line.run(1, () => Promise.reject(new Error("no")))
  expect(await Promise.allSettled([failed, line.run(1, async () => "done")])).toMatchObject([
    { status: "rejected" },
    { value: "done" },
  ])
})
