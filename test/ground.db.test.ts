import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, inject, test } from "vitest"
import { readEnv } from "#app/env.server.ts"
import { lossRisk, standOn } from "#app/ground.server.ts"
import { secretKey, setSecret } from "#app/models/people/secret.server.ts"
import { settings } from "#app/models/people/settings.server.ts"
import { connect } from "#db/connection.server.ts"
import { ClusterProblem } from "#db/postmaster.server.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"

const folder = () => mkdtempSync(join(tmpdir(), "upturn-ground-"))
const envFor = async (more: Record<string, string> = {}) =>
  readEnv({ NODE_ENV: "test", DATA_DIR: folder(), DATABASE_URL: await freshDatabase(inject("clusterUrl")), ...more })

// Each test here connects elsewhere; the file's own database is put back.
afterEach(async () => {
  connect(await freshDatabase(inject("clusterUrl")))
  setSecret("what the tests sign with, 32 characters")
})

test("one stands on a folder made on the way, a database of this version and a secret that stays", async () => {
  const env = await envFor({ DATA_DIR: join(folder(), "deep", "data") })
  const first = await standOn(env)
  expect((await settings())["desk.name"]).toBe("Support")
  const key = secretKey("undo")
  await first.leave()
  const again = await standOn(env)
  expect(secretKey("undo").equals(key)).toBe(true)
  await again.leave()
  expect(statSync(join(env.DATA_DIR, "secret")).mode & 0o777).toBe(0o600)
  expect(readdirSync(env.DATA_DIR)).toEqual(["files", "secret"])
})

test("a secret given by the environment is used and not written down", async () => {
  const env = await envFor({ SECRET: "given by whoever runs it, 32 characters" })
  await (await standOn(env)).leave()
  expect(existsSync(join(env.DATA_DIR, "secret"))).toBe(false)
})

test("three processes starting at once on an empty folder share one secret", async () => {
  const env = await envFor()
  const grounds = await Promise.all([standOn(env), standOn(env), standOn(env)])
  const kept = readFileSync(join(env.DATA_DIR, "secret"), "utf8")
  expect([kept.length, readdirSync(env.DATA_DIR)]).toEqual([64, ["files", "secret"]])
  for (const ground of grounds) await ground.leave()
})

test.each(["/proc/upturn/data", "/dev/null/data"])("%s cannot be written, and one line says so", async (DATA_DIR) => {
  const failure = await standOn(await envFor({ DATA_DIR })).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ClusterProblem)
  expect(String(failure)).toMatch(/cannot be written \(\w+\)\. Set DATA_DIR to one that can\.$/)
})

test("a database that refuses the password is said at once, without the password", async () => {
  const url = new URL(await freshDatabase(inject("clusterUrl")))
  url.password = "wrong-password"
  const failure = await standOn(await envFor({ DATABASE_URL: url.href })).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ClusterProblem)
  expect(String(failure)).toContain("(DATABASE_URL) does not let us in")
  expect(String(failure)).not.toContain("wrong-password")
})

test("a database that comes up a few seconds later is waited for", async () => {
  const real = new URL(await freshDatabase(inject("clusterUrl")))
  const { port, open } = await laterDoorTo(Number(real.port))
  const there = new URL(real)
  there.port = String(port)
  setTimeout(open, 1500)
  const ground = await standOn(await envFor({ DATABASE_URL: there.href }))
  expect(ground.url).toBe(there.href)
  await ground.leave()
})

test("a PostgreSQL that may lose what it acknowledged is named", async () => {
  connect(await freshDatabase(inject("clusterUrl")))
  expect(await lossRisk()).toMatch(/^PostgreSQL runs with fsync=off/)
})

test("outside tests nobody stands on a PostgreSQL with fsync off", async () => {
  await expect(standOn({ ...(await envFor()), NODE_ENV: "production" })).rejects.toThrow("Set fsync = on")
})

/** A port that is closed until it is opened, and then leads to the real database. */
async function laterDoorTo(target: number) {
  const { connect: dial } = await import("node:net")
  const probe = createServer().listen(0, "127.0.0.1")
  await new Promise((ready) => probe.once("listening", ready))
  const { port } = probe.address() as { port: number }
  await new Promise((closed) => probe.close(closed))
  const door = createServer((socket) => {
    const through = dial(target, "127.0.0.1")
    socket.pipe(through).pipe(socket)
    for (const end of [socket, through]) end.on("error", () => end.destroy())
  })
  return { port, open: () => void door.listen(port, "127.0.0.1").unref() }
}
