import type { ActionFunctionArgs } from "@remix-run/node"
import { beforeEach, expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { deactivateAgent } from "#app/models/people/account.server.ts"
import { agentById } from "#app/models/people/agent.server.ts"
import { setWeek } from "#app/models/people/agent-hours.server.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import * as all from "#app/routes/api.v1.agents._index.ts"
import * as one from "#app/routes/api.v1.agents.$email.ts"
import { ann, bo, cy, later, noon } from "#test/fixtures/desk.ts"
import { viewer } from "#test/support/viewer.ts"

let tokens = { read: "", write: "" }
beforeEach(async () => {
  tokens = {
    read: await makeToken("reader", ["read"], noon),
    write: await makeToken("writer", ["read", "write"], noon),
  }
})

async function call(method: string, email: string | null, body?: string, token = tokens.write) {
  const headers = { Authorization: `Bearer ${token}` }
  const request = new Request("http://localhost:3000/api/v1/agents", { method, headers, ...(body ? { body } : {}) })
  const args = { request, params: { email }, context: {} } as unknown as ActionFunctionArgs
  const work = method === "GET" ? (email === null ? all.loader(args) : one.loader(args)) : one.action(args)
  const answer = (await Promise.resolve(work).catch((thrown: unknown) => thrown)) as Response
  return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.json() }
}

const patch = (email: string, change: unknown, token?: string) => call("PATCH", email, JSON.stringify(change), token)

test("everybody is listed with where they are and what they carry, in exactly these fields", async () => {
  const { status, body } = await call("GET", null, undefined, tokens.read)
  expect([status, body.next, body.data.length]).toEqual([200, null, 4])
  expect(body.data.find(({ email }: { email: string }) => email === bo.email)).toEqual({
    email: bo.email,
    name: bo.name,
    role: "agent",
    presence: { state: "present", until: null },
    limit: 20,
    load: 0,
    givenToday: 0,
    answeredToday: 0,
  })
})

test("a person is sent away until a moment, and called back", async () => {
  const until = later(60, deskNow()).toISOString()
  const away = await patch(bo.email, { presence: { state: "away", until } })
  expect([away.status, away.body.presence]).toEqual([200, { state: "away", until }])
  const back = await patch("BO@desk.example", { presence: { state: "present" } })
  expect(back.body.presence).toEqual({ state: "present", until: null })
})

test("a limit is changed, and a change of nothing answers the person as they are", async () => {
  expect((await patch(bo.email, { limit: 35 })).body.limit).toBe(35)
  expect((await patch(bo.email, {})).body.limit).toBe(35)
})

test.each([
  [{ limit: 0 }, 400],
  [{ limit: 2.5 }, 400],
  [{ limit: "20" }, 400],
  [{ limit: 101 }, 400],
  [{ presence: "away" }, 400],
  [{ presence: { state: "busy" } }, 400],
  [{ presence: { state: "away", until: "soon" } }, 400],
  [{ presence: { state: "away", until: "2001-01-01T00:00:00Z" } }, 422],
  [{ role: "admin" }, 400],
  [{ limit: 5, passwordHash: "x" }, 400],
  [[], 400],
  [null, 400],
])("%j is refused and changes nobody", async (change, status) => {
  const before = await agentById(bo.id)
  const answer = await patch(bo.email, change)
  expect([answer.status, answer.type, answer.body.status]).toEqual([status, "application/problem+json", status])
  expect(await agentById(bo.id)).toEqual(before)
})

test("what is no JSON is said to be none", async () => {
  expect((await call("PATCH", bo.email, "{limit: 5")).body).toEqual({
    type: "about:blank",
    title: "Bad request",
    status: 400,
    detail: "The body is not JSON",
  })
})

test("nobody at an address, or nobody any more, is a 404 of the API", async () => {
  expect((await patch("nobody@desk.example", { limit: 5 })).status).toBe(404)
  await deactivateAgent(cy.id, deskNow())
  expect((await patch(cy.email, { limit: 5 })).status).toBe(404)
  expect((await call("GET", cy.email)).status).toBe(404)
})

test("a token to read with changes nobody, and no other method does", async () => {
  expect((await patch(bo.email, { limit: 5 }, tokens.read)).status).toBe(403)
  expect((await patch(bo.email, { limit: 5 }, "upturn_unknown")).status).toBe(401)
  expect((await call("DELETE", bo.email)).status).toBe(405)
  expect((await agentById(bo.id))?.loadLimit).toBe(20)
})

test("somebody off by their hours who is called back is present until those begin", async () => {
  const days = Array.from({ length: 7 }, () => "")
  const ofToday = (deskNow().getUTCDay() + 6) % 7
  days[(ofToday + 3) % 7] = "9-17"
  await setWeek(viewer(ann), bo.id, { timeZone: "UTC", days }, deskNow())
  const { body } = await patch(bo.email, { presence: { state: "away" } })
  expect(body.presence.state).toBe("off")
  const here = await patch(bo.email, { presence: { state: "present" } })
  expect([here.status, here.body.presence]).toEqual([200, { state: "present", until: expect.any(String) }])
  const off = await patch(bo.email, { presence: { state: "off", until: later(60, deskNow()).toISOString() } })
  expect(Date.parse(off.body.presence.until)).toBeGreaterThan(later(60, deskNow()).getTime())
})
