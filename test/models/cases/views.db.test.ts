import { expect, test } from "vitest"
import { closeCase, snoozeCase } from "#app/models/cases/case.server.ts"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { type Filter, listCases, viewCounts } from "#app/models/cases/views.server.ts"
import { handOver } from "#app/models/sharing/hand-over.server.ts"
import { db } from "#db/connection.server.ts"
import { ann, billing, bo, cy, dana, eli, help, later, noon } from "#test/fixtures/desk.ts"
import { caseOf, fromAgent } from "#test/support/cases.ts"
import { viewer } from "#test/support/viewer.ts"

const all: Filter = { view: "all", mailboxId: null, agentId: null, customerId: null, q: null, cursor: null }
const now = later(1000)
const numbers = async (given: Partial<Filter>, who = viewer(ann)) =>
  (await listCases(who, { ...all, ...given }, now)).rows.map((row) => row.number)

test("each view shows its cases, those that waited longest first", async () => {
  const [mine, pool, answered, asleep, done] = [
    await caseOf("mine", later(1)),
    await caseOf("pool", later(2)),
    await caseOf("answered", later(3)),
    await caseOf("asleep", later(4)),
    await caseOf("done", later(5)),
  ]
  await handOver(viewer(ann), mine, ann.id, undefined, later(6))
  await db.transaction((tx) => appendMessage(tx, fromAgent(answered, "Here", later(7), bo.id), later(7)))
  await snoozeCase(viewer(ann), asleep, later(5000), later(8))
  await closeCase(viewer(ann), done, later(9))
  expect(await numbers({ view: "mine" })).toEqual([mine])
  expect(await numbers({ view: "unassigned" })).toEqual([pool])
  expect(await numbers({ view: "everyone" })).toEqual([mine, pool])
  expect(await numbers({ view: "waiting-on-them" })).toEqual([answered])
  expect(await numbers({ view: "snoozed" })).toEqual([asleep])
  expect(await numbers({ view: "closed" })).toEqual([done])
  expect(await viewCounts(viewer(ann), now)).toEqual({
    mine: 1,
    unassigned: 1,
    everyone: 2,
    waitingOnThem: 1,
    snoozed: 1,
  })
})

test("pages follow one another without a gap or a repeat, though new mail arrives between them", async () => {
  for (let one = 0; one < 120; one++) await caseOf(`case ${one}`, later(Math.floor(one / 3)))
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const page = await listCases(viewer(ann), { ...all, view: "everyone", cursor }, now)
    seen.push(...page.rows.map((row) => row.number))
    if (seen.length === 50) await caseOf("new", later(500))
    cursor = page.next
  } while (cursor)
  expect(seen.slice(0, 120)).toEqual([...seen.slice(0, 120)].sort((a, b) => a - b))
  expect(new Set(seen).size).toBe(121)
})

test("nobody sees a case of a mailbox they do not answer", async () => {
  const [open, closed] = [await caseOf("help"), await caseOf("billing", noon, dana, billing.id)]
  expect(await numbers({ view: "everyone" }, viewer(cy))).toEqual([open])
  expect(await numbers({ q: "billing" }, viewer(cy))).toEqual([])
  expect(await numbers({ q: "billing" }, viewer(bo))).toEqual([closed])
  expect(await numbers({ view: "everyone" }, { ...viewer(cy), mailboxIds: [] })).toEqual([])
})

test("search finds words of messages, subjects, people and the number", async () => {
  const one = await caseOf("The printer eats paper", later(1))
  const two = await caseOf("Nothing", later(2), eli, help.id, "Export to PDF")
  expect(await numbers({ q: "printer paper" })).toEqual([one])
  expect(await numbers({ q: "to pdf" })).toEqual([two])
  expect(await numbers({ q: "eli@customer" })).toEqual([two])
  expect(await numbers({ q: `#${one}` })).toEqual([one])
  expect(await numbers({ q: "from:stone" })).toEqual([two])
  for (const nonsense of ["'", '"', "a & | b", "%", "\\", "(((", ":*", "\u0000x".slice(1)])
    await numbers({ q: nonsense })
})
