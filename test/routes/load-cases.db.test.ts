import { expect, test } from "vitest"
import { handOver, takeCase } from "#app/models/sharing/hand-over.server.ts"
import { action as handOverAll, loader as held } from "#app/routes/load.$agentId.cases.tsx"
import { ann, billing, bo, cy, dana, later } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { caseNow, replied } from "#test/support/replies.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"

const params = (agentId: number | string) => ({ params: { agentId: String(agentId) }, context: {} }) as const

async function shown(who: { id: number }, of: number | string) {
  const answer = await held({ request: await requestAs(who, "/"), ...params(of) } as never)
  return answer.json()
}
async function press(who: { id: number }, of: number | string, to: string) {
  const answer = await handOverAll({ request: await requestAs(who, "/", { form: { to } }), ...params(of) } as never)
  return answer.json()
}

/** Bo holds two that wait on us, the second where only he and Ann answer, and one that waits on the customer. */
async function boHolds() {
  const [waits, bill, answered] = [
    await caseOf("Where?"),
    await caseOf("Which?", later(1), dana, billing.id),
    await caseOf("Done?", later(2)),
  ]
  for (const number of [waits, bill, answered]) await takeCase(viewer(bo), number, later(3))
  await replied(answered, {}, later(4))
  return { waits, bill, answered }
}

test("a lead sees how much somebody holds, and to whom it could go", async () => {
  await boHolds()
  const page = await shown(ann, bo.id)
  expect(page).toMatchObject({ name: bo.name, onUs: 2, others: 1 })
  expect(page.to.map(({ name }: { name: string }) => name)).not.toContain(bo.name)
})

test("to the pool goes what waits on us, and what waits on the customer stays", async () => {
  const { waits, bill, answered } = await boHolds()
  expect(await press(ann, bo.id, "pool")).toEqual({ moved: [waits, bill], stay: [] })
  expect((await caseNow(waits)).agentId).toBeNull()
  expect((await caseNow(answered)).agentId).toBe(bo.id)
})

test("to a person goes everything, save where they do not answer, and those are named", async () => {
  const { waits, bill, answered } = await boHolds()
  expect(await press(ann, bo.id, String(cy.id))).toEqual({ moved: [waits, answered], stay: [bill] })
  expect((await caseNow(answered)).agentId).toBe(cy.id)
  expect((await caseNow(bill)).agentId).toBe(bo.id)
})

test("handed to whoever has them already, nothing is said to have moved", async () => {
  await boHolds()
  expect(await press(ann, bo.id, String(bo.id))).toEqual({ moved: [], stay: [] })
})

test("pressed twice it moves nothing the second time", async () => {
  await boHolds()
  await press(ann, bo.id, "pool")
  expect(await press(ann, bo.id, "pool")).toEqual({ moved: [], stay: [] })
})

test("a case that went to somebody else in between is left with them", async () => {
  const { waits } = await boHolds()
  await handOver(viewer(ann), waits, cy.id, bo.id, later(5))
  expect((await press(ann, bo.id, "pool")).moved).not.toContain(waits)
  expect((await caseNow(waits)).agentId).toBe(cy.id)
})

test("an agent may neither look nor press", async () => {
  await boHolds()
  expect((await thrown(shown(cy, bo.id))).status).toBe(403)
  expect((await thrown(press(cy, bo.id, "pool"))).status).toBe(403)
})

test("nobody like that is 404 to look at and 422 to hand to, and nothing moves", async () => {
  const { waits } = await boHolds()
  for (const nobody of ["999", "x", "0", "99999999999"]) {
    expect((await thrown(shown(ann, nobody))).status).toBe(404)
    expect((await thrown(press(ann, bo.id, nobody))).status).toBe(422)
  }
  expect((await thrown(press(ann, bo.id, ""))).status).toBe(422)
  expect((await caseNow(waits)).agentId).toBe(bo.id)
})
