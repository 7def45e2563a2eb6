import { afterAll, beforeAll, expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { baseUrlLink } from "#app/models/people/base-url.server.ts"
import { setSecret } from "#app/models/people/secret.server.ts"
import { ida } from "#test/fixtures/desk.ts"
import { sendRaw } from "#test/support/raw-http.ts"
import { clearFolder, type RunningDesk, secret, startDesk, until } from "#test/support/server.ts"
import { viewer } from "#test/support/viewer.ts"

let desk: RunningDesk
const host = "support.desk.example"

beforeAll(async () => {
  setSecret(secret)
  desk = await startDesk()
})
afterAll(async () => {
  expect(await desk.stop()).toBe(0)
  clearFolder(desk.dataDir)
})

/** As a proxy in front hands it on. */
const ask = (path: string, method: "GET" | "POST" = "GET", asHost = host, origin = `https://${asHost}`) => {
  const head = [`${method} ${path} HTTP/1.1`, `Host: ${asHost}`, "Connection: close", `Origin: ${origin}`]
  const form = method === "POST" ? ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 0"] : []
  return sendRaw(desk.port, [`${[...head, ...form].join("\r\n")}\r\n\r\n`])
}
const linkFor = (address: string, now = deskNow()) => {
  const made = baseUrlLink(viewer(ida), address, now)
  if ("refused" in made) throw new Error(made.refused)
  return new URL(made.link).pathname
}
const settingNow = async (key: string) => (await desk.desk("settings", "get", key)).out.trim()

test("a second process of the desk turns no link away from the first, and the next one after both does", async () => {
  const first = await settingNow("web.localUrl")
  expect(first).toBe(desk.url)
  const second = await startDesk({ dataDir: desk.dataDir, env: { ROLE: "web" } })
  const worker = await startDesk({ dataDir: desk.dataDir, env: { ROLE: "worker" } })
  expect([await settingNow("web.localUrl"), await settingNow("web.baseUrl")]).toEqual([first, ""])
  await Promise.all([second.stop(), worker.stop(), desk.stop()])
  desk = await startDesk({ dataDir: desk.dataDir })
  expect(await settingNow("web.localUrl")).toBe(desk.url)
})

test("an address is the desk's once its link was opened there and confirmed, and not before", async () => {
  expect((await ask("/sign-in")).status).toBe(421)
  const path = linkFor(`https://${host}`)
  const body = (await ask(path)).body.replaceAll("<!-- -->", "")
  expect(body).toContain(`This desk answers at https://${host}.`)
  expect((await ask(/\/assets\/root-[\w-]+\.css/.exec(body)?.[0] ?? "")).status).toBe(200)
  expect(await settingNow("web.baseUrl")).toBe("")
  expect((await ask("/sign-in")).status).toBe(421)
  const confirmed = await ask(path, "POST")
  expect([confirmed.status, confirmed.headers]).toEqual([200, expect.stringMatching(/strict-transport-security/i)])
  expect(await settingNow("web.baseUrl")).toBe(`https://${host}`)
  const page = await until(
    () => ask("/sign-in"),
    ({ status }) => status !== 421,
  )
  expect(page.headers).toMatch(/strict-transport-security/i)
  expect((await ask("/sign-in", "GET", `localhost:${desk.port}`)).status).not.toBe(421)
})

test("a link for another address, an old one, a made up one and one from another site confirm nothing", async () => {
  const before = await settingNow("web.baseUrl")
  const [right, evil] = [linkFor("https://other.desk.example"), "evil.example"]
  expect((await ask(right, "POST", evil)).status).toBe(421)
  expect((await ask(linkFor("https://other.desk.example", new Date(0)), "POST", "other.desk.example")).status).toBe(421)
  expect((await ask("/base-url/1.x", "POST", `localhost:${desk.port}`, desk.url)).status).toBe(404)
  expect((await ask(right, "POST", "other.desk.example", "https://evil.example")).status).toBe(403)
  expect(await settingNow("web.baseUrl")).toBe(before)
})

test.each([
  "localhost",
  "http://localhost:3000",
  "https://127.0.0.1",
  "http://[::1]:3000",
  "https://desk.localhost",
  "ftp://desk.example",
  "https://desk.example/help",
  "desk.example",
  "",
])("no link is made for %j", (address) => {
  expect(baseUrlLink(viewer(ida), address, deskNow())).toHaveProperty("refused")
})
