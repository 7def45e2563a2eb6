import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { listTokens, makeToken, requireToken, revokeToken } from "#app/models/people/api-token.server.ts"
import { db } from "#db/connection.server.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { apiTokens } from "#db/tables/sign-in.ts"
import { ann, billing, cy, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const call = (authorization: string) =>
  new Request("http://localhost:3000/api/v1/cases", { headers: { authorization } })

test("a token opens what an admin may see, in every mailbox, as nobody in particular", async () => {
  const token = await makeToken("Warehouse", ["read", "write"], noon)
  expect(await requireToken(call(`Bearer ${token}`), "write")).toEqual({
    id: null,
    tokenId: expect.any(Number),
    scopes: ["read", "write"],
    name: "Warehouse",
    email: "",
    role: "admin",
    mailboxIds: [help.id, billing.id],
  })
})

test("a token is stored as a hash only, and notes when it was used", async () => {
  const token = await makeToken("Warehouse", ["read"], noon)
  await requireToken(call(`bearer ${token}`), "read")
  expect(JSON.stringify(await db.select().from(apiTokens))).not.toContain(token)
  expect((await listTokens())[0]?.lastUsedAt).not.toBeNull()
})

test("a token to read with may not write", async () => {
  const token = await makeToken("Reader", ["read"], noon)
  const refused = await thrown(requireToken(call(`Bearer ${token}`), "write"))
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ title: "Forbidden", status: 403 })
})

const scopes = ["read", "write", "metrics", "admin"] as const

test.each(scopes)("a token for %s opens that and nothing else, save admin, which is all of them", async (held) => {
  const token = await makeToken("One", [held], noon)
  const opens = async (asked: (typeof scopes)[number]) => {
    const answer = await requireToken(call(`Bearer ${token}`), asked).catch((refused: Response) => refused.status)
    return typeof answer === "object"
  }
  const opened = await Promise.all(scopes.map(opens))
  expect(opened).toEqual(scopes.map((asked) => asked === held || held === "admin"))
})

const reach = async (token: string) => {
  const answer = await requireToken(call(`Bearer ${token}`), "read").catch((refused: Response) => refused.status)
  return typeof answer === "number" ? answer : answer.mailboxIds
}

test("a token reaches the mailboxes it names, and never more than its owner answers by then", async () => {
  const one = await makeToken("One", ["read"], noon, { mailboxIds: [billing.id] })
  const leads = await makeToken("Lead's", ["read"], noon, { ownerId: ann.id })
  const cys = await makeToken("Cy's", ["read"], noon, { ownerId: cy.id, mailboxIds: [help.id, billing.id] })
  expect([await reach(one), await reach(leads), await reach(cys)]).toEqual([[2], [1, 2], [1]])
  await db.delete(mailboxAgents).where(eq(mailboxAgents.agentId, cy.id))
  expect(await reach(cys)).toEqual([])
  expect(await requireToken(call(`Bearer ${cys}`), "read")).toMatchObject({ role: "agent" })
})

test("a token ends when its time is over, and while its owner is gone", async () => {
  const real = new Date()
  const over = await makeToken("Over", ["read"], noon, { expiresAt: later(-1, real) })
  const lasts = await makeToken("Lasts", ["read"], noon, { expiresAt: later(60, real), ownerId: ann.id })
  expect([await reach(over), await reach(lasts)]).toEqual([401, [1, 2]])
  await db.update(agents).set({ deactivatedAt: real }).where(eq(agents.id, ann.id))
  expect(await reach(lasts)).toBe(401)
  await db.update(agents).set({ deactivatedAt: null }).where(eq(agents.id, ann.id))
  expect(await reach(lasts)).toEqual([1, 2])
})

test.each(["", "Bearer", "Bearer ", "Bearer upturn_unknown", "Basic aGk6aGk=", "Bearer %", "Bearer [object Object]"])(
  "%j opens nothing",
  async (authorization) => {
    const refused = await thrown(requireToken(call(authorization), "read"))
    expect(refused.status).toBe(401)
    expect(refused.headers.get("content-type")).toBe("application/problem+json")
    expect(refused.headers.get("www-authenticate")).toBe("Bearer")
  },
)

test("a session cookie opens nothing of the API", async () => {
  expect((await thrown(requireToken(await requestAs(ida, "/api/v1/cases"), "read"))).status).toBe(401)
})

test("a revoked token opens nothing from then on", async () => {
  const token = await makeToken("Warehouse", ["read"], noon)
  const [row] = await listTokens()
  expect(await revokeToken(row!.id, noon)).toBe("revoked")
  expect(await revokeToken(row!.id, noon)).toBeNull()
  expect((await thrown(requireToken(call(`Bearer ${token}`), "read"))).status).toBe(401)
  expect(await listTokens()).toEqual([])
})
