import { request } from "node:http"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { clearFolder, passphrase, type RunningDesk, startDesk } from "#test/support/server.ts"

let desk: RunningDesk

beforeAll(async () => {
  desk = await startDesk({ databaseUrl: await freshDatabase(inject("clusterUrl")) })
})

afterAll(async () => {
  await desk.stop()
  clearFolder(desk.dataDir)
})

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; ms: number }

/** As a browser at that address of this machine sends it: all of 127.0.0.0/8 is here. */
function send(path: string, form: Record<string, string> | null, from: string, cookie = ""): Promise<Answer> {
  const started = performance.now()
  const body = form ? new URLSearchParams(form).toString() : ""
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": body.length,
    origin: desk.url,
  }
  return new Promise((done, fail) => {
    const asked = request({
      host: "127.0.0.1",
      port: desk.port,
      path,
      localAddress: from,
      method: form ? "POST" : "GET",
      headers: { host: `localhost:${desk.port}`, cookie, ...(form ? headers : {}) },
    })
    asked.once("error", fail).once("response", (answer) => {
      answer.resume().once("end", () => {
        done({ status: answer.statusCode ?? 0, headers: answer.headers, ms: performance.now() - started })
      })
    })
    asked.end(body)
  })
}

const signIn = (password: string, from: string, cookie = "") =>
  send("/sign-in", { email: "ann@desk.example", password }, from, cookie)
const wrong = "something else entirely"

const cookiesOf = ({ headers }: Answer) =>
  [headers["set-cookie"] ?? []]
    .flat()
    .map((cookie) => cookie.split(";")[0])
    .join("; ")

test("strangers with wrong codes do not keep out whoever has the console", async () => {
  const welcome = (code: string, from: string) =>
    send(
      "/welcome",
      {
        ...{ code, deskName: "Acme", mailbox: "help@desk.example", timeZone: "UTC" },
        ...{ name: "Ann Lee", email: "ann@desk.example", password: passphrase },
      },
      from,
    )
  const answers: Answer[] = []
  for (let tried = 0; tried < 60; tried++) answers.push(await welcome("AAAA-AAAA", `127.1.0.${1 + (tried % 2)}`))
  const shut = answers.filter(({ status }) => status === 429)
  expect([shut.length, shut.every(({ headers }) => Number(headers["retry-after"]) > 0)]).toEqual([20, true])
  const code = /enter the code (\S+)/.exec(desk.said())?.[1] ?? ""
  expect((await welcome(code, "127.0.0.1")).status).toBe(302)
})

test("hundreds of tries of one address leave the other pages quick, and the owner in", async () => {
  const known = cookiesOf(await signIn(passphrase, "127.9.9.9"))
  const attack = async () => {
    const statuses: number[] = []
    for (let round = 0; round < 15; round++)
      statuses.push(
        ...(await Promise.all(Array.from({ length: 20 }, () => signIn(wrong, "127.2.0.1")))).map((a) => a.status),
      )
    return statuses
  }
  const pages: number[] = []
  const attacked = attack()
  let isOver = false
  void attacked.then(() => (isOver = true))
  while (!isOver) pages.push((await send("/healthz", null, "127.0.0.1")).ms)
  const statuses = await attacked
  expect(statuses.filter((status) => status === 422).length).toBeLessThanOrEqual(12)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(285)
  expect(pages.sort((a, b) => a - b)[Math.floor(pages.length / 2)]).toBeLessThan(500)
  expect((await signIn(passphrase, "127.3.0.1")).status).toBe(302)
  expect((await signIn(passphrase, "127.2.0.1")).status).toBe(429)
  // Even from the attacker's own address, in a browser the account knows.
  expect((await signIn(passphrase, "127.2.0.1", known)).status).toBe(302)
})

test("many addresses make the owner at a new one wait less than a minute, and one at a known one not at all", async () => {
  const answers: Answer[] = []
  for (let net = 0; net < 30; net++) answers.push(await signIn(wrong, `127.${100 + net}.0.1`))
  const shut = answers.filter(({ status }) => status === 429)
  expect(shut.length).toBeGreaterThan(10)
  for (const { headers } of shut) expect(Number(headers["retry-after"])).toBeLessThanOrEqual(60)
  expect((await signIn(passphrase, "127.9.9.9")).status).toBe(302)
})

test("a press of the settings goes on after the password is typed, as a browser without a script does it", async () => {
  const cookie = cookiesOf(await signIn(passphrase, "127.9.9.9"))
  expect((await desk.desk("settings", "set", "clock.offsetSeconds", "--", "660")).code).toBe(0)
  const form = { sender: "eve@evil.example", rule: "block" }
  const detour = await untilAsked(() => send("/settings/senders", form, "127.9.9.9", cookie))
  const to = String(detour.headers.location)
  const keptForm = new URLSearchParams(to.split("?")[1]).get("keptForm") ?? ""
  const proven = await send(to, { password: passphrase, keptForm }, "127.9.9.9", cookie)
  expect([proven.status, proven.headers.location]).toEqual([307, "/settings/senders"])
  const done = await send("/settings/senders", { password: passphrase, keptForm }, "127.9.9.9", cookie)
  expect([done.status, done.headers.location]).toEqual([302, "/settings/senders"])
})

/** The running desk hears of a moved clock within a second. */
async function untilAsked(press: () => Promise<Answer>) {
  for (let tried = 0; ; tried++) {
    const answer = await press()
    if (String(answer.headers.location).startsWith("/me/proof")) return answer
    if (tried > 40) throw new Error(`no detour: ${answer.status} ${String(answer.headers.location)}`)
    await new Promise((later) => setTimeout(later, 100))
  }
}
