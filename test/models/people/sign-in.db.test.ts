import { hash } from "@node-rs/argon2"
import { eq } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { deactivateAgent } from "#app/models/people/account.server.ts"
import { hashPassword } from "#app/models/people/password.server.ts"
import { viewerOf } from "#app/models/people/session.server.ts"
import { signIn } from "#app/models/people/sign-in.server.ts"
import { db } from "#db/connection.server.ts"
import { rateLimits } from "#db/tables/guards.ts"
import { agents } from "#db/tables/people.ts"
import { sessions } from "#db/tables/sign-in.ts"
import { bo, cy } from "#test/fixtures/desk.ts"
import { cookieOf } from "#test/support/signed-in.ts"

const password = "vier Pferde im Regen"
const stored = hashPassword(password)
const page = "http://localhost:3000/sign-in"
const here = "192.0.2.1"

beforeEach(async () => {
  await db
    .update(agents)
    .set({ passwordHash: await stored })
    .where(eq(agents.id, bo.id))
})

const attempt = (email: string, given: string, remote = here, request = new Request(page)) =>
  signIn(request, { email, password: given, remote }, deskNow())

const isWrong = (answer: Awaited<ReturnType<typeof attempt>>) => "refused" in answer && answer.refused === "wrong"

const passwordHashOf = async (id: number) =>
  (await db.select().from(agents).where(eq(agents.id, id)))[0]?.passwordHash ?? ""

test("the right password opens a session, however the address is typed", async () => {
  const answer = await attempt(" BO@desk.example ", password)
  const cookie = "cookie" in answer ? answer.cookie.split(";")[0]! : ""
  expect(await viewerOf(new Request(page, { headers: { cookie } }))).toMatchObject({ id: bo.id })
})

test("a wrong password, an unknown address, somebody without a password and somebody who left get one answer", async () => {
  await db
    .update(agents)
    .set({ passwordHash: await stored })
    .where(eq(agents.id, cy.id))
  await deactivateAgent(cy.id, deskNow())
  for (const [email, given] of [
    [bo.email, "something else entirely"],
    ["nobody@desk.example", password],
    ["ann@desk.example", password],
    [cy.email, password],
    ["", ""],
    ["' or 1=1 --", password],
    ["bo@desk.example\u0000", password],
    [bo.email, "x".repeat(100_000)],
  ] as const) {
    expect(await attempt(email, given, "192.0.2.9")).toEqual({ refused: "wrong" })
  }
  expect(await db.select().from(sessions)).toEqual([])
})

test("an address nobody has costs the same work as a wrong password", async () => {
  const seconds = async (email: string) => {
    const started = performance.now()
    await attempt(email, "something else entirely")
    return performance.now() - started
  }
  await seconds("warm@desk.example")
  const [known, unknown] = [await seconds(bo.email), await seconds("nobody@desk.example")]
  expect(unknown).toBeGreaterThan(known / 3)
})

test("the session from before signing in is dead afterwards", async () => {
  const before = await cookieOf(cy)
  const answer = await attempt(bo.email, password, here, new Request(page, { headers: { cookie: before } }))
  const after = "cookie" in answer ? answer.cookie : ""
  expect(after.split(";")[0]).not.toBe(before)
  expect(await viewerOf(new Request(page, { headers: { cookie: before } }))).toBeNull()
})

test("after ten tries from one address the eleventh waits, and the owner elsewhere does not", async () => {
  for (let tried = 0; tried < 10; tried++) await attempt(bo.email, "something else entirely")
  expect(await attempt(bo.email, password)).toMatchObject({ refused: "too many tries" })
  expect(await attempt(bo.email, password, "198.51.100.7")).toHaveProperty("cookie")
})

test("one address gets thirty tries over all accounts", async () => {
  const answers = []
  for (let tried = 0; tried < 32; tried++) answers.push(await attempt(`nobody${tried}@desk.example`, "x".repeat(12)))
  expect(answers.filter(isWrong)).toHaveLength(30)
})

test("an account tried from many addresses is never locked: its owner waits 40 seconds at most", async () => {
  const wait = async (now: Date) => {
    const answer = await signIn(new Request(page), { email: bo.email, password, remote: "198.51.100.7" }, now)
    return "waitSeconds" in answer ? answer.waitSeconds : 0
  }
  for (let tried = 0; tried < 22; tried++) await attempt(bo.email, "something else entirely", `192.0.${tried}.1`)
  const seconds = await wait(deskNow())
  expect([seconds > 0, seconds <= 40]).toEqual([true, true])
  expect(await wait(new Date(deskNow().getTime() + seconds * 1000))).toBe(0)
})

test("tries at the same moment are all counted", async () => {
  const [now, given] = [deskNow(), { email: bo.email, password: "something else entirely", remote: here }]
  const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(new Request(page), given, now)))
  expect(answers.filter(isWrong)).toHaveLength(10)
})

test("signing in properly is no try that counts against an address", async () => {
  for (let signed = 0; signed < 12; signed++) await attempt(bo.email, password)
  const counted = await db.select().from(rateLimits)
  const lasting = counted.filter(({ emptiesAt }) => emptiesAt > deskNow().getTime())
  expect(lasting.map(({ key }) => key.split(" ").slice(0, 2).join(" "))).toEqual(["at home"])
})

test("a password stored with lighter work is stored anew when it is next typed", async () => {
  const light = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  await db.update(agents).set({ passwordHash: light }).where(eq(agents.id, bo.id))
  expect(await attempt(bo.email, password)).toHaveProperty("cookie")
  expect(await passwordHashOf(bo.id)).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
})
