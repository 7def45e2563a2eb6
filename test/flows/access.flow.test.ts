import { join } from "node:path"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { setSecret } from "#app/models/people/secret.server.ts"
import { connect, disconnect } from "#db/connection.server.ts"
import { folderFiles } from "#db/files.server.ts"
import { projectRoot } from "#db/place.server.ts"
import { expected, methods, plain, type Which } from "#test/fixtures/access.ts"
import { matrix, type Row } from "#test/fixtures/access-matrix.ts"
import { type Caller, checksum, type Named, seeded } from "#test/support/callers.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { type RunningDesk, secret, startDesk, throwawayFolder } from "#test/support/server.ts"
import { type Answer, type Asked, walker } from "#test/support/walk.ts"

let desk: RunningDesk
let named: Named
let callers: Caller[]
let door: ReturnType<typeof walker>

beforeAll(async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  connect(databaseUrl)
  setSecret(secret)
  ;({ named, callers } = await seeded())
  const dataDir = throwawayFolder()
  await folderFiles(join(dataDir, "files")).put(Buffer.from("x"))
  desk = await startDesk({ databaseUrl, dataDir, env: { ROLE: "web", TRUST_PROXY: "127.0.0.1" } })
  door = walker(desk, () => named)
})

afterAll(async () => {
  door.close()
  await desk.stop()
  await disconnect()
})

test("every address the desk answers stands in the matrix, and no other", async () => {
  const { routes } = await import(join(projectRoot, "build/server/pages.js"))
  const ids = Object.keys(routes).filter((id) => id !== "root")
  const listed = matrix.map(({ route }) => route).filter((route) => !route.startsWith("door:"))
  expect(listed.map((route) => `routes/${route}`).sort()).toEqual(ids.sort())
})

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

/** A look, or a press that is refused: nothing may come of it. Opening a rating link is written down. */
function isLook({ row, method, caller, which }: Asked) {
  if (plain(method) === "GET" && row.GET !== "link") return true
  return expected(row, method, caller, which) !== "in"
}

const told = ({ row, method, caller, which }: Asked, { outcome, status, location }: Answer) =>
  `${caller.name}: ${method} ${row.address} (${which}) got ${outcome} (${status} ${location})`

test("everybody gets in where the matrix says; what is not theirs is as if it were not there; no refusal changes a row", async () => {
  const all = matrix.flatMap(askedOf)
  const wrong: string[] = []
  const sizes = new Map<string, Map<Which, number>>()
  const before = await checksum()
  await door.walk(all.filter(isLook), (one, answer) => {
    const { row, method, caller, which } = one
    const wanted = expected(row, method, caller, which)
    if (answer.outcome !== wanted) wrong.push(`${told(one, answer)}, not ${wanted}`)
    if (answer.status !== 404 || which === "own") return
    const key = `${caller.name}: ${method} ${row.address}`
    sizes.set(key, (sizes.get(key) ?? new Map<Which, number>()).set(which, answer.size))
  })
  expect(wrong).toEqual([])
  expect(await checksum()).toEqual(before)
  const pairs = [...sizes].filter(([, seen]) => seen.size === 2)
  expect(pairs.filter(([, seen]) => seen.get("foreign") !== seen.get("missing"))).toEqual([])
  expect(pairs.length).toBeGreaterThan(150)
  expect(all.length).toBeGreaterThan(15_000)
}, 300_000)

test("whoever may press gets past the door", async () => {
  const wrong: string[] = []
  for (const row of matrix) {
    const presses = askedOf(row).filter((one) => one.which === "own" && !isLook(one))
    if (presses.length > 0) ({ named, callers } = await seeded())
    let isDone = false
    for (const press of presses) {
      const caller = callers.find(({ name }) => name === press.caller.name) ?? press.caller
      const answer = await door.send({ ...press, caller })
      // What one of them took away is gone for the next, and signing out ends at the way in.
      const isGone = isDone && answer.outcome === 404
      const isOut = row.POST === "out" && answer.outcome === "sign in"
      if (answer.outcome === "in" || isOut) isDone = true
      else if (!isGone) wrong.push(told(press, answer))
    }
  }
  expect(wrong).toEqual([])
}, 300_000)
