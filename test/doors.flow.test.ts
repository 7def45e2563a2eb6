import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { getRaw, headOf, sendRaw } from "#test/support/raw-http.ts"
import { passphrase, type RunningDesk, setUp, startDesk, until } from "#test/support/server.ts"

const token = "abcdefghijklmnopqrstuvwxyz"
const form = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" }
const files = { "Content-Type": "multipart/form-data; boundary=b", "Sec-Fetch-Site": "same-origin" }
const megabyte = 1024 * 1024

let desk: RunningDesk
let second: RunningDesk
let cookie: string
let bearer: Record<string, string>
/** Asked for first of all: it takes its ten seconds while the other tests run. */
let trickled: ReturnType<typeof sendRaw>

beforeAll(async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  desk = await startDesk({ databaseUrl, env: { LOG_LEVEL: "debug" } })
  const more = { ROLE: "web", LOG_FORMAT: "json", TRUST_PROXY: "10.0.0.0/8" }
  second = await startDesk({ databaseUrl, dataDir: desk.dataDir, env: more })
  await setUp(desk)
  const head = headOf(desk.port, "/sign-in", { method: "POST", headers: { ...form, "Content-Length": "100" } })
  trickled = sendRaw(desk.port, [head, ...Array.from({ length: 30 }, () => "a")], 20_000, 500)
  cookie = await signIn()
  const made = await desk.desk("token", "create", "--name", "tests", "--scopes", "read,write")
  bearer = { Authorization: `Bearer ${made.out.trim().split(/\s+/).at(-1)}` }
})
afterAll(() => Promise.all([desk.stop(), second.stop()]))

async function signIn(email = "ann@desk.example") {
  const body = new URLSearchParams({ email, password: passphrase }).toString()
  const answer = await post("/sign-in", { ...form, "Content-Length": String(body.length) }, [body])
  return /set-cookie: ([^;]+)/i.exec(answer.headers)?.[1] ?? ""
}

const post = (target: string, headers: Record<string, string>, body: (string | Buffer)[] = [], patience?: number) =>
  sendRaw(desk.port, [headOf(desk.port, target, { method: "POST", headers }), ...body], patience)

const part = (name: string, value: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

/** What the log says since `from`, the lines for whoever started the desk left out. */
const logSince = (from: number) =>
  desk
    .said()
    .slice(from)
    .split("\n")
    .filter((line) => line !== "")

test.each([
  [`/R/${token}/happy`, 308, `/r/${token}/happy`],
  [`//r/${token}/happy`, 308, `/r/${token}/happy`],
  [`/r//${token}/happy/`, 308, `/r/${token}/happy`],
  [`/%52/${token}`, 308, `/r/${token}`],
  [`/Invitation/${token}?x=1`, 308, `/invitation/${token}?x=1`],
  ["//evil.example/x", 308, "/evil.example/x"],
  [`/r/../invitation/${token}`, 400, null],
  [`/x/%2e%2e/r/${token}`, 400, null],
  [`/r%2f${token}`, 400, null],
  [`/r/${token}%`, 400, null],
  [`/r\\${token}`, 400, null],
  [`/r/${token}#happy`, 400, null],
  [`http://evil.example/r/${token}`, 400, null],
  [`/r;x=1/${token}`, 404, null],
  [`/%2572/${token}`, 404, null],
  [`/r./${token}`, 404, null],
  [`/api/v1/${token}`, 404, null],
  [`/r/${token}/happy?next=${token}`, 404, null],
])("%s is answered with %i and leaves no token in the log", async (target, status, location) => {
  const from = desk.said().length
  const answer = await getRaw(desk.port, target, { Referer: `http://localhost/r/${token}`, "User-Agent": token })
  expect(answer.status).toBe(status)
  if (location) expect(answer.headers).toContain(`Location: ${location}\r\n`)
  await until(
    async () => logSince(from),
    (lines) => lines.length > 0,
  )
  expect(desk.said().slice(from).toLowerCase()).not.toContain(token.slice(0, 12))
})

test("a form to another spelling of its address does nothing; a slash more at its end is no other spelling", async () => {
  const sent = { ...form, "Content-Length": "3" }
  expect((await post(`/R/${token}/happy`, sent, ["a=1"])).status).toBe(400)
  expect((await post("//sign-in", sent, ["a=1"])).status).toBe(400)
  expect((await post("/r/../scheme", sent, ["a=1"])).status).toBe(400)
  expect((await post("/sign-in/", sent, ["a=1"])).status).toBe(422)
})

test("a body that is too much is answered before it is there, and the connection ends", async () => {
  const [small, large] = [{ "Content-Length": "16385" }, { "Content-Length": "30000000" }]
  const sent: [string, Record<string, string>, number][] = [
    ["/sign-in", { ...form, ...small }, 413],
    [`/r/${token}/happy`, { ...form, "Content-Length": "65537" }, 413],
    ["/sign-in", { ...files, ...small }, 415],
    // Of strangers: those who are signed in may send as much.
    ["/cases/new", { ...files, ...large }, 302],
    ["/cases/7/notes", { ...form, "Content-Length": "1000000" }, 302],
    ["/api/v1/cases", { ...files, ...large }, 401],
    ["/api/v1/cases", { "Content-Type": "application/json", ...large }, 401],
    ["/sign-in", { ...form, "Transfer-Encoding": "chunked" }, 411],
  ]
  const answers = await Promise.all(sent.map(([target, headers]) => post(target, headers, ["a"], 4000)))
  expect(answers.map(({ status }) => status)).toEqual(sent.map(([, , status]) => status))
  for (const { headers } of answers) expect(headers).toMatch(/\r\nConnection: close/i)
})

test.each([
  ["two lengths", { ...form, "Content-Length": "3, 4" }],
  ["a length that is none", { ...form, "Content-Length": "-1" }],
  ["a length beside chunks", { ...form, "Content-Length": "3", "Transfer-Encoding": "chunked" }],
])("%s are no request at all", async (_how, headers) => {
  expect((await post("/sign-in", headers, ["a=1"])).status).toBe(400)
})

test("what comes after the length that was said is no part of the form", async () => {
  const body = new URLSearchParams({ email: "ann@desk.example", password: passphrase }).toString()
  const cut = { ...form, Connection: "keep-alive", "Content-Length": "20" }
  expect([400, 422]).toContain((await post("/sign-in", cut, [body], 1000)).status)
})

test("a form with more parts than its route takes is refused at the part that is too many", async () => {
  const length = { Cookie: cookie, "Content-Length": String(30 * megabyte) }
  const many = await post("/cases/new", { ...files, ...length }, [part("to", "x").repeat(600)])
  expect([many.status, many.headers]).toEqual([413, expect.stringMatching(/\r\nConnection: close/i)])
  const file = part("file", "x").replace('name="file"', 'name="file"; filename="a.txt"')
  expect((await post("/cases/new", { ...files, ...length }, [file.repeat(60)])).status).toBe(413)
  const long = part("text", "x".repeat(2 * megabyte + 1))
  expect((await post("/cases/new", { ...files, ...length }, [long])).status).toBe(413)
  const fields = "a&".repeat(3000)
  const plain = { ...form, Cookie: cookie, "Content-Length": String(fields.length) }
  expect((await post("/cases/7/notes", plain, [fields])).status).toBe(413)
})

test("a form with files that is not whole is the sender's mistake", async () => {
  const body = `${part("to", "x")}--b\r\nContent-Disp`
  const sent = { ...files, Cookie: cookie, "Content-Length": String(body.length) }
  expect((await post("/cases/new", sent, [body])).status).toBe(400)
  const none = { ...sent, "Content-Type": "multipart/form-data" }
  expect((await post("/cases/new", none, [body])).status).toBe(400)
})

test.each([
  ["a form", "/sign-in", form],
  ["a form with files", "/cases/new", files],
  ["a call", "/api/v1/cases", { "Content-Type": "application/json" }],
  ["a mail", "/api/v1/mail", { "Content-Type": "message/rfc822" }],
])("%s that breaks off with its sender is no failure", async (_what, target, headers) => {
  const from = desk.said().length
  await post(target, { ...headers, ...bearer, Cookie: cookie, "Content-Length": "2000" }, ["--b\r\n"], 400)
  await until(
    async () => desk.said().slice(from),
    (said) => said.includes("went away before the answer"),
  )
  await new Promise((done) => setTimeout(done, 200))
  expect(logSince(from).filter((line) => JSON.parse(line).level >= 40)).toEqual([])
})

test("every line of the log is JSON and short, whatever was asked", async () => {
  const from = desk.said().length
  const odd = [`/${"x".repeat(12_000)}`, "/%1b[31m", "/a%0d%0ab", "/cases?q=%zz&_data=nothing", `/r/${"é".repeat(50)}`]
  for (const target of odd) await getRaw(desk.port, Buffer.from(target).toString("latin1"), { Cookie: cookie })
  await getRaw(desk.port, "/invitation/x/y/z?_data=routes%2Finvitation.%24token", { Cookie: cookie })
  await sendRaw(desk.port, ["NONSENSE\r\n\r\n"], 1000)
  const lines = await until(
    async () => logSince(from),
    (said) => said.length >= odd.length,
  )
  for (const line of lines) expect([typeof JSON.parse(line), line.length < 16_384]).toEqual(["object", true])
})

test("with LOG_FORMAT=json even the lines of the start are, and what keeps it from starting is", async () => {
  const lines = second.said().split("\n").filter(Boolean)
  expect(lines.map((line) => JSON.parse(line).msg)).toContain("Proxies     trusted: 10.0.0.0/8")
  expect(desk.said()).toContain("\nProxies     none: X-Forwarded-* is ignored\n")
  const refused = await startDesk({ env: { LOG_FORMAT: "json", TRUST_PROXY: "x" } }).catch(String)
  expect(JSON.parse(String(refused).split("\n")[1] ?? "").msg).toMatch(/^TRUST_PROXY: must be/)
})

test("a person deactivated in one process hears nothing more from another", async () => {
  const person = ["--email", "bo@desk.example", "--name", "Bo", "--role", "agent", "--password", passphrase]
  await desk.desk("agent", "add", ...person, "--mailbox", "help@desk.example")
  const bo = await signIn("bo@desk.example")
  const stream = sendRaw(second.port, [headOf(second.port, "/events", { headers: { Cookie: bo } })], 20_000)
  await new Promise((done) => setTimeout(done, 500))
  const started = Date.now()
  const sent = { ...form, Cookie: cookie, "Content-Length": "0" }
  expect((await post("/agents/2/deactivation", sent)).status).toBe(302)
  const { status, body } = await stream
  expect([status, body, Date.now() - started < 5000]).toEqual([200, expect.stringContaining("retry:"), true])
  expect((await sendRaw(second.port, [headOf(second.port, "/events", { headers: { Cookie: bo } })])).status).toBe(401)
})

test("whoever sends the rest of a form too slowly is answered, not waited for", async () => {
  const answer = await trickled
  expect([answer.status, answer.headers]).toEqual([408, expect.stringMatching(/\r\nConnection: close/i)])
})
