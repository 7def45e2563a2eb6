import { once } from "node:events"
import { type IncomingMessage, request } from "node:http"
import { eq, sql } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest"
import { setSecret } from "#app/models/people/secret.server.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { connect, db, disconnect } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { settings } from "#db/tables/people.ts"
import { ratingComments, ratingLandings, ratings, ratingVotes } from "#db/tables/ratings.ts"
import { asked, standing, tallied, votesOf } from "#test/fixtures/asked.ts"
import { noon, resetDesk } from "#test/fixtures/desk.ts"
import { freePort } from "#test/support/free-port.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { sendMail } from "#test/support/mail.ts"
import { type RunningDesk, secret, startDesk, until } from "#test/support/server.ts"

let desk: RunningDesk
const host = "desk.example"

beforeAll(async () => {
  setSecret(secret)
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  connect(databaseUrl)
  await resetDesk()
  // Long enough for R7 and R8 to see what a test does, short enough to wait for.
  await db.insert(settings).values({ key: "ratings.settleSeconds", value: 4, changedAt: noon })
  // As behind a proxy that speaks TLS: only then can one machine be many visitors.
  desk = await startDesk({
    databaseUrl,
    port: await freePort(),
    env: { BASE_URL: `https://${host}`, TRUST_PROXY: "127.0.0.1" },
  })
})
afterAll(async () => {
  await desk.stop()
  await disconnect()
})

/** Every test has a visitor of its own: one address may open and press so much in a minute and no more. */
let home = 0
beforeEach(() => void home++)

const sentAgo = (seconds: number) => asked({ sentAt: new Date(Date.now() - seconds * 1000) })
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))
const fieldOf = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ""

type Visitor = { agent?: string; from?: string; headers?: Record<string, string>; cookie?: string }
type Answer = { status: number; headers: Headers; text: string }

/** One request as it arrives behind the proxy. Not fetch: that one does not let a visitor say their own Host. */
async function ask(method: string, path: string, visitor: Visitor, body = ""): Promise<Answer> {
  const { agent = "A mail program", from = `203.0.113.${home}`, cookie } = visitor
  const form = body
    ? { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) }
    : {}
  const known = { host, "user-agent": agent, "x-forwarded-for": from, ...(cookie ? { cookie } : {}) }
  const sent = request({ port: desk.port, method, path, headers: { ...known, ...form, ...visitor.headers } })
  sent.end(body)
  const [answer] = (await once(sent, "response")) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value))
  return { status: answer.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString() }
}

const visit = (path: string, visitor: Visitor = {}) => ask("GET", path, visitor)
const send = (token: string, fields: Record<string, string>, visitor: Visitor = {}) =>
  ask("POST", `/r/${token}`, visitor, new URLSearchParams(fields).toString())

/** Opens a link as a browser without script, looks at it for a moment and presses its button. */
async function press(token: string, face: Face, visitor: Visitor = {}) {
  const { text } = await visit(`/r/${token}/${face}`, visitor)
  await pause(0.75)
  return send(token, { choice: face, n: fieldOf(text, "n") }, visitor)
}

const stands = (requestId: number, face: Face) =>
  until(
    () => standing(requestId),
    (seen) => seen?.[1] === face,
  )

test("S1: HEAD three times, 22 seconds after the mail left: headers only, and no trace", async () => {
  const { token, requestId } = await sentAgo(22)
  for (const face of ["happy", "ok", "frown"]) {
    const { status, text, headers } = await ask("HEAD", `/r/${token}/${face}`, { agent: "" })
    expect([status, text, headers.get("set-cookie")]).toEqual([200, "", null])
  }
  expect(await votesOf(requestId)).toEqual([])
})

test("S2 to S4: opened three times each within two seconds, with OPTIONS and Range: no votes", async () => {
  const { token, requestId } = await sentAgo(60)
  const faces = ["happy", "ok", "frown"]
  await Promise.all(
    faces.flatMap((face) => [1, 2, 3].map(() => visit(`/r/${token}/${face}`, { headers: { range: "bytes=0-32768" } }))),
  )
  const options = await ask("OPTIONS", `/r/${token}/happy`, {})
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
  const { text: html } = await visit(`/r/${token}/happy`)
  const paths = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!)
  expect(paths).toHaveLength(3)
  const parts = await Promise.all(paths.map((path) => visit(path)))
  const sizes = [html, ...parts.map(({ text }) => text)].map((text) => Buffer.byteLength(text))
  expect(Math.min(...sizes)).toBeGreaterThan(100)
  expect(sizes.reduce((a, b) => a + b)).toBeLessThan(15_000)
})

test("S16 S17: scanner, person 300 ms later, shadow after the press: the person's face and nothing else", async () => {
  const { token, requestId } = await sentAgo(600)
  await visit(`/r/${token}/happy`, { agent: "A scanner" })
  await pause(0.3)
  expect((await press(token, "ok")).status).toBe(303)
  await visit(`/r/${token}/happy`, { agent: "A shadow" })
  expect(await stands(requestId, "ok")).toEqual(["ok", "ok"])
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
  const { text: html } = await visit(`/r/${token}/happy`)
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
  const { text: thanks } = await visit(pressed.headers.get("location")!, lynx)
  expect(thanks).toContain("A person will read this and write to you")
  await pause(0.75)
  const changed = await send(token, { choice: "ok", n: fieldOf(thanks, "n"), comment: "It works now" }, lynx)
  expect(changed.status).toBe(303)
  expect(await stands(requestId, "ok")).toEqual(["ok", "ok"])
  expect((await db.select().from(ratingComments)).map(({ body }) => body)).toContain("It works now")
})

test("links that lead nowhere: unknown and malformed are one page, and never a failure", async () => {
  const paths = ["a".repeat(26), "x", "%00", "..%2f..", "a".repeat(3000), "%F0%9F%99%82"].map(
    (token) => `/r/${token}/happy`,
  )
  const pages = await Promise.all(paths.map((path) => visit(path)))
  expect(new Set(pages.slice(0, 2).map(({ text }) => text)).size).toBe(1)
  for (const { status } of pages) expect([400, 404]).toContain(status)
  expect((await send("a".repeat(26), { choice: "happy" }, { agent: "Nobody" })).status).toBe(404)
})

const quick = { agent: "Quick", from: "198.51.100.7" }

test("Q2: fifty presses at once on one link: one standing rating, a whole history, no failure", async () => {
  const { token, requestId } = await sentAgo(600)
  const { text: html } = await visit(`/r/${token}/happy`, quick)
  await pause(0.75)
  const first = await send(token, { choice: "ok", n: fieldOf(html, "n") }, quick)
  const cookie = first.headers.get("set-cookie")!.split(";")[0]!
  const faces: Face[] = ["happy", "ok", "frown"]
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, place) =>
      send(token, { choice: faces[place % 3]!, n: fieldOf(html, "n") }, { ...quick, cookie }),
    ),
  )
  expect([...new Set(answers.map(({ status }) => status))].toSorted()).toEqual([303, 429])
  const votes = await votesOf(requestId)
  expect(votes.map(({ status }) => status)).toEqual(Array(10).fill("accepted"))
  await stands(requestId, votes.toSorted((a, b) => +a.at - +b.at).at(-1)!.face)
})

test("C3: five hundred mails, five kinds of scanner, not one rating", async () => {
  const before = await db.$count(ratings)
  const mails = await Promise.all(Array.from({ length: 500 }, () => sentAgo(60)))
  const votes = await db.$count(ratingVotes)
  for (let at = 0; at < mails.length; at += 25) {
    await Promise.all(mails.slice(at, at + 25).map(({ token }, place) => scan(token, place % 5, `10.${at}.${place}.1`)))
  }
  await pause(6)
  expect([await db.$count(ratingVotes), await db.$count(ratings)]).toEqual([votes, before])
  expect(await db.$count(ratingLandings)).toBeGreaterThan(0)
}, 240_000)

/** HEAD only; GET of all; GET twice 134 ms apart as a browser would; everything the page names; an unfurler's range. */
async function scan(token: string, kind: number, from: string) {
  const paths = ["happy", "ok", "frown"].map((face) => `/r/${token}/${face}`)
  if (kind === 0) return Promise.all(paths.map((path) => ask("HEAD", path, { agent: "", from })))
  const unfurler = { agent: "Slackbot-LinkExpanding 1.0", headers: { range: "bytes=0-32768" }, from }
  const scanner = kind === 4 ? unfurler : { agent: "Mozilla/5.0", from }
  const pages = await Promise.all(paths.map((path) => visit(path, scanner)))
  if (kind === 2) await pause(0.134)
  if (kind === 2) return Promise.all(paths.map((path) => visit(path, scanner)))
  if (kind !== 3) return
  const named = pages.flatMap(({ text }) => [...text.matchAll(/(?:href|src|action)="([^"]+)"/g)].map(([, url]) => url!))
  await Promise.all([...new Set([...named, `/r/${token}/thanks`])].map((path) => visit(path, scanner)))
}

test("S30: a customer's mail that quotes ours leaves no token in any table but that of the bytes as they came", async () => {
  const { token } = await sentAgo(600)
  const url = `https://${host}/r/${token}/happy`
  const scanned = `https://scan.example/?url=${encodeURIComponent(url)}&data=1`
  await sendMail(desk.mailPort, {
    subject: "Re: It broke",
    text: `Thanks, but no.\n\nOn Tuesday Help wrote:\n> How was this answer?\n> Happy: ${url}\n> ${url.slice(0, 40)}\n> ${url.slice(40)}\n`,
    html: `<p>Thanks, but no.</p><blockquote><a href="${url}">Happy</a> <a href="${scanned}">OK</a></blockquote>`,
  })
  const arrived = await until(
    () => db.select().from(messages).where(eq(messages.kind, "email")),
    (found) => found.some(({ newText }) => newText.includes("Thanks, but no")),
  )
  expect(JSON.stringify(arrived)).toContain("redacted")
  const tables = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'mail_bytes'`,
  )
  for (const { name } of tables) {
    const t = sql.identifier(name)
    const holding = await db.execute(sql`select 1 from ${t} where ${t}::text ilike ${`%${token}%`}`)
    expect([name, holding.length]).toEqual([name, 0])
  }
})

test("S18: a sweep at delivery, the person the next day: their face counts, under both days", async () => {
  const { token, requestId } = await sentAgo(60)
  for (const face of ["happy", "ok", "frown"]) await visit(`/r/${token}/${face}`)
  await db.insert(settings).values({ key: "clock.offsetSeconds", value: 86_400, changedAt: noon })
  await pause(1.5)
  expect((await press(token, "frown")).status).toBe(303)
  expect(await stands(requestId, "frown")).toEqual(["frown", "frown"])
  expect((await tallied("rated")).first[2]).toBeGreaterThan(0)
})
