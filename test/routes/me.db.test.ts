import type { ActionFunctionArgs } from "@remix-run/node"
import { eq } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { isPasswordOf } from "#app/models/people/account.server.ts"
import { agentById } from "#app/models/people/agent.server.ts"
import { hashPassword } from "#app/models/people/password.server.ts"
import { sessionOf, viewerOf } from "#app/models/people/session.server.ts"
import * as me from "#app/routes/me._index.tsx"
import * as password from "#app/routes/me.password.tsx"
import * as proof from "#app/routes/me.proof.tsx"
import * as sessions from "#app/routes/me.sessions.ts"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { bo, cy, later } from "#test/fixtures/desk.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const known = "vier Pferde im Regen"
const stored = hashPassword(known)
const args = (request: Request) => ({ request, params: {}, context: { remote: "192.0.2.1" } }) as ActionFunctionArgs
const press = async (who: { id: number } | null, form: Record<string, string>) =>
  args(await requestAs(who, "/me", { form }))
const bodyOf = async (answer: unknown) => ((await answer) as Response).json()

beforeEach(async () => {
  await db
    .update(agents)
    .set({ passwordHash: await stored })
    .where(eq(agents.id, bo.id))
})

test("my own page is for whoever is signed in", async () => {
  for (const page of [me, password, proof])
    expect((await thrown(page.loader(args(await requestAs(null, "/me"))))).status).toBe(302)
  for (const page of [me, password, proof, sessions])
    expect((await thrown(page.action(await press(null, {})))).status).toBe(302)
})

test("I change my name and what stands under my replies, nobody else's", async () => {
  await me.action(await press(bo, { name: "Bo", signature: "Bo from Acme", id: String(cy.id), role: "admin" }))
  expect(await agentById(bo.id)).toMatchObject({ name: "Bo", signature: "Bo from Acme", role: "agent" })
  expect(await agentById(cy.id)).toMatchObject({ name: cy.name })
  expect((await bodyOf(me.action(await press(bo, { name: "" })))).error).toMatch(/^A name is needed/)
})

test("I see where I am signed in and sign out there, not where others are", async () => {
  const [here, phone, other] = [await requestAs(bo, "/me"), await requestAs(bo, "/me"), await requestAs(cy, "/me")]
  const shown = await bodyOf(me.loader(args(here)))
  const id = shown.sessions.find(({ isThis }: { isThis: boolean }) => !isThis).id
  const theirs = (await bodyOf(me.loader(args(other)))).sessions[0].id
  for (const one of [theirs, "", "%", id]) await sessions.action(await press(bo, { id: one }))
  expect([await viewerOf(here), await viewerOf(phone), await viewerOf(other)]).toEqual([
    expect.anything(),
    null,
    expect.anything(),
  ])
})

test("a new password needs the old one, and gives this browser a new session", async () => {
  const form = { current: known, password: "fünf Esel im Schnee" }
  const request = await requestAs(bo, "/me", { form })
  const answer = (await password.action(args(request))) as Response
  expect([answer.status, await isPasswordOf(bo.id, form.password), await viewerOf(request)]).toEqual([302, true, null])
  const cookie = answer.headers.get("set-cookie") ?? ""
  expect(await viewerOf(new Request("http://localhost:3000/", { headers: { cookie } }))).toMatchObject({ id: bo.id })
})

test("a wrong old password or a weak new one changes nothing", async () => {
  const wrong = password.action(await press(bo, { current: "x".repeat(12), password: "fünf Esel im Schnee" }))
  expect(await bodyOf(wrong)).toEqual({ current: "That is not your password", password: null })
  const weak = password.action(await press(bo, { current: known, password: "short" }))
  expect(await bodyOf(weak)).toEqual({ current: null, password: "A password has at least 12 characters" })
  expect(await isPasswordOf(bo.id, known)).toBe(true)
})

test("typing my password opens what matters, and leads on to a page of the desk only", async () => {
  const stale = (form: Record<string, string>) => requestAs(bo, "/me/proof", { form, now: later(-11, deskNow()) })
  const request = await stale({ password: known, to: "//evil.example" })
  expect(((await proof.action(args(request))) as Response).headers.get("location")).toBe("/")
  expect((await sessionOf(request))?.isFresh).toBe(true)
  const wrong = await stale({ password: "something else entirely", to: "/" })
  expect((await bodyOf(proof.action(args(wrong)))).error).toBe("That is not your password")
  expect((await sessionOf(wrong))?.isFresh).toBe(false)
})

test("guessing at my password from a browser I left open is counted like signing in", async () => {
  for (let tried = 0; tried < 10; tried++) await proof.action(await press(bo, { password: "something else entirely" }))
  expect((await bodyOf(proof.action(await press(bo, { password: known })))).error).toMatch(/^Too many tries/)
})
