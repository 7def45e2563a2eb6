import { performance } from "node:perf_hooks"
import { afterAll, expect, test } from "vitest"
import { makeAllWordsAgain, makeWordsDue, wordsDue } from "#app/models/cases/case-words.server.ts"
import { listCases } from "#app/models/cases/views.server.ts"
import { db } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { caseWords } from "#db/tables/search.ts"
import { endIdleThreads } from "#emails/incoming/threads.server.ts"
import { bo, dana, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { viewer } from "#test/support/viewer.ts"

afterAll(endIdleThreads)

const from = { name: dana.name, address: dana.address }
const found = async (q: string) => {
  const filter = { view: "all", mailboxId: null, agentId: null, customerId: null, cursor: null } as const
  return (await listCases(viewer(bo), { ...filter, q }, noon)).rows.map(({ number }) => number)
}

async function longCase(text: string) {
  const caseNumber = await caseOf("Long")
  const written = { caseNumber, kind: "email" as const, at: later(1), from, text: "" }
  await db.insert(messages).values({ ...written, newText: text })
  return caseNumber
}

test("long texts are made findable by a thread, which leaves this one free", async () => {
  while (await makeWordsDue());
  const numbers: number[] = []
  for (let n = 0; n < 6; n++) numbers.push(await longCase(`needle${n} ${"漢字かな交じり文".repeat(11_000)}`))
  const before = performance.eventLoopUtilization()
  while (await makeWordsDue());
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
  expect((await found("交じ")).sort()).toEqual(numbers.sort())
  expect(await found("needle3")).toEqual([numbers[3]])
}, 60_000)

test("words that were lost are made again for every case when somebody asks", async () => {
  const number = await caseOf("A needle in here")
  while (await makeWordsDue());
  await db.delete(caseWords)
  expect(await found("needle")).toEqual([])
  expect(await makeAllWordsAgain()).toBe(1)
  while (await makeWordsDue());
  expect(await found("needle")).toEqual([number])
})

test("cases are taken up a few at a time when they are full, and none is left", async () => {
  for (let n = 0; n < 42; n++) await longCase("word ".repeat(25_000))
  await makeWordsDue()
  expect(await wordsDue(1)).toBe(1)
  while (await makeWordsDue());
  expect(await wordsDue(1)).toBe(0)
}, 60_000)
