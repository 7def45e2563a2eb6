import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { setSecret } from "#app/models/people/secret.server.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { connect, db, disconnect } from "#db/connection.server.ts"
import { settings } from "#db/tables/people.ts"
import { ratingComments, ratingLandings, ratings, ratingVotes } from "#db/tables/ratings.ts"
import { asked, standing, tallied, votesOf } from "#test/fixtures/asked.ts"
import { noon, resetDesk } from "#test/fixtures/desk.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { type RunningDesk, secret, startDesk, until } from "#test/support/server.ts"

let desk: RunningDesk

beforeAll(async () => {
  setSecret(secret)
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  connect(databaseUrl)
  await resetDesk()
  // Long enough for R7 and R8 to see what a test does, short enough to wait for.
  await db.insert(settings).values({ key: "ratings.settleSeconds", value: 4, changedAt: noon })
  desk = await startDesk({ databaseUrl })
})
afterAll(async () => {
  await desk.stop()
  await disconnect()
})

const sentAgo = (seconds: number) => asked({ sentAt: new Date(Date.now() - seconds * 1000) })
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))
const fieldOf = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ""

type Client = { agent?: string; method?: string; headers?: Record<string, string>; cookie?: string }

const visit = (path: string, { agent = "A mail program", method = "GET", headers = {} }: Client = {}) =>
  fetch(desk.url + path, { method, redirect: "manual", headers: { "user-agent": agent, ...headers } })

function send(
  token: string,
  fields: Record<string, string>,
  { agent = "A mail program", headers = {}, cookie }: Client = {},
) {
  return fetch(`${desk.url}/r/${token}`, {
    method: "POST",
    redirect: "manual",
    headers: { "user-agent": agent, ...headers, ...(cookie ? { cookie } : {}) },
    body: new URLSearchParams(fields),
  })
}

/** Opens a link as a browser without script, looks at it for a moment and presses its button. */
async function press(token: string, face: Face, client: Client = {}) {
  const html = await (await visit(`/r/${token}/${face}`, client)).text()
  await pause(0.75)
  return send(token, { choice: face, n: fieldOf(html, "n") }, client)
}

const settled = (requestId: number) =>
  until(
    () => standing(requestId),
    (seen) => seen !== null,
  )

test("S1: HEAD three times, 22 seconds after the mail left: headers only, and no trace", async () => {
  const { token, requestId } = await sentAgo(22)
  for (const face of ["happy", "ok", "frown"]) {
    const answer = await visit(`/r/${token}/${face}`, { method: "HEAD", agent: "" })
    expect([answer.status, (await answer.text()).length, answer.headers.get("set-cookie")]).toEqual([200, 0, null])
  }
  expect(await votesOf(requestId)).toEqual([])
})

test("S2 to S4: opened three times each within two seconds, with OPTIONS and Range: no votes", async () => {
  const { token, requestId } = await sentAgo(60)
  const faces = ["happy", "ok", "frown"]
  await Promise.all(
    faces.flatMap((face) => [1, 2, 3].map(() => visit(`/r/${token}/${face}`, { headers: { range: "bytes=0-32768" } }))),
  )
  const options = await visit(`/r/${token}/happy`, { method: "OPTIONS" })
  expect(options.status).toBeLessThan(500)
  expect(await votesOf(requestId)).toEqual([])
})

test("the headers of the protocol reach the browser as they are, whatever the desk's own pages carry", async () => {
  const { token } = await sentAgo(600)
  const { headers } = await visit(`/r/${token}/happy`)
  expect(headers.get("content-security-policy")).toBe(
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'none'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  )
  expect(headers.get("referrer-policy")).toBe("same-origin")
  expect(headers.get("x-robots-tag")).toBe("noindex, nofollow, noarchive")
  expect([headers.get("cache-control"), headers.get("set-cookie")]).toEqual(["no-store", null])
})

test("page, style, script and icon together are under fifteen kilobytes, before any compression", async () => {
  const { token } = await sentAgo(600)
  const html = await (await visit(`/r/${token}/happy`)).text()
  const paths = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!)
  expect(paths).toHaveLength(3)
  const parts = await Promise.all(paths.map(async (path) => (await visit(path)).arrayBuffer()))
  const sizes = [Buffer.byteLength(html), ...parts.map(({ byteLength }) => byteLength)]
  expect(Math.min(...sizes)).toBeGreaterThan(100)
  expect(sizes.reduce((a, b) => a + b)).toBeLessThan(15_000)
})

test("S16 S17: scanner, person 300 ms later, shadow after the press: the person's face and nothing else", async () => {
  const { token, requestId } = await sentAgo(600)
  await visit(`/r/${token}/happy`, { agent: "A scanner" })
  await pause(0.3)
  expect((await press(token, "ok")).status).toBe(303)
  await visit(`/r/${token}/happy`, { agent: "A shadow" })
  expect(await settled(requestId)).toEqual(["ok", "ok"])
})

test("S6c: three valid pages sent by one client without script: nothing", async () => {
  const { token, requestId } = await sentAgo(600)
  const faces: Face[] = ["happy", "ok", "frown"]
  for (const face of faces) await press(token, face, { agent: "A poster" })
  await pause(6)
  expect(await standing(requestId)).toBeNull()
  expect((await votesOf(requestId)).map(({ status }) => status)).toEqual(Array(3).fill("contested"))
})

test("S27: pressed from another site: 403 and nothing", async () => {
  const { token, requestId } = await sentAgo(600)
  const html = await (await visit(`/r/${token}/happy`)).text()
  await pause(0.75)
  for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }]) {
    const answer = await send(token, { choice: "happy", n: fieldOf(html, "n") }, { headers, agent: "Evil" })
    expect(answer.status).toBe(403)
  }
  expect((await votesOf(requestId)).map(({ because }) => because)).toEqual(Array(3).fill("cross-site"))
})

test("S20: a text browser without script, cookies or Origin rates, adds a line and changes its mind", async () => {
  const { token, requestId } = await sentAgo(600)
  const lynx = { agent: "Lynx/2.9.2 libwww-FM/2.14SSL-MM" }
  const pressed = await press(token, "frown", lynx)
  const thanks = await (await visit(pressed.headers.get("location")!, lynx)).text()
  expect(thanks).toContain("A person will read this and write to you")
  await pause(0.75)
  const changed = await send(token, { choice: "ok", n: fieldOf(thanks, "n"), comment: "It works now" }, lynx)
  expect(changed.status).toBe(303)
  expect(await settled(requestId)).toEqual(["ok", "ok"])
  expect((await db.select().from(ratingComments)).map(({ body }) => body)).toContain("It works now")
})

test("links that lead nowhere: unknown and malformed are one page, and never a failure", async () => {
  const paths = ["a".repeat(26), "x", "%00", "..%2f..", "a".repeat(3000), "%F0%9F%99%82"].map(
    (token) => `/r/${token}/happy`,
  )
  const pages = await Promise.all(
    paths.map(async (path) => [(await visit(path)).status, await (await visit(path)).text()]),
  )
  expect(new Set(pages.slice(0, 2).map(([, html]) => html)).size).toBe(1)
  for (const [status] of pages) expect([400, 404]).toContain(status)
  expect((await send("a".repeat(26), { choice: "happy" }, { agent: "Nobody" })).status).toBe(404)
})

test("Q2: fifty presses at once on one link: one standing rating, a whole history, no failure", async () => {
  const { token, requestId } = await sentAgo(600)
  const html = await (await visit(`/r/${token}/happy`, { agent: "Quick" })).text()
  await pause(0.75)
  const first = await send(token, { choice: "ok", n: fieldOf(html, "n") }, { agent: "Quick" })
  const cookie = first.headers.get("set-cookie")!.split(";")[0]!
  const faces: Face[] = ["happy", "ok", "frown"]
  // From two hundred and fifty addresses of the loopback network it would be one visitor each; here all share one.
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, place) =>
      send(token, { choice: faces[place % 3]!, n: fieldOf(html, "n") }, { agent: "Quick", cookie }),
    ),
  )
  expect([...new Set(answers.map(({ status }) => status))].toSorted()).toEqual([303, 429])
  const [, last] = (await settled(requestId))!
  const votes = await votesOf(requestId)
  expect(votes.map(({ status }) => status)).toEqual(Array(10).fill("accepted"))
  expect(last).toBe(votes.at(-1)!.face)
})

test("C3: five hundred mails, five kinds of scanner, not one rating", async () => {
  const before = await db.$count(ratings)
  const mails = await Promise.all(Array.from({ length: 500 }, () => sentAgo(60)))
  const votes = await db.$count(ratingVotes)
  for (let at = 0; at < mails.length; at += 25) {
    await Promise.all(mails.slice(at, at + 25).map(({ token }, place) => scan(token, place % 5)))
  }
  await pause(6)
  expect([await db.$count(ratingVotes), await db.$count(ratings)]).toEqual([votes, before])
  expect(await db.$count(ratingLandings)).toBeGreaterThan(0)
}, 240_000)

/** HEAD only; GET of all; GET twice 134 ms apart as a browser would; everything the page names; late and with a range. */
async function scan(token: string, kind: number) {
  const paths = ["happy", "ok", "frown"].map((face) => `/r/${token}/${face}`)
  if (kind === 0) return Promise.all(paths.map((path) => visit(path, { method: "HEAD", agent: "" })))
  if (kind === 2) {
    await Promise.all(paths.map((path) => visit(path)))
    await pause(0.134)
  }
  const agent = kind === 4 ? "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" : "Mozilla/5.0"
  const pages = await Promise.all(
    paths.map(async (path) =>
      (await visit(path, { agent, headers: kind === 4 ? { range: "bytes=0-32768" } : {} })).text(),
    ),
  )
  if (kind !== 3) return
  const named = pages.flatMap((html) => [...html.matchAll(/(?:href|src|action)="([^"]+)"/g)].map(([, url]) => url!))
  await Promise.all([...new Set([...named, `/r/${token}`, `/r/${token}/thanks`])].map((path) => visit(path)))
}

test("S18: a sweep at delivery, the person the next day: their face counts, under both days", async () => {
  const { token, requestId } = await sentAgo(60)
  for (const face of ["happy", "ok", "frown"]) await visit(`/r/${token}/${face}`)
  await db.insert(settings).values({ key: "clock.offsetSeconds", value: 86_400, changedAt: noon })
  await pause(1.5)
  expect((await press(token, "frown")).status).toBe(303)
  expect(await settled(requestId)).toEqual(["frown", "frown"])
  expect((await tallied("rated")).first[2]).toBeGreaterThan(0)
})
