import { Agent, request as ask, type IncomingHttpHeaders } from "node:http"
import { join } from "node:path"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { setSecret } from "#app/models/people/secret.server.ts"
import { connect, disconnect } from "#db/connection.server.ts"
import { folderFiles } from "#db/files.server.ts"
import { projectRoot } from "#db/place.server.ts"
import { expected, type Method, methods, type Outcome, plain, type Which } from "#test/fixtures/access.ts"
import { matrix, type Row } from "#test/fixtures/access-matrix.ts"
import { cy } from "#test/fixtures/desk.ts"
import { type Caller, checksum, type Named, seeded } from "#test/support/callers.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { type RunningDesk, secret, startDesk, throwawayFolder } from "#test/support/server.ts"

let desk: RunningDesk
let named: Named
let callers: Caller[]
const agent = new Agent({ keepAlive: true, maxSockets: 6 })

beforeAll(async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  connect(databaseUrl)
  setSecret(secret)
  ;({ named, callers } = await seeded())
  const dataDir = throwawayFolder()
  await folderFiles(join(dataDir, "files")).put(Buffer.from("x"))
  desk = await startDesk({ databaseUrl, dataDir, env: { ROLE: "web" } })
})

afterAll(async () => {
  agent.destroy()
  await desk.stop()
  await disconnect()
})

test("every address the desk answers stands in the matrix, and no other", async () => {
  const { routes } = await import(join(projectRoot, "build/server/pages.js"))
  const ids = Object.keys(routes).filter((id) => id !== "root")
  const listed = matrix.map(({ route }) => route).filter((route) => !route.startsWith("door:"))
  expect(listed.map((route) => `routes/${route}`).sort()).toEqual(ids.sort())
})

type Asked = { row: Row; method: Method; caller: Caller; which: Which }
type Answer = { outcome: Outcome | number; status: number; size: number; location: string }

const bodies: Record<string, string> = {
  agent: JSON.stringify({ agent: null }),
  closed: JSON.stringify({ closed: true }),
  replies: JSON.stringify({ agent: cy.email, text: "Hello" }),
}
const form = "body=Hello&text=Hello&words=Hello&into=9998&until=2099-01-01T10:00&to=2&because=x&cause=other&request=1"

function send({ row, method, caller, which }: Asked) {
  const verb = method === "HEAD" ? "HEAD" : plain(method)
  const id = row.names ? named[row.names]?.[which] : ""
  const address = row.address.replace(/:\w+/, String(id))
  const path = method.includes("_data") ? withData(address, row) : address
  const isApi = path.startsWith("/api/")
  const body = verb === "GET" || verb === "HEAD" ? undefined : isApi ? (bodies[path.split("/")[5] ?? ""] ?? "{}") : form
  const type =
    path.split("?")[0] === "/api/v1/mail"
      ? "message/rfc822"
      : isApi
        ? "application/json"
        : "application/x-www-form-urlencoded"
  const length = body === undefined ? {} : { "Content-Type": type, "Content-Length": String(Buffer.byteLength(body)) }
  const headers = { Host: `localhost:${desk.port}`, Origin: desk.url, ...length, ...caller.headers }
  return new Promise<Answer>((ready, failed) => {
    const asked = ask({ host: "127.0.0.1", port: desk.port, path, method: verb, headers, agent }, (answer) => {
      const { statusCode: status = 0, headers } = answer
      const outcome = outcomeOf(status, headers)
      const location = String(headers.location ?? headers["x-remix-redirect"] ?? "")
      if (headers["content-type"]?.startsWith("text/event-stream")) {
        answer.destroy()
        return ready({ outcome, status, size: 0, location })
      }
      let size = 0
      answer.on("data", (chunk: Buffer) => (size += chunk.length))
      answer.on("end", () => ready({ outcome, status, size, location }))
    })
    asked.on("error", failed).end(body)
  })
}

const withData = (address: string, { route }: Row) =>
  `${address.replace("?index", "")}${address.includes("?") && !address.includes("?index") ? "&" : "?"}_data=${encodeURIComponent(`routes/${route}`)}`

function outcomeOf(status: number, headers: IncomingHttpHeaders): Outcome | number {
  const location = String(headers.location ?? headers["x-remix-redirect"] ?? "")
  if (/^\/sign-in(\?|$)/.test(location)) return "sign in"
  if (location.startsWith("/me/proof?")) return "prove it"
  return [401, 403, 404, 405].includes(status) || status >= 500 ? status : "in"
}

/** Of foreign and missing things somebody could be told only where the method is taken, and only if the desk knows them. */
function askedOf(row: Row): Asked[] {
  const isDoor = row.route.startsWith("door:")
  return methods
    .filter((method) => !(isDoor && method.includes("_data")))
    .flatMap((method) => {
      const isTaken = method !== "HEAD" && method !== "DELETE" && row[plain(method) as "GET"] !== "-"
      const others: Which[] = row.names && isTaken ? ["foreign", "missing"] : []
      const known = callers.filter(({ role, scopes }) => role || scopes)
      return [
        ...callers.map((caller): Asked => ({ row, method, caller, which: "own" })),
        ...others
          .filter((which) => named[row.names ?? ""]?.[which] != null)
          .flatMap((which) => known.map((caller) => ({ row, method, caller, which }))),
      ]
    })
}

/** A look, or a press that is refused: nothing may come of it. */
const isLook = ({ row, method, caller, which }: Asked) =>
  plain(method) === "GET" ? row.GET !== "link" : expected(row, method, caller, which) !== "in"

async function walk(list: Asked[], see: (one: Asked, answer: Answer) => void) {
  const queue = list.values()
  const worker = async () => {
    for (const one of queue) see(one, await send(one))
  }
  await Promise.all(Array.from({ length: 6 }, worker))
}

const told = ({ row, method, caller, which }: Asked) => `${caller.name}: ${method} ${row.address} (${which})`

test("everybody gets in where the matrix says and nowhere else; what is not theirs is as if it were not there; a refusal changes nothing", async () => {
  const all = matrix.flatMap(askedOf)
  const looks = all.filter(isLook)
  const wrong: string[] = []
  const sizes = new Map<string, Map<Which, string>>()
  const before = await checksum()
  await walk(looks, (one, answer) => {
    const wanted = expected(one.row, one.method, one.caller, one.which)
    if (answer.outcome !== wanted)
      wrong.push(`${told(one)} got ${answer.outcome} (${answer.status} ${answer.location}), not ${wanted}`)
    if (answer.status !== 404 || one.which === "own") return
    const key = `${one.caller.name}: ${one.method} ${one.row.address}`
    sizes.set(key, (sizes.get(key) ?? new Map()).set(one.which, `${answer.status} ${answer.size}`))
  })
  const after = await checksum()
  ;(await import("node:fs")).writeFileSync("/tmp/wrong1.json", JSON.stringify(wrong, null, 1))
  expect(wrong).toEqual([])
  expect(after).toEqual(before)
  const unlike = [...sizes].filter(([, seen]) => seen.size === 2 && seen.get("foreign") !== seen.get("missing"))
  expect(unlike.map(([key, seen]) => [key, ...seen.values()])).toEqual([])
  console.info(
    `${matrix.length} addresses, ${callers.length} callers, ${all.length} cells, ${looks.length} looks and refusals`,
  )
}, 500_000)

test("whoever may, gets past the door with a press", async () => {
  const wrong: string[] = []
  for (const row of matrix) {
    const presses = askedOf(row).filter((one) => one.which === "own" && !isLook(one))
    if (presses.length === 0) continue
    ;({ named, callers } = await seeded())
    for (const press of presses) {
      const caller = callers.find(({ name }) => name === press.caller.name) ?? press.caller
      const answer = await send({ ...press, caller })
      if (answer.outcome !== "in")
        wrong.push(`${told(press)} got ${answer.outcome} (${answer.status} ${answer.location})`)
    }
  }
  ;(await import("node:fs")).writeFileSync("/tmp/wrong2.json", JSON.stringify(wrong, null, 1))
  expect(wrong).toEqual([])
}, 500_000)
