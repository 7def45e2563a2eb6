import { eq } from "drizzle-orm"
import { afterEach, expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { mintNonce } from "#app/models/ratings/nonce.server.ts"
import { settleDue } from "#app/models/ratings/rating.server.ts"
import { revokeRequest } from "#app/models/ratings/request.server.ts"
import { action, loader } from "#app/routes/r.$token.($face).tsx"
import { loader as thanksLoader } from "#app/routes/r.$token.thanks.tsx"
import { db } from "#db/connection.server.ts"
import { settings } from "#db/tables/people.ts"
import { ratingComments, ratingLandings, ratingRequests, ratings, ratingVotes } from "#db/tables/ratings.ts"
import { smtpAccounts } from "#db/tables/ways.ts"
import { asked, votesOf } from "#test/fixtures/asked.ts"
import { ann, noon } from "#test/fixtures/desk.ts"
import { cookieOf } from "#test/support/signed-in.ts"

const origin = "http://localhost:3000"
const ago = (seconds: number) => new Date(deskNow().getTime() - seconds * 1000)
const sentAgo = (seconds: number) => asked({ sentAt: ago(seconds) })

let networks = 0
/** Everybody from an address of their own, as the limit by address outlives a test. */
const somewhere = () => ({ remote: `198.51.${++networks}.9` })

type Visit = { headers?: Record<string, string>; context?: { remote: string }; method?: string }

function get(path: string, { headers = {}, context = somewhere(), method = "GET" }: Visit = {}) {
  const [token = "", face] = path.split("/").slice(2).map(decodeURIComponent)
  const request = new Request(origin + path, { method, headers })
  return loader({ request, params: { token, face }, context })
}

type Form = Record<string, string>

function post(token: string, form: Form, { headers = {}, context = somewhere() }: Visit = {}) {
  const request = new Request(`${origin}/r/${token}`, { method: "POST", headers, body: new URLSearchParams(form) })
  return action({ request, params: { token }, context })
}

const pageOf = (requestId: number, secondsAgo = 5) =>
  mintNonce({ requestId, landedOn: "happy", lineageHash: null }, ago(secondsAgo))

async function thanks(location: string | null, headers: Record<string, string> = {}) {
  const url = new URL(location ?? "", origin)
  return thanksLoader({
    request: new Request(url, { headers }),
    params: { token: url.pathname.split("/")[2] },
    context: {},
  })
}

const fieldOf = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ""
const rated = async (requestId: number) => {
  await settleDue(ago(-300))
  const [row] = await db.select().from(ratings).where(eq(ratings.requestId, requestId))
  return row ? row.standing : null
}
const headersOf = ({ headers }: Response) => Object.fromEntries(headers)

afterEach(() => {
  delete process.env.SMTP_URL
  delete process.env.BASE_URL
})

test("the page shows the face of the link, one button that says what it sends, and the other two", async () => {
  await db.insert(settings).values({ key: "desk.name", value: "Northwind Help", changedAt: noon })
  const { token } = await sentAgo(600)
  const html = await (await get(`/r/${token}/happy`)).text()
  expect(html).toContain("Send: Happy</button>")
  expect([...html.matchAll(/name="choice" value="(\w+)"/g)].map(([, face]) => face)).toEqual(["happy", "ok", "frown"])
  expect(html).toContain("Northwind Help")
  expect(html).not.toContain("Thank")
})

test("the page tells nothing of the case: no name, no address, no subject", async () => {
  const { token } = await sentAgo(600)
  const html = await (await get(`/r/${token}/frown`)).text()
  for (const secret of ["It broke", "Dana", "dana@", "Bo Diaz", "help@"]) expect(html).not.toContain(secret)
})

test("the page is small, whole without JavaScript, and asks for nothing from anywhere else", async () => {
  const { token } = await sentAgo(600)
  const html = await (await get(`/r/${token}/happy`)).text()
  expect(Buffer.byteLength(html)).toBeLessThan(5000)
  expect([...html.matchAll(/(?:src|href|action)="([^"]+)"/g)].filter(([, url]) => !url!.startsWith("/"))).toEqual([])
  expect(html.match(/<script/g)).toHaveLength(1)
  expect(html).not.toMatch(/style=|<style|onclick/)
})

test("GET carries exactly the headers of the protocol, and no cookie", async () => {
  const { token } = await sentAgo(600)
  expect(headersOf(await get(`/r/${token}/happy`))).toEqual({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "x-content-type-options": "nosniff",
    "content-security-policy":
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'none'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  })
})

test("S1: HEAD three times without a user agent leaves no trace and has no body", async () => {
  const { token } = await sentAgo(22)
  for (const face of ["happy", "ok", "frown"]) {
    const answer = await get(`/r/${token}/${face}`, { method: "HEAD" })
    expect([answer.status, await answer.text(), answer.headers.get("cache-control")]).toEqual([200, "", "no-store"])
  }
  expect(await db.$count(ratingLandings)).toBe(0)
  expect(await db.$count(ratingVotes)).toBe(0)
})

const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
const scanners = [
  "",
  `${windows} Chrome/97.0.4692.99 Safari/537.36`,
  `${windows} Chrome/79.0.3945.136 Safari/537.36`,
  `${windows} Chrome/80.0.3987.132 Safari/537.36`,
  `${windows} Chrome/96.0.4664.110 Safari/537.36`,
  `${windows} Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0`,
  "Mozilla/5.0",
  "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/74.0.3729.169 Safari/537.36",
  "python-requests/2.9.2",
  "Go-http-client/1.1",
  "okhttp/2.5.0",
  "axios/0.18.0",
  "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
  "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
  "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b",
  "MicrosoftPreview/2.0; +https://aka.ms/MicrosoftPreview",
  "WhatsApp/0.3.4479 N",
  "facebookexternalhit/1.1",
  "TelegramBot (like TwitterBot)",
  "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
  "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
  "Mozilla/5.0 (compatible; Yahoo Link Preview; https://help.yahoo.com/kb/mail/yahoo-link-preview-SLN23615.html)",
  `${windows} Chrome/114.0.5735.179 Safari/537.36 (compatible; Google-Safety; +http://www.google.com/bot.html)`,
]

test("S2 to S4, S10 to S13: whoever opens all three within two seconds, under any name, with a range or without, has rated nothing", async () => {
  const { token, requestId } = await sentAgo(30)
  for (const agent of scanners) {
    const context = somewhere()
    for (const face of ["happy", "ok", "frown"]) {
      const answer = await get(`/r/${token}/${face}`, {
        headers: { "user-agent": agent, range: "bytes=0-32768" },
        context,
      })
      expect(answer.status).toBe(200)
    }
  }
  expect([await votesOf(requestId), await rated(requestId)]).toEqual([[], null])
})

test("everyone gets the same page, scanners included, but for the signature", async () => {
  const { token } = await sentAgo(600)
  const pages = await Promise.all(
    scanners.map(async (agent) => {
      const html = await (await get(`/r/${token}/happy`, { headers: { "user-agent": agent } })).text()
      return html.replace(/name="n" value="[^"]*"/, "")
    }),
  )
  expect(new Set(pages).size).toBe(1)
})

test("S14 S15: what is prefetched or previewed is not even a landing", async () => {
  const { token } = await sentAgo(600)
  for (const headers of [
    { "sec-purpose": "prefetch;prerender" },
    { purpose: "prefetch" },
    { "x-moz": "prefetch" },
    { purpose: "preview" },
  ]) {
    expect((await get(`/r/${token}/happy`, { headers })).status).toBe(200)
  }
  expect(await db.$count(ratingLandings)).toBe(0)
})

test("a press on the page it was given: 303 to the thanks, a cookie, and one accepted vote", async () => {
  const { token, requestId } = await sentAgo(600)
  const html = await (await get(`/r/${token}/happy`)).text()
  await new Promise((resolve) => setTimeout(resolve, 710))
  const answer = await post(token, { choice: "happy", n: fieldOf(html, "n"), comment: "Great", hp: "", js: "", g: "" })
  expect(answer.status).toBe(303)
  expect(answer.headers.get("location")).toMatch(new RegExp(`^/r/${token}/thanks\\?n=v1\\.`))
  expect(answer.headers.get("set-cookie")).toMatch(
    /^rl=[0-9a-f]{32}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/,
  )
  expect((await votesOf(requestId)).map(({ status, mode }) => [status, mode])).toEqual([["accepted", "tap_nojs"]])
  expect(await rated(requestId)).toBe("happy")
})

test("over https the cookie is bound to this host", async () => {
  const { token, requestId } = await sentAgo(600)
  const body = new URLSearchParams({ choice: "ok", n: pageOf(requestId) })
  const request = new Request(`https://desk.example/r/${token}`, { method: "POST", body })
  const answer = await action({ request, params: { token }, context: somewhere() })
  expect(answer.headers.get("set-cookie")).toMatch(/^__Host-rl=[0-9a-f]{32}; Path=\/; Secure; HttpOnly; SameSite=Lax;/)
})

test("the thanks say what was recorded, offer the other two and a line, and promise a person for a frown only", async () => {
  const { token, requestId } = await sentAgo(600)
  const done = await post(token, { choice: "frown", n: pageOf(requestId), comment: "Nobody answered my question" })
  const html = await (await thanks(done.headers.get("location"))).text()
  expect(html).toMatch(/You said: <b>Unhappy<\/b>, with a line for us/)
  expect(html).toContain("A person will read this and write to you")
  expect(html).not.toContain("Nobody answered")
  expect([...html.matchAll(/name="choice" value="(\w+)"/g)].map(([, face]) => face)).toEqual(["frown", "happy", "ok"])
  const other = await sentAgo(600)
  const happy = await post(other.token, { choice: "happy", n: pageOf(other.requestId) })
  expect(await (await thanks(happy.headers.get("location"))).text()).not.toContain("write to you")
})

test("thanks before any press lead back to the page", async () => {
  const { token } = await sentAgo(600)
  const answer = await thanks(`/r/${token}/thanks`)
  expect([answer.status, answer.headers.get("location")]).toEqual([302, `/r/${token}`])
})

test("S20 S21: without script and without cookies: press, then change it and add a line from the thanks", async () => {
  const { token, requestId } = await sentAgo(600)
  const context = somewhere()
  const first = await post(token, { choice: "ok", n: pageOf(requestId) }, { context })
  const html = await (await thanks(first.headers.get("location"))).text()
  await new Promise((resolve) => setTimeout(resolve, 710))
  const second = await post(token, { choice: "happy", n: fieldOf(html, "n"), comment: "Solved now" }, { context })
  expect(second.status).toBe(303)
  expect((await votesOf(requestId)).map(({ status, because }) => [status, because])).toEqual([
    ["accepted", ""],
    ["accepted", ""],
  ])
  expect(await rated(requestId)).toBe("happy")
  expect((await db.select().from(ratingComments)).map(({ body }) => body)).toEqual(["Solved now"])
})

test("S22: with the cookie the same browser may press another link of the mail", async () => {
  const { token, requestId } = await sentAgo(600)
  const context = somewhere()
  const first = await post(token, { choice: "frown", n: pageOf(requestId) }, { context })
  const cookie = first.headers.get("set-cookie")!.split(";")[0]!
  const second = await post(token, { choice: "ok", n: pageOf(requestId) }, { context, headers: { cookie } })
  expect([second.status, second.headers.get("set-cookie")]).toMatchObject([303, expect.stringContaining(cookie)])
  expect(await rated(requestId)).toBe("ok")
})

test("two devices with two answers within two minutes: the second is asked again, neither counts", async () => {
  const { token, requestId } = await sentAgo(600)
  await post(token, { choice: "happy", n: pageOf(requestId) })
  const answer = await post(token, { choice: "frown", n: pageOf(requestId), comment: "Not at all" })
  const html = await answer.text()
  expect([answer.status, html.includes("Wait two minutes"), html.includes("Not at all</textarea>")]).toEqual([
    200,
    true,
    true,
  ])
  expect(await rated(requestId)).toBeNull()
})

test("S6c: a poster without script that fetches all three pages and sends all three counts nothing", async () => {
  const { token, requestId } = await sentAgo(600)
  const context = somewhere()
  const faces: Face[] = ["happy", "ok", "frown"]
  const pages = await Promise.all(faces.map(async (face) => (await get(`/r/${token}/${face}`, { context })).text()))
  await new Promise((resolve) => setTimeout(resolve, 710))
  for (const [place, choice] of faces.entries())
    await post(token, { choice, n: fieldOf(pages[place]!, "n") }, { context })
  expect((await votesOf(requestId)).map(({ because }) => because)).toEqual(["sweep", "sweep", "sweep"])
  expect(await rated(requestId)).toBeNull()
})

test("S6: a script that sends the form at once, or later without a touch, is held and asked to tap once more", async () => {
  const { token, requestId } = await sentAgo(600)
  const fast = await post(token, { choice: "happy", n: pageOf(requestId, 0.1), js: "1", g: "" })
  const late = await post(token, { choice: "happy", n: pageOf(requestId, 5), js: "1", g: "", comment: "Hello" })
  for (const answer of [fast, late]) expect(answer.status).toBe(200)
  const html = await late.text()
  expect(html).toContain("Tap once more to confirm")
  expect(html).toContain("Hello</textarea>")
  expect((await votesOf(requestId)).map(({ because }) => because)).toEqual(["too fast", "no gesture"])
  expect([await rated(requestId), await db.$count(ratingComments)]).toEqual([null, 0])
})

test("held costs a person one tap: the page that asks again can be pressed", async () => {
  const { token, requestId } = await sentAgo(600)
  const context = somewhere()
  const held = await (await post(token, { choice: "happy", n: pageOf(requestId, 90_000) }, { context })).text()
  await new Promise((resolve) => setTimeout(resolve, 710))
  expect((await post(token, { choice: "happy", n: fieldOf(held, "n") }, { context })).status).toBe(303)
  expect(await rated(requestId)).toBe("happy")
})

test("S9: ten seconds after the mail left is too soon", async () => {
  const { token, requestId } = await sentAgo(10)
  expect(await (await post(token, { choice: "happy", n: pageOf(requestId) })).text()).toContain("Tap once more")
  expect((await votesOf(requestId))[0]).toMatchObject({ status: "held", because: "too soon" })
})

test("S24: somebody signed in to the desk gets a preview once mail really leaves, and nothing is recorded", async () => {
  process.env.SMTP_URL = "smtp://localhost:25"
  process.env.BASE_URL = origin
  const { token, requestId } = await sentAgo(600)
  const headers = { cookie: await cookieOf(ann) }
  const answer = await post(token, { choice: "happy", n: pageOf(requestId) }, { headers })
  const html = await answer.text()
  expect([html.includes("Preview, not recorded"), html.includes(`${origin}/r/${token}/happy`)]).toEqual([true, true])
  expect((await votesOf(requestId))[0]).toMatchObject({ status: "rejected", because: "preview" })
  expect((await post(token, { choice: "happy", n: pageOf(requestId) })).status).toBe(303)
})

test("S24: while no mail leaves this machine a trial may press its own links", async () => {
  const { token, requestId } = await sentAgo(600)
  const headers = { cookie: await cookieOf(ann) }
  expect((await post(token, { choice: "happy", n: pageOf(requestId) }, { headers })).status).toBe(303)
})

test("S26: a press without our page, or with another's, is refused, kept, and asked to press once more", async () => {
  const [mine, theirs] = [await sentAgo(600), await sentAgo(600)]
  const context = somewhere()
  for (const n of ["", "v1.x", pageOf(theirs.requestId)]) {
    const answer = await post(mine.token, { choice: "happy", n }, { context })
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([400, null])
  }
  expect((await votesOf(mine.requestId)).map(({ because }) => because)).toEqual(["no page", "no page", "no page"])
  expect(await rated(mine.requestId)).toBeNull()
})

test("S27: from another site it is 403, whatever else is right", async () => {
  const { token, requestId } = await sentAgo(600)
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "https://localhost:3000" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin },
    { origin: "https://evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
  ]
  for (const headers of foreign) {
    const answer = await post(token, { choice: "frown", n: pageOf(requestId) }, { headers })
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([403, null])
  }
  expect((await votesOf(requestId)).map(({ because }) => because)).toEqual(foreign.map(() => "cross-site"))
  expect(await rated(requestId)).toBeNull()
})

test("R3: our own origin passes, and so does a text browser that names none", async () => {
  const { token, requestId } = await sentAgo(600)
  const context = somewhere()
  for (const headers of [{ origin }, { origin, "sec-fetch-site": "same-origin" }, { "sec-fetch-site": "none" }, {}]) {
    expect((await post(token, { choice: "ok", n: pageOf(requestId) }, { headers, context })).status).toBe(303)
  }
})

test("S28: an expired link says so, on GET and on POST, and that a person reads a reply", async () => {
  const { token, requestId } = await sentAgo(600)
  await db
    .update(ratingRequests)
    .set({ expiresAt: ago(1) })
    .where(eq(ratingRequests.id, requestId))
  for (const answer of [
    await get(`/r/${token}/happy`),
    await post(token, { choice: "ok", n: pageOf(requestId) }),
    await thanks(`/r/${token}/thanks`),
  ]) {
    expect([answer.status, (await answer.text()).includes("a person reads it")]).toEqual([410, true])
  }
  expect(await db.$count(ratingLandings)).toBe(0)
  expect((await votesOf(requestId))[0]).toMatchObject({ status: "rejected", because: "expired" })
})

test("S29: the field no person sees was filled in: nothing is recorded", async () => {
  const { token, requestId } = await sentAgo(600)
  const answer = await post(token, { choice: "happy", n: pageOf(requestId), hp: "http://spam.example" })
  expect([answer.status, await rated(requestId)]).toEqual([400, null])
})

test("what never was and what was revoked are one and the same page, on GET and on POST", async () => {
  const { token, replyId, requestId } = await sentAgo(600)
  await db.transaction((tx) => revokeRequest(tx, replyId, "spam", deskNow()))
  const never = "a".repeat(26)
  const pages = [
    await get(`/r/${token}/happy`),
    await get(`/r/${never}/happy`),
    await get("/r/short/happy"),
    await post(token, { choice: "ok", n: pageOf(requestId) }),
    await post(never, { choice: "ok", n: "" }),
    await post("%00", { choice: "ok", n: "" }),
    await thanks(`/r/${token}/thanks`),
    await thanks(`/r/${never}/thanks`),
  ]
  const seen = await Promise.all(pages.map(async (page) => [page.status, headersOf(page), await page.text()]))
  expect(seen[0]![0]).toBe(404)
  for (const page of seen) expect(page).toEqual(seen[0])
})

test("S31: /HAPPY, /happy., /happy) and /happy%3E open the page with happy", async () => {
  const { token } = await sentAgo(600)
  for (const path of [
    `/r/${token}/HAPPY`,
    `/r/${token}/happy.`,
    `/r/${token}/happy)`,
    `/r/${token}/happy%3E`,
    `/R/${token.toUpperCase()}/happy`,
  ]) {
    expect(await (await get(path)).text()).toContain("Send: Happy")
  }
})

test("a face that does not exist shows all three and chooses none", async () => {
  const { token } = await sentAgo(600)
  for (const path of [`/r/${token}`, `/r/${token}/sad`, `/r/${token}/%3Cscript%3E`]) {
    const html = await (await get(path)).text()
    expect(html).not.toContain("Send:")
    expect(html.match(/class="choice"/g)).toHaveLength(3)
  }
})

test("a press without a face, or with one that does not exist, is asked to choose, and its words are kept", async () => {
  const { token, requestId } = await sentAgo(600)
  const forms: Form[] = [{ n: pageOf(requestId) }, { n: pageOf(requestId), choice: "sad" }]
  for (const form of forms) {
    const answer = await post(token, { ...form, comment: "Hm" })
    const html = await answer.text()
    expect([answer.status, html.includes("Choose one of the three"), html.includes("Hm</textarea>")]).toEqual([
      422,
      true,
      true,
    ])
  }
  expect(await votesOf(requestId)).toEqual([])
})

test("a comment is words, whatever is in it, and at most two thousand of its letters", async () => {
  const { token, requestId } = await sentAgo(600)
  const nasty = `<script>alert(1)</script>" '; drop table ratings; -- \u0000 ${"🙂".repeat(3000)}`
  const done = await post(token, { choice: "happy", n: pageOf(requestId), comment: nasty })
  expect(done.status).toBe(303)
  const [kept] = await db.select().from(ratingComments)
  expect([[...kept!.body].length, kept!.body.startsWith("<script>"), kept!.body.includes("\0")]).toEqual([
    2000,
    true,
    false,
  ])
  const again = await post(token, { choice: "happy", n: "", comment: nasty })
  expect(await again.text()).not.toContain("<script>alert")
})

test("the eleventh press in a minute on one link is told to wait, and so is the sixty-first from one address", async () => {
  const { token } = await sentAgo(600)
  const context = somewhere()
  for (let count = 0; count < 10; count++) await post(token, { choice: "ok", n: "" }, { context })
  const eleventh = await post(token, { choice: "ok", n: "" }, { context })
  expect([eleventh.status, eleventh.headers.get("retry-after")]).toEqual([429, "60"])
  const statuses = []
  for (let count = 11; count < 61; count++)
    statuses.push((await post("a".repeat(26), { choice: "ok" }, { context })).status)
  expect([statuses.filter((status) => status === 404).length, statuses.at(-1)]).toEqual([49, 429])
})

test("Q2: fifty presses at once through the door: one standing rating, no failure", async () => {
  const { token, requestId } = await sentAgo(600)
  const context = somewhere()
  const first = await post(token, { choice: "ok", n: pageOf(requestId) }, { context })
  const cookie = first.headers.get("set-cookie")!.split(";")[0]!
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, place) =>
      post(
        token,
        { choice: ["happy", "ok", "frown"][place % 3]!, n: pageOf(requestId) },
        { context, headers: { cookie } },
      ),
    ),
  )
  expect([...new Set(answers.map(({ status }) => status))].toSorted()).toEqual([303, 429])
  expect((await votesOf(requestId)).map(({ status }) => status)).toEqual(Array(10).fill("accepted"))
  expect(await rated(requestId)).not.toBeNull()
  expect(await db.$count(ratings)).toBe(1)
})

test("a body that is no form at all is a press without a face", async () => {
  const { token } = await sentAgo(600)
  for (const body of ["%%%", "\u0000\u0000", "{}", "choice", "choice=happy&choice=frown&n=%ff"]) {
    const request = new Request(`${origin}/r/${token}`, { method: "POST", body })
    const answer = await action({ request, params: { token }, context: somewhere() })
    expect(answer.status).toBeLessThan(500)
  }
})

test("a colleague's press is a preview as soon as mail of any mailbox leaves by a server of its own", async () => {
  const headers = { cookie: await cookieOf(ann) }
  const press = async () => {
    const { token, requestId } = await sentAgo(600)
    await post(token, { choice: "happy", n: await pageOf(requestId) }, { headers })
    return (await votesOf(requestId)).map(({ status, because }) => [status, because])
  }
  expect(await press()).toMatchObject([["accepted", expect.anything()]])
  const rest = { username: "", method: "password", sealed: null, perMinute: null, perDay: null } as const
  await db.insert(smtpAccounts).values({ mailboxId: 1, host: "127.0.0.1", port: 25, security: "none", ...rest })
  expect(await press()).toEqual([["rejected", "preview"]])
})
