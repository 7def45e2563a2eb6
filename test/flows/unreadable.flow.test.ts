import { join } from "node:path"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { setSecret } from "#app/models/people/secret.server.ts"
import { connect, disconnect } from "#db/connection.server.ts"
import { folderFiles } from "#db/files.server.ts"
import { matrix, type Row } from "#test/fixtures/access-matrix.ts"
import { ida, noon, resetDesk } from "#test/fixtures/desk.ts"
import { everything } from "#test/fixtures/everything.ts"
import { presses } from "#test/fixtures/presses.ts"
import { asked, bodiesWith, noIds, oddTexts } from "#test/fixtures/unreadable.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { type RunningDesk, secret, startDesk, throwawayFolder } from "#test/support/server.ts"
import { cookieOf } from "#test/support/signed-in.ts"

let desk: RunningDesk
let token: string
let cookie: string

beforeAll(async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  connect(databaseUrl)
  setSecret(secret)
  await resetDesk()
  await everything()
  token = await makeToken("tests", ["admin"], noon)
  cookie = await cookieOf(ida)
  const dataDir = throwawayFolder()
  await folderFiles(join(dataDir, "files")).put(Buffer.from("x"))
  desk = await startDesk({ databaseUrl, dataDir, env: { ROLE: "web" } })
})

afterAll(async () => {
  await desk.stop()
  await disconnect()
})

type Call = { method?: string; address: string; body?: BodyInit; headers?: Record<string, string> }

async function ask({ method = "GET", address, body, headers }: Call) {
  const known = address.startsWith("/api/") ? { authorization: `Bearer ${token}` } : { cookie, origin: desk.url }
  const init = { method, redirect: "manual", headers: { ...known, ...headers }, ...(body ? { body } : {}) } as const
  const answer = await fetch(desk.url + address, init)
  await answer.arrayBuffer()
  return answer.status
}

/** Asks over a few connections; what was answered otherwise than it should be. */
async function wrong(calls: Call[], isRight: (status: number) => boolean) {
  const found: string[] = []
  const queue = calls.values()
  const each = async () => {
    for (const call of queue) {
      const status = await ask(call)
      if (!isRight(status))
        found.push(`${call.method ?? "GET"} ${call.address} ${JSON.stringify(call.body)}: ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 6 }, each))
  return found
}

const json = { "content-type": "application/json" }
const inApi = ({ address }: Row) => address.startsWith("/api/")
const spelled = (text: string) => (/^(%[0-9A-F]{2})+$/.test(text) ? text : encodeURIComponent(text))
const bodies: Record<string, string> = {
  ...{ agent: '{"agent":null}', closed: '{"closed":true}', replies: '{"agent":"bo@desk.example","text":"x"}' },
}

/** A few of a list for each place, so that all of them come up and no place waits for all. */
const someOf = <T>(list: readonly T[], place: number, count: number) =>
  Array.from({ length: count }, (_, step) => list[(place * count + step) % list.length]!)

test("an id that is none is not there, in every address and for every method", async () => {
  const calls = matrix.flatMap((row, place) =>
    (["GET", "POST", "PUT", "PATCH"] as const)
      .filter((method) => row.names && row[method] !== "-" && !["invitation", "rating"].includes(row.names))
      .flatMap((method) =>
        someOf(noIds, place, 3).map((id): Call => {
          const address = row.address.replace(/:\w+/, spelled(id))
          if (method === "GET") return { address }
          if (!inApi(row)) return { method, address, body: new URLSearchParams({ body: "x", into: "2" }) }
          return { method, address, headers: json, body: bodies[address.split("/").at(-1) ?? ""] ?? '{"limit":5}' }
        }),
      ),
  )
  expect(calls.length).toBeGreaterThan(150)
  expect(await wrong(calls, (status) => status === 404 || status === 422)).toEqual([])
}, 120_000)

test("nothing that is asked beside an address breaks it; the API refuses what it cannot understand", async () => {
  const calls = Object.entries(asked).flatMap(([address, names]) =>
    names.flatMap((name, place) =>
      someOf([...noIds, "2026-02-30", "before:999999-01-01", "AAAAA"], place, 3).map((text): Call => {
        return { address: `${address.replace(/:\w+/, "1")}?${name}=${spelled(text)}` }
      }),
    ),
  )
  expect(await wrong(calls, (status) => status < 400 || status === 404 || status === 422)).toEqual([])
  expect(desk.said()).not.toContain("a request failed")
}, 120_000)

test("no text in a form or a call breaks anything: what cannot be kept is left out or refused", async () => {
  const calls = oddTexts.flatMap((odd) =>
    bodiesWith(odd).map(
      ([method, address, body]): Call => ({ method, address, headers: json, body: JSON.stringify(body) }),
    ),
  )
  const forms = presses.flatMap(({ route, params = {}, form = {} }) =>
    Object.keys(form).flatMap((name, place) =>
      someOf(oddTexts, place, 2).map((odd): Call => {
        const body = new FormData()
        for (const [other, value] of Object.entries({ ...form, [name]: odd })) body.set(other, value)
        const fields = [...body].map(([key, value]) => [key, String(value)])
        const address = `/${route.replaceAll(".", "/").replace("/_index", "").replace(/_\//g, "/")}`
        return {
          method: "POST",
          address: address.replace(/\$(\w+)/g, (_all, key) => params[key] ?? ""),
          body: new URLSearchParams(fields),
        }
      }),
    ),
  )
  expect(await wrong([...calls, ...forms], (status) => status < 500)).toEqual([])
  const body = new FormData()
  body.set("file", new File(["x"], "a\u0000b\ud800.txt", { type: "text/plain" }))
  body.set("text", "a\u0000b")
  expect(await ask({ method: "POST", address: "/cases/1/draft", body })).toBe(200)
  expect(desk.said()).not.toContain("a request failed")
}, 120_000)
