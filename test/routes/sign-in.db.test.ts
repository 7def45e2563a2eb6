import type { ActionFunctionArgs } from "@remix-run/node"
import { eq } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { hashPassword } from "#app/models/people/password.server.ts"
import { viewerOf } from "#app/models/people/session.server.ts"
import { loader as home } from "#app/routes/_index.ts"
import { action as signIn, loader as signInPage } from "#app/routes/sign-in.tsx"
import { action as signOut } from "#app/routes/sign-out.ts"
import { db } from "#db/connection.server.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { sessions } from "#db/tables/sign-in.ts"
import { bo } from "#test/fixtures/desk.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const password = "vier Pferde im Regen"
const stored = hashPassword(password)
const args = (request: Request) => ({ request, params: {}, context: { remote: "192.0.2.1" } }) as ActionFunctionArgs

beforeEach(async () => {
  await db
    .update(agents)
    .set({ passwordHash: await stored })
    .where(eq(agents.id, bo.id))
})

const press = async (form: Record<string, string>) => signIn(args(await requestAs(null, "/sign-in", { form })))

test("signing in leads to the page one came for, with a cookie that works", async () => {
  const answer = await press({ email: bo.email, password, to: "/cases/12" })
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/cases/12"])
  const [cookie = "", known] = answer.headers.getSetCookie()
  expect(known).toMatch(/^known-3=[\w-]{43}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=34560000$/)
  expect(cookie).toMatch(/^desk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/)
  expect(await viewerOf(new Request("http://localhost:3000/", { headers: { cookie } }))).toMatchObject({ id: bo.id })
})

test.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"])(
  "signing in never leads to %s",
  async (to) => {
    expect((await press({ email: bo.email, password, to })).headers.get("location")).toBe("/")
  },
)

test("a wrong password and an unknown address get the same answer, byte for byte", async () => {
  const [wrong, unknown] = [
    await press({ email: bo.email, password: "something else entirely" }),
    await press({ email: "no@desk.example", password: "something else entirely" }),
  ]
  expect(wrong.status).toBe(422)
  expect([...wrong.headers]).toEqual([...unknown.headers])
  expect((await wrong.text()).replace(bo.email, "")).toBe((await unknown.text()).replace("no@desk.example", ""))
  expect(await db.select().from(sessions)).toEqual([])
})

test("after too many tries the answer says how long to wait", async () => {
  for (let tried = 0; tried < 10; tried++) await press({ email: bo.email, password: "something else entirely" })
  const answer = await press({ email: bo.email, password })
  expect([answer.status, Number(answer.headers.get("retry-after")) > 0]).toEqual([429, true])
  expect(await answer.json()).toMatchObject({ error: expect.stringMatching(/^Too many tries\. Wait \d+ minutes/) })
})

test("an empty form is refused like a wrong password", async () => {
  expect((await press({})).status).toBe(422)
})

test("somebody signed in has no use for the page", async () => {
  const answer = await thrown(signInPage(args(await requestAs(bo, "/sign-in?to=%2Ffrowns"))))
  expect(answer.headers.get("location")).toBe("/frowns")
})

test("on a desk without people the way in leads to the first visit", async () => {
  await db.delete(mailboxAgents)
  await db.delete(agents)
  const start = await thrown(home(args(await requestAs(null, "/"))))
  expect(start.headers.get("location")).toBe("/sign-in")
  expect((await thrown(signInPage(args(await requestAs(null, "/sign-in"))))).headers.get("location")).toBe("/welcome")
})

test("signing out ends the session and says so to the browser", async () => {
  const request = await requestAs(bo, "/sign-out", { form: {} })
  const answer = await signOut(args(request))
  expect([answer.headers.get("location"), answer.headers.get("clear-site-data")]).toEqual([
    "/sign-in",
    '"cache", "storage"',
  ])
  expect(await viewerOf(request)).toBeNull()
})
