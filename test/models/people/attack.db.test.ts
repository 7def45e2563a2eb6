import { eq } from "drizzle-orm"
import { beforeEach, expect, test, vi } from "vitest"
import { runNextJob } from "#app/jobs.server.ts"
import { hashPassword } from "#app/models/people/password.server.ts"
import { signIn } from "#app/models/people/sign-in.server.ts"
import { tokenHash } from "#app/models/people/token.server.ts"
import { countTry } from "#app/models/people/tries.server.ts"
import { db } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { agents } from "#db/tables/people.ts"
import { bo, cy, noon } from "#test/fixtures/desk.ts"

const password = "vier Pferde im Regen"
const stored = hashPassword(password)
const page = "http://localhost:3000/sign-in"
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)

beforeEach(async () => {
  for (const { id } of [bo, cy])
    await db
      .update(agents)
      .set({ passwordHash: await stored })
      .where(eq(agents.id, id))
})

type Try = { email?: string; remote: string; at?: Date; device?: string }

/** How many of these tries are let through to the work of looking at a password. */
async function looked(tries: Try[]) {
  let count = 0
  for (let from = 0; from < tries.length; from += 20) {
    const some = tries.slice(from, from + 20)
    const answers = await Promise.all(
      some.map(({ email = bo.email, remote, at = noon, device }) =>
        countTry({ account: tokenHash(email), remote, device: device ?? null }, at),
      ),
    )
    count += answers.filter((answer) => "place" in answer).length
  }
  return count
}

type Press = { email?: string; given: string; remote: string; at?: Date; cookie?: string }

const press = ({ email = bo.email, given, remote, at = noon, cookie = "" }: Press) =>
  signIn(new Request(page, { headers: { cookie } }), { email, password: given, remote }, at)

/** The owner, who waits as long as they are told, once. */
async function ownerFrom(remote: string, at: Date, cookie = "") {
  const owner = { given: password, remote, cookie }
  const answer = await press({ ...owner, at })
  const seconds = "waitSeconds" in answer ? answer.waitSeconds : 0
  const then = seconds ? await press({ ...owner, at: new Date(at.getTime() + seconds * 1000) }) : answer
  return { seconds, isIn: "cookie" in then }
}

const knownCookie = async (email: string = bo.email) => {
  const answer = await press({ email, given: password, remote: "203.0.113.77" })
  return "device" in answer ? (answer.device.split(";")[0] ?? "") : ""
}

test("ten thousand tries of one address at one account reach the hash sixty times at most in ten minutes", async () => {
  const tries = Array.from({ length: 10_000 }, (_, n) => ({ remote: "192.0.2.1", at: after((n * 600) / 10_000) }))
  const count = await looked(tries)
  expect(count).toBeGreaterThanOrEqual(10)
  expect(count).toBeLessThanOrEqual(60)
  expect(await ownerFrom("198.51.100.7", after(600))).toEqual({ seconds: 0, isIn: true })
}, 60_000)

test.each([
  ["in a few networks", (n: number) => `10.0.${Math.trunc((n % 1000) / 250)}.${n % 250}`, "198.51.100.7"],
  ["each in a network of its own", (n: number) => `10.${Math.trunc((n % 1000) / 250)}.${n % 250}.1`, "198.51.100.7"],
  ["in the owner's own IPv6 network", (n: number) => `2001:db8:0:${(n % 1000).toString(16)}::1`, "2001:db8:0:ffff::1"],
])(
  "a thousand addresses %s get 120 looks in an hour, and the owner from a new one is in within a minute",
  async (_, remoteOf, owner) => {
    const tries = Array.from({ length: 2000 }, (_, n) => ({ remote: remoteOf(n), at: after(n * 1.8) }))
    expect(await looked(tries)).toBeLessThanOrEqual(120)
    const { seconds, isIn } = await ownerFrom(owner, after(3600))
    expect([isIn, seconds <= 60]).toEqual([true, true])
  },
  60_000,
)

test("while ever new addresses try without end, the owner at a new place is in within a minute", async () => {
  const attack = (from: number, seconds: number) =>
    looked(
      Array.from({ length: seconds * 8 }, (_, n) => {
        const at = from + n / 8
        return { remote: `10.${Math.trunc(at) % 250}.${n % 250}.${n % 8}`, at: after(at) }
      }),
    )
  await attack(0, 100)
  const owner = { given: password, remote: "198.51.100.7" }
  const answer = await press({ ...owner, at: after(100) })
  const seconds = "waitSeconds" in answer ? answer.waitSeconds : 0
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(30)
  await attack(100, seconds)
  expect(await press({ ...owner, at: after(100 + seconds) })).toHaveProperty("cookie")
}, 60_000)

test("while the attack goes on, the owner's own browser is in at once, and so is any at an address they used", async () => {
  const cookie = await knownCookie()
  const attack = (from: number) =>
    looked(Array.from({ length: 200 }, (_, n) => ({ remote: `10.1.${from + n}.1`, at: after(from + n) })))
  await attack(0)
  expect(await ownerFrom("10.1.3.1", after(200), cookie)).toEqual({ seconds: 0, isIn: true })
  await attack(200)
  expect(await ownerFrom("203.0.113.77", after(400))).toEqual({ seconds: 0, isIn: true })
})

test("a known browser is known to its own account only, and a forged one to none", async () => {
  const [ours, theirs] = [await knownCookie(), await knownCookie(cy.email)]
  await looked(Array.from({ length: 200 }, (_, n) => ({ remote: `10.1.${n}.1` })))
  const forged = ours.replace(/.$/, (letter) => (letter === "A" ? "B" : "A"))
  for (const cookie of [theirs, theirs.replace(`known-${cy.id}`, `known-${bo.id}`), forged, `known-${bo.id}=.`])
    expect(await press({ given: password, remote: "192.0.2.99", cookie })).toHaveProperty("waitSeconds")
  expect(await press({ given: password, remote: "192.0.2.99", cookie: ours })).toHaveProperty("cookie")
})

test("a stolen name of a browser is worth ten tries", async () => {
  const tries = Array.from({ length: 100 }, (_, n) => ({ remote: `10.1.${n}.1`, device: "stolen" }))
  expect(await looked(tries)).toBeLessThanOrEqual(10 + 20)
})

test("one address that tries one account shuts nobody else out at that address", async () => {
  await looked(Array.from({ length: 500 }, () => ({ remote: "192.0.2.1" })))
  expect(await press({ email: cy.email, given: password, remote: "192.0.2.1" })).toHaveProperty("cookie")
})

test("tries at a thousand accounts from a thousand addresses leave everybody's own account open", async () => {
  const tries = Array.from({ length: 1000 }, (_, n) => ({
    email: `n${n}@desk.example`,
    remote: `10.2.${n % 250}.${n % 4}`,
  }))
  await looked(tries.slice(0, 200))
  expect(await ownerFrom("198.51.100.7", noon)).toEqual({ seconds: 0, isIn: true })
}, 60_000)

test("an attacked account answers the same, one try after the other, whether somebody has it or not", async () => {
  const answers = async (email: string, net: number) => {
    const all = []
    for (let n = 0; n < 14; n++) all.push(await press({ email, given: "x".repeat(12), remote: `10.${net}.${n}.1` }))
    return all
  }
  expect(await answers(bo.email, 3)).toEqual(await answers("nobody@desk.example", 4))
})

test("the owner is told of an attack by mail, once", async () => {
  vi.useFakeTimers({ now: noon, toFake: ["Date"] })
  try {
    for (let round = 0; round < 3; round++) {
      const at = after(round * 600)
      await looked(Array.from({ length: 40 }, (_, n) => ({ remote: `10.${round}.${n}.1`, at })))
      await press({ given: "something else entirely", remote: `10.${round}.99.1`, at })
      await db
        .update(jobs)
        .set({ dueAt: new Date(0) })
        .where(eq(jobs.kind, "attack"))
      while (await runNextJob("test"));
    }
  } finally {
    vi.useRealTimers()
  }
  const told = await db.select({ subject: mailToSend.subject }).from(mailToSend)
  expect(told).toEqual([{ subject: "Somebody is trying to sign in as you" }])
})
