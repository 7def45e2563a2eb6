import { and, eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { assignCase } from "#app/models/sharing/assignment.server.ts"
import { releaseCase, takeCase } from "#app/models/sharing/hand-over.server.ts"
import type { Remedy } from "#app/models/sharing/remedy.ts"
import { action as assignment } from "#app/routes/cases.$number.assignment.ts"
import { action as freeing } from "#app/routes/cases.$number.freeing.ts"
import { loader as customers } from "#app/routes/customers._index.tsx"
import { loader as customer } from "#app/routes/customers.$customerId.tsx"
import { loader as load } from "#app/routes/load._index.tsx"
import { action as limit } from "#app/routes/load.$agentId.limit.ts"
import { action as presence } from "#app/routes/load.$agentId.presence.tsx"
import { action as scheme } from "#app/routes/scheme.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { ann, billing, bo, cy, dana, eli, fay, help, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { caseNow } from "#test/support/replies.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"

type Door = (args: never) => Promise<unknown>
type Call = { params?: Record<string, string>; form?: Record<string, string> }

async function ask(door: Door, who: { id: number }, path: string, { params = {}, form }: Call = {}) {
  const request = await requestAs(who, path, form ? { form } : {})
  return (await door({ request, params, context: {} } as never)) as Response
}
const rowOf = async (id: number) => (await db.select().from(agents).where(eq(agents.id, id)))[0]
const of = (person: { id: number }) => ({ agentId: String(person.id) })

test("a lead sees everybody's load and the pool, an agent does not", async () => {
  await takeCase(viewer(bo), await caseOf("Mine"), noon)
  await caseOf("Nobody's", noon, eli)
  const shown = await (await ask(load, ann, "/load")).json()
  expect(shown.people.find(({ agentId }: { agentId: number }) => agentId === bo.id)).toMatchObject({ load: 1 })
  expect(shown.pool).toHaveLength(1)
  expect(shown.stranded).toEqual([])
  expect((await thrown(ask(load, bo, "/load"))).status).toBe(403)
})

test("a case with somebody off duty is stranded until it is freed", async () => {
  const number = await caseOf("Waiting")
  await takeCase(viewer(bo), number, noon)
  await ask(presence, ann, "/", { params: of(bo), form: { state: "off" } })
  expect((await (await ask(load, ann, "/load")).json()).stranded).toMatchObject([{ number, agent: bo.name }])
  expect((await thrown(ask(freeing, cy, "/", { params: { number: String(number) }, form: { x: "1" } }))).status).toBe(
    403,
  )
  await ask(freeing, ann, "/", { params: { number: String(number) }, form: { x: "1" } })
  expect((await caseNow(number)).agentId).toBeNull()
})

test("what was freed from somebody else by now stays with whoever has it", async () => {
  const number = await caseOf("Waiting")
  await takeCase(viewer(bo), number, noon)
  const params = { number: String(number) }
  const pressed = await ask(freeing, ann, "/", { params, form: { expected: String(cy.id) } })
  expect(pressed.headers.get("location")).toBe("/load?said=somebody-else")
  expect((await caseNow(number)).agentId).toBe(bo.id)
  await ask(freeing, ann, "/", { params, form: { expected: String(bo.id) } })
  expect((await caseNow(number)).agentId).toBeNull()
})

test("a case whose holder is off duty rests while nobody else could take it", async () => {
  const number = await caseOf("Waiting")
  await takeCase(viewer(bo), number, noon)
  for (const { id } of [ann, bo, cy])
    await ask(presence, ann, "/", { params: { agentId: String(id) }, form: { state: "off" } })
  expect(await (await ask(load, ann, "/load")).json()).toMatchObject({
    stranded: [],
    resting: [{ number, agent: bo.name, because: "off shift" }],
  })
})

test("each case in the pool says why it waits there, and whom it can be given to past what", async () => {
  for (const { id } of [ann, bo, cy])
    await ask(presence, ann, "/", { params: { agentId: String(id) }, form: { state: "away" } })
  const number = await caseOf("Waiting")
  await db.transaction((tx) => assignCase(tx, number, noon))
  const old = await caseOf("Older than the reasons", noon, eli)
  const { pool, count } = await (await ask(load, ann, "/load")).json()
  expect(pool.map((kase: { number: number; reason: string }) => [kase.number, kase.reason])).toEqual([
    [number, "In the pool: Ann, away; Bo, away; Cy, away."],
    [old, null],
  ])
  expect(count).toBe(2)
  expect(pool[0].remedy.first).toBeNull()
  expect(pool[0].remedy.others).toMatchObject([
    { name: ann.name, standing: ["0 of 20", "away"], past: ["while away"] },
    { name: bo.name, standing: ["0 of 20", "away"] },
    { name: cy.name, standing: ["0 of 20", "away"] },
  ])
})

test("the load page offers in one press whom the rules would give it to, by skills, mailbox and what became of the case", async () => {
  await db
    .update(agents)
    .set({ skills: ["de"] })
    .where(eq(agents.id, cy.id))
  const german = await caseOf("Wo?")
  await db
    .update(cases)
    .set({ asksFor: ["de"] })
    .where(eq(cases.number, german))
  const [billed, back] = [await caseOf("Invoice", later(1), dana, billing.id), await caseOf("Back", later(2))]
  await db
    .update(mailboxAgents)
    .set({ loadLimit: 1 })
    .where(and(eq(mailboxAgents.agentId, ann.id), eq(mailboxAgents.mailboxId, billing.id)))
  await takeCase(viewer(ann), await caseOf("Held", later(3), dana, billing.id), noon)
  await takeCase(viewer(ann), back, noon)
  await releaseCase(viewer(ann), back, undefined, noon)
  const { pool } = await (await ask(load, ann, "/load")).json()
  type Row = { number: number; remedy: Remedy }
  const offers = pool.map(({ number, remedy: { first, others } }: Row) => [
    number,
    first?.name,
    ...others.map(({ name, past }) => [name, ...past]),
  ])
  expect(offers).toEqual([
    [german, cy.name, [bo.name, "without de"], [ann.name, "without de"]],
    [billed, bo.name, [ann.name, "past their limit of 1 in this mailbox"]],
    [back, bo.name, [cy.name], [ann.name]],
  ])
})

test("beyond ten the pool is cut, and beyond a page of a list not even counted", async () => {
  for (let one = 0; one < 11; one++) await caseOf(`case ${one}`, later(one))
  expect(await (await ask(load, ann, "/load")).json()).toMatchObject({ count: 11, pool: { length: 10 } })
  for (let one = 11; one < 51; one++) await caseOf(`case ${one}`, later(one))
  expect((await (await ask(load, ann, "/load")).json()).count).toBeNull()
})

test("what a lead was told of is shown until somebody else has it", async () => {
  const number = await caseOf("Waiting")
  await takeCase(viewer(bo), number, noon)
  const twice = async () => (await (await ask(load, ann, "/load")).json()).twice
  expect(await twice()).toEqual([])
  await db
    .update(cases)
    .set({ leadToldAt: later(300) })
    .where(eq(cases.number, number))
  expect(await twice()).toMatchObject([{ number, mailboxId: help.id, agent: bo.name }])
  await ask(assignment, ann, "/", {
    params: { number: String(number) },
    form: { agent: String(cy.id), expected: String(bo.id), back: "/load" },
  })
  expect((await caseNow(number)).agentId).toBe(cy.id)
  expect(await twice()).toEqual([])
})

test("one turns one's own switch, a lead anyone's", async () => {
  await ask(presence, bo, "/", { params: of(bo), form: { state: "away" } })
  expect((await rowOf(bo.id))?.switchedTo).toBe("away")
  expect((await thrown(ask(presence, bo, "/", { params: of(cy), form: { state: "away" } }))).status).toBe(403)
  await ask(presence, ann, "/", { params: of(bo), form: { state: "present" } })
  expect((await rowOf(bo.id))?.switchedTo).toBe("present")
  expect((await thrown(ask(presence, ann, "/", { params: of(bo), form: { state: "asleep" } }))).status).toBe(422)
  expect((await thrown(ask(presence, ann, "/", { params: { agentId: "999" }, form: { state: "away" } }))).status).toBe(
    404,
  )
})

test("a limit is a lead's to set, between 1 and 100", async () => {
  await ask(limit, ann, "/", { params: of(bo), form: { limit: "7" } })
  expect((await rowOf(bo.id))?.loadLimit).toBe(7)
  for (const wrong of ["0", "101", "2.5", "many"])
    expect((await thrown(ask(limit, ann, "/", { params: of(bo), form: { limit: wrong } }))).status).toBe(422)
  expect((await thrown(ask(limit, bo, "/", { params: of(bo), form: { limit: "9" } }))).status).toBe(403)
})

test("customers are found by part of a name or address", async () => {
  for (const who of [dana, eli, fay]) await caseOf("Hi", noon, who)
  const found = async (q: string) =>
    (await (await ask(customers, bo, `/customers?q=${encodeURIComponent(q)}`)).json()).customers.map(
      ({ name }: { name: string }) => name,
    )
  expect(await found("rey")).toEqual([dana.name])
  expect((await found("customer.example")).toSorted()).toEqual([dana.name, eli.name])
  expect(await found("100%")).toEqual([])
  expect(await found("")).toHaveLength(3)
})

test("a customer is known to whoever answers a mailbox they wrote to, and to nobody else", async () => {
  await caseOf("Secret", noon, dana, billing.id)
  const params = { customerId: String(dana.id) }
  const shown = await (await ask(customer, bo, "/", { params })).json()
  expect(shown).toMatchObject({ customer: { name: dana.name, faces: [] }, rows: [{ subject: "Invoice" }] })
  expect((await thrown(ask(customer, cy, "/", { params }))).status).toBe(404)
  expect((await (await ask(customers, cy, "/customers?q=dana")).json()).customers).toEqual([])
})

test("the choice of colours is kept in a cookie, and forgotten when it is the system's", async () => {
  const choose = async (form: Record<string, string>) => ask(scheme, bo, "/scheme", { form })
  const dark = await choose({ scheme: "dark", back: "/cases?view=closed" })
  expect(dark.headers.get("set-cookie")).toMatch(/^scheme=dark; Max-Age=31536000; Path=\/; SameSite=Lax; HttpOnly$/)
  expect(dark.headers.get("location")).toBe("/cases?view=closed")
  expect((await choose({ scheme: "system", back: "https://evil.example" })).headers.get("set-cookie")).toMatch(
    /Max-Age=0/,
  )
})
