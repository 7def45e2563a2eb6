import { expect, test } from "vitest"
import { listTokens, makeToken, requireToken, revokeToken } from "#app/models/people/api-token.server.ts"
import { db } from "#db/connection.server.ts"
import { apiTokens } from "#db/tables/people.ts"
import { billing, help, ida, noon } from "#test/fixtures/desk.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const call = (authorization: string) =>
  new Request("http://localhost:3000/api/v1/cases", { headers: { authorization } })

test("a token opens what an admin may see, in every mailbox, as nobody in particular", async () => {
  const token = await makeToken("Warehouse", ["read", "write"], noon)
  expect(await requireToken(call(`Bearer ${token}`), "write")).toEqual({
    id: null,
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
