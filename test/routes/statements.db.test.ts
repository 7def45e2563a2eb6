import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { takeCase } from "#app/models/sharing/hand-over.server.ts"
import { loader as frame } from "#app/root.tsx"
import { loader as list } from "#app/routes/cases._index.tsx"
import { loader as kase } from "#app/routes/cases.$number.tsx"
import { loader as frowns } from "#app/routes/frowns._index.tsx"
import { loader as load } from "#app/routes/load._index.tsx"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents } from "#db/tables/people.ts"
import { ann, billing, bo, dana, help, later } from "#test/fixtures/desk.ts"
import { caseOf, fromAgent, fromCustomer } from "#test/support/cases.ts"
import { requestAs } from "#test/support/signed-in.ts"
import { statementsOf } from "#test/support/statements.ts"
import { viewer } from "#test/support/viewer.ts"

type Loader = (args: { request: Request; params: Record<string, string>; context: object }) => unknown

/** How many statements a page sends, opened by Ann. */
async function sent(loader: unknown, path: string, params: Record<string, string> = {}) {
  const request = await requestAs(ann, path)
  const statements = await statementsOf(async () => (loader as Loader)({ request, params, context: {} }))
  return statements.length
}

const openCases = async (count: number) => {
  const numbers: number[] = []
  for (let one = 0; one < count; one++) numbers.push(await caseOf(`case ${one}`, later(one)))
  return numbers
}

test("a list asks as often for fifty cases as for two", async () => {
  await openCases(2)
  const few = await sent(list, "/cases?view=everyone")
  await openCases(48)
  expect(await sent(list, "/cases?view=everyone")).toBe(few)
  expect(few).toBeLessThanOrEqual(10)
})

test("a case asks as often for forty messages as for two", async () => {
  const [number = 0] = await openCases(1)
  const talk = (from: number, to: number) =>
    db.transaction(async (tx) => {
      for (let one = from; one < to; one++) {
        const at = later(one)
        await appendMessage(tx, one % 2 ? fromAgent(number, "a", at, bo.id) : fromCustomer(number, "b", at), at)
      }
    })
  await talk(1, 3)
  const few = await sent(kase, `/cases/${number}`, { number: String(number) })
  await talk(3, 40)
  expect(await sent(kase, `/cases/${number}`, { number: String(number) })).toBe(few)
  expect(few).toBeLessThanOrEqual(30)
})

test("the frame, the load page and the frowns ask as often for many people as for few", async () => {
  const pages = { frame: [frame, "/cases"], load: [load, "/load"], frowns: [frowns, "/frowns"] } as const
  const asked = async () => {
    const counts: Record<string, number> = {}
    for (const [name, [loader, path]] of Object.entries(pages)) counts[name] = await sent(loader, path)
    return counts
  }
  await openCases(2)
  const few = await asked()
  await db.insert(agents).values(
    Array.from({ length: 30 }, (_, one) => ({
      email: `p${one}@desk.example`,
      name: `Person ${one}`,
      role: "agent" as const,
      createdAt: later(0),
    })),
  )
  await openCases(30)
  expect(await asked()).toEqual(few)
})

test("the load page asks as often for forty cases of people off shift as for two", async () => {
  const held = async (count: number) => {
    for (const number of await openCases(count)) await takeCase(viewer(bo), number, later(0))
  }
  await db.update(agents).set({ loadLimit: 100 })
  await held(2)
  await db.update(agents).set({ switchedTo: "off" })
  const few = await sent(load, "/load")
  await held(38)
  expect(await sent(load, "/load")).toBe(few)
})

test("the load page asks as often for ten in the pool and forty unanswered twice, of two mailboxes, as for one of each", async () => {
  const told = async (count: number) => {
    for (let one = 0; one < count; one++) {
      const number = await caseOf(`case ${one}`, later(one), dana, one % 2 ? billing.id : help.id)
      await takeCase(viewer(bo), number, later(one))
      await db
        .update(cases)
        .set({ leadToldAt: later(300) })
        .where(eq(cases.number, number))
    }
  }
  await db.update(agents).set({ loadLimit: 100 })
  await told(1)
  await caseOf("in the pool", later(1))
  const few = await sent(load, "/load")
  await told(39)
  for (let one = 0; one < 9; one++) await caseOf(`in the pool ${one}`, later(one), dana, one % 2 ? billing.id : help.id)
  expect(await sent(load, "/load")).toBe(few)
  expect(few).toBeLessThanOrEqual(16)
})
