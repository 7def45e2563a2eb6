import { expect, inject, test } from "vitest"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { trustFrom, trustNobody } from "#app/remote.ts"
import { connect } from "#db/connection.server.ts"
import { bo, noon } from "#test/fixtures/desk.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { cookieOf } from "#test/support/signed-in.ts"
import { type Sent, smallDesk } from "#test/support/small-desk.ts"

const form = { "Content-Type": "application/x-www-form-urlencoded" }
const open = { ...form, "Sec-Fetch-Site": "same-origin" }

test("a page comes with the exact headers, a fresh nonce and no sign of Express", async () => {
  const desk = await smallDesk()
  const { headers, status } = await desk.send("/page")
  const [nonce] = /(?<='nonce-)[^']+/.exec(String(headers["content-security-policy"])) ?? []
  expect([status, headers["x-powered-by"], headers["strict-transport-security"]]).toEqual([200, undefined, undefined])
  expect(headers["content-security-policy"]).toBe(
    `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'`,
  )
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "x-frame-options": "DENY",
    "x-xss-protection": "0",
    "cache-control": "no-store",
  })
  expect(Buffer.from(nonce ?? "", "base64")).toHaveLength(16)
  expect((await desk.send("/page")).headers["content-security-policy"]).not.toContain(nonce)
})

test("only an https desk insists on https", async () => {
  const desk = await smallDesk({ BASE_URL: "https://desk.example" })
  const { headers } = await desk.send("/page", { headers: { Host: "desk.example" } })
  expect(headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains")
})

test("a route's own policy stands, and may be framed as it says", async () => {
  const desk = await smallDesk()
  const { headers } = await desk.send("/frame")
  expect(headers).toMatchObject({
    "content-security-policy": "sandbox",
    "cache-control": "private",
    "x-content-type-options": "nosniff",
  })
  expect(headers["x-frame-options"]).toBeUndefined()
})

test.each<[string, Sent]>([
  ["from nowhere", { headers: form }],
  ["from another origin", { headers: { ...form, Origin: "http://evil.example" } }],
  ["from a null origin", { headers: { ...form, Origin: "null" } }],
  ["from a page like ours on https", { headers: { ...form, Origin: "https://localhost" } }],
  [
    "from another origin behind a forged proxy",
    { headers: { ...form, Origin: "http://evil.example", "X-Forwarded-Host": "evil.example" } },
  ],
  ["cross-site", { headers: { ...form, "Sec-Fetch-Site": "cross-site" } }],
  ["same-site", { headers: { ...form, "Sec-Fetch-Site": "same-site" } }],
  ["typed by hand", { headers: { ...form, "Sec-Fetch-Site": "none" } }],
  ["cross-site with our origin", { headers: { ...form, "Sec-Fetch-Site": "cross-site", Origin: "http://localhost" } }],
  ["as text", { headers: { ...open, "Content-Type": "text/plain" } }],
  ["as JSON", { headers: { ...open, "Content-Type": "application/json" } }],
  ["without a type", { headers: { "Sec-Fetch-Site": "same-origin" } }],
])("a form sent %s does nothing, on a page or on its data", async (_how, sent) => {
  const desk = await smallDesk()
  for (const path of ["/thing", "/thing?_data=thing"])
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect((await desk.send(path, { method, body: "a=1", ...sent })).status).toBe(403)
  expect(desk.done).toEqual([])
})

test("a form from a page of ours is done, by fetch metadata or by its origin alone", async () => {
  const desk = await smallDesk()
  const sent = { method: "POST", body: "a=1" }
  expect((await desk.send("/thing", { ...sent, headers: open })).status).toBe(200)
  const origin = `http://localhost:${desk.port}`
  expect((await desk.send("/thing", { ...sent, headers: { ...form, Origin: origin } })).status).toBe(200)
  expect(desk.done).toEqual(["a=1", "a=1"])
})

test("behind https the origin is the public one", async () => {
  const desk = await smallDesk({ BASE_URL: "https://desk.example" })
  const headers = { ...form, Host: "desk.example", Origin: "https://desk.example" }
  expect((await desk.send("/thing", { method: "POST", body: "a=1", headers })).status).toBe(200)
  expect((await desk.send("/thing", { headers: { Host: "desk.example" } })).text).toBe("https://desk.example/thing")
})

test("a rating link works in a browser that sends no origin", async () => {
  const desk = await smallDesk()
  expect((await desk.send("/r/token/happy", { method: "POST", body: "face=happy", headers: form })).status).toBe(200)
})

test("the API takes JSON from anywhere: it knows no cookies to steal", async () => {
  const desk = await smallDesk()
  const sent = { method: "POST", body: "{}" }
  const json = { "Content-Type": "application/json; charset=utf-8", Origin: "http://shop.example" }
  expect((await desk.send("/api/v1/thing", { ...sent, headers: json })).status).toBe(200)
  const refused = await desk.send("/api/v1/thing", { ...sent, headers: form })
  expect([refused.status, refused.headers["content-type"]]).toEqual([415, "application/problem+json; charset=utf-8"])
})

test.each([
  ["/api/v1/nothing", "GET", 404],
  ["/api", "GET", 404],
  ["/api/v1/thing", "DELETE", 200],
  ["/api/v1/broken", "GET", 500],
  ["/api/v1/broken", "DELETE", 405],
  ["/api/v1/down", "GET", 503],
] as const)("%s by %s answers as the API does", async (path, method, status) => {
  const desk = await smallDesk()
  const answer = await desk.send(path, { method })
  expect(answer.status).toBe(status)
  if (status === 200) return
  expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/)
  expect(JSON.parse(answer.text)).toMatchObject({ status })
})

test.each([
  "evil.example",
  "localhost.evil.example",
  "desk.example",
  "localhost@evil.example",
  "localhost:99999999",
  "192.168.0.7:3000",
])("without BASE_URL nothing is answered under the name %s", async (Host) => {
  const desk = await smallDesk()
  expect((await desk.send("/thing", { headers: { Host } })).status).toBe(421)
})

test.each(["localhost", "127.0.0.1:3000", "[::1]:3000"])("without BASE_URL %s is answered", async (Host) => {
  const desk = await smallDesk()
  expect((await desk.send("/thing", { headers: { Host } })).status).toBe(200)
})

test("with BASE_URL only its name is answered; whether it is alive is told to anyone", async () => {
  const desk = await smallDesk({ BASE_URL: "http://desk.example:8080" })
  expect((await desk.send("/thing", { headers: { Host: "desk.example:8080" } })).status).toBe(200)
  expect((await desk.send("/thing")).status).toBe(421)
  expect((await desk.send("/healthz")).text).toBe('{"status":"alive"}')
})

test.each(["X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Forwarded-For"])(
  "%s changes no address",
  async (name) => {
    const desk = await smallDesk()
    const { text } = await desk.send("/thing", { headers: { [name]: "host=evil.example" } })
    expect(text).toBe(`http://localhost:${desk.port}/thing`)
  },
)

test.each(["http://evil.example/thing", "*", "/thing\\..\\x"])("%s is no address of the desk", async (path) => {
  const desk = await smallDesk()
  expect((await desk.send(path)).status).toBe(400)
})

test("NUL, which the database cannot keep, is in no form and in no address", async () => {
  const desk = await smallDesk()
  await desk.send("/thing", { method: "POST", headers: open, body: "a=x%00y&b%00=1" })
  expect(desk.done).toEqual(["a=xy&b=1"])
  expect((await desk.send("/thing?q=%00")).status).toBe(422)
  expect((await desk.send("/thing/%00")).status).toBe(404)
})

test("bodies that are too long, or do not say how long they are, are not read", async () => {
  const desk = await smallDesk()
  const long = { ...open, "Content-Length": "2097153" }
  expect((await desk.send("/thing", { method: "POST", headers: long })).status).toBe(413)
  const chunked = { ...open, "Transfer-Encoding": "chunked" }
  expect((await desk.send("/thing", { method: "POST", headers: chunked })).status).toBe(411)
  expect((await desk.send("/r/t/ok", { method: "POST", headers: { ...form, "Content-Length": "65537" } })).status).toBe(
    413,
  )
  expect(desk.done).toEqual([])
})

test("a form with files comes to its page whole, without NUL, and to nobody else's", async () => {
  const desk = await smallDesk()
  const bytes = Buffer.from(Array.from({ length: 3000 }, (_, n) => n % 256))
  const form = new FormData()
  form.append("text", "Grüße\r\n--b\u0000ye")
  form.append("file", new File([bytes], 'März "1".pdf', { type: "application/pdf" }))
  const sent = new Request("http://x", { method: "POST", body: form })
  const body = Buffer.from(await sent.arrayBuffer())
  const headers = { "Content-Type": sent.headers.get("content-type") ?? "", "Sec-Fetch-Site": "same-origin" }
  await desk.send("/cases/new", { method: "POST", headers, body })
  expect(desk.done).toEqual([])
  const cookie = { Cookie: await cookieOf(bo) }
  expect((await desk.send("/cases/new", { method: "POST", headers: { ...headers, ...cookie }, body })).status).toBe(200)
  expect(desk.done).toEqual(["text=Grüße\r\n--bye", 'file=März "1".pdf application/pdf 3000'])
  const none = '--b\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--b--\r\n'
  const unchosen = { ...headers, ...cookie, "Content-Type": "multipart/form-data; boundary=b" }
  expect((await desk.send("/cases/new", { method: "POST", headers: unchosen, body: none })).status).toBe(200)
  expect(desk.done).toHaveLength(2)
})

test("a call of very many values is not worked through", async () => {
  const desk = await smallDesk()
  const headers = { "Content-Type": "application/json" }
  const body = `[${"1,".repeat(100_001)}1]`
  await desk.send("/api/v1/thing", { method: "POST", headers, body })
  expect(desk.done).toEqual([""])
  const token = { Authorization: `Bearer ${await makeToken("tests", ["write"], noon)}` }
  expect((await desk.send("/api/v1/thing", { method: "POST", headers: { ...headers, ...token }, body })).status).toBe(
    413,
  )
  expect(desk.done).toEqual([""])
})

test("who asked is what a trusted proxy says, and nobody else", async () => {
  const forwarded = { headers: { "X-Forwarded-For": "192.0.2.66, 203.0.113.9" } }
  const [alone, behind] = [await smallDesk(), await smallDesk({ trustProxy: trustFrom("127.0.0.0/8") ?? trustNobody })]
  expect((await alone.send("/remote", forwarded)).text).toBe("127.0.0.1")
  expect((await behind.send("/remote", forwarded)).text).toBe("203.0.113.9")
})

test("while the database is away a page says so in plain words", async () => {
  const desk = await smallDesk()
  const answer = await desk.send("/down")
  expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "5"])
  expect(answer.text).toContain("The desk cannot reach its database")
  expect((await desk.send("/down?_data=down")).headers["x-remix-catch"]).toBe("yes")
})

test("a real database that is gone is known as such", async () => {
  const desk = await smallDesk()
  connect("postgres://nobody:nothing@127.0.0.1:1/nowhere")
  const [page, api] = [await desk.send("/settings"), await desk.send("/api/v1/settings")]
  connect(await freshDatabase(inject("clusterUrl")))
  expect([page.status, api.status, JSON.parse(api.text).title]).toEqual([503, 503, "Database not reachable"])
})

test("a form pressed while the database is away comes back with everything typed but passwords", async () => {
  const desk = await smallDesk()
  const body = new URLSearchParams({ text: 'Dear "Dana",\n<b>hi</b>', close: "on", password: "vier Pferde" }).toString()
  const answer = await desk.send("/down", { method: "POST", headers: open, body })
  expect(answer.status).toBe(503)
  expect(answer.text).toContain("Dear &quot;Dana&quot;,\n&lt;b&gt;hi&lt;/b&gt;")
  expect(answer.text).toContain('<input type="hidden" name="close" value="on">')
  expect(answer.text).not.toContain("Pferde")
})

test("a long letter typed while the database is away comes back as well", async () => {
  const desk = await smallDesk()
  const text = "Dear Dana, ".repeat(3000)
  const cookie = { Cookie: await cookieOf(bo) }
  connect("postgres://nobody:nothing@127.0.0.1:1/nowhere")
  const body = new URLSearchParams({ text }).toString()
  const answer = await desk.send("/down", { method: "POST", headers: { ...open, ...cookie }, body })
  const part = `--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n${text}\r\n--b--\r\n`
  const headers = { ...open, ...cookie, "Content-Type": "multipart/form-data; boundary=b" }
  const withFiles = await desk.send("/cases/new", { method: "POST", headers, body: part })
  connect(await freshDatabase(inject("clusterUrl")))
  expect([answer.status, answer.text.includes(text)]).toEqual([503, true])
  expect([withFiles.status, desk.done]).toEqual([200, [`text=${text}`]])
})

test("a bug is a page of status 500, a page that is not there one of 404", async () => {
  const desk = await smallDesk()
  expect((await desk.send("/broken")).status).toBe(500)
  expect((await desk.send("/nothing")).status).toBe(404)
  expect((await desk.send("/assets/nothing.js")).status).toBe(404)
})

test("every answer has a name that its line in the log has too", async () => {
  const desk = await smallDesk()
  expect((await desk.send("/page")).headers["x-request-id"]).toMatch(/^[0-9a-f]{16}$/)
})

test("ready means the database, the mail door and the worker answer", async () => {
  const fine = await smallDesk({}, { alive: { beat: () => new Date() } })
  expect(JSON.parse((await fine.send("/readyz")).text)).toEqual({
    ...{ status: "ready", database: "ok", worker: "ok", warnings: [] },
  })
  const lame = await smallDesk({}, { alive: { beat: () => new Date(0), mailPort: () => 1 } })
  const answer = await lame.send("/readyz")
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    503,
    { status: "not ready", database: "ok", mailDoor: "closed", worker: "no beat for a minute", warnings: [] },
  ])
})

test("what is measured is told to a token made for it only", async () => {
  const desk = await smallDesk()
  expect((await desk.send("/metrics")).status).toBe(401)
  const asked = async (scopes: Parameters<typeof makeToken>[1]) =>
    desk.send("/metrics", { headers: { Authorization: `Bearer ${await makeToken("Prometheus", scopes, noon)}` } })
  expect((await asked(["read", "write"])).status).toBe(403)
  expect((await asked(["admin"])).status).toBe(200)
  const { text } = await asked(["metrics"])
  expect(text).toContain('desk_queue_rows{queue="mail received"} 0')
  expect(text).toContain("desk_http_request_seconds_bucket")
})

test("the stream of changes passes the same gate as a page", async () => {
  const desk = await smallDesk(
    {},
    { onEvents: (_asked, answer) => void answer.type("text/event-stream").send(":\n\n") },
  )
  expect((await desk.send("/events")).text).toBe(":\n\n")
  expect((await desk.send("/events", { headers: { Host: "evil.example" } })).status).toBe(421)
})
