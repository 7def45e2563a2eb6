import { sql } from "drizzle-orm"
import pino from "pino"
import { expect, test } from "vitest"
import { log } from "#app/log.server.ts"
import { db } from "#db/connection.server.ts"
import { settings } from "#db/tables/people.ts"
import { noon } from "#test/fixtures/desk.ts"
import { smallDesk } from "#test/support/small-desk.ts"

/** The lines as they are written, caught on their way to standard output. */
async function linesOf(paths: string[]) {
  const desk = await smallDesk()
  const headers = { Cookie: "desk=session-token", Authorization: "Bearer api-token" }
  const answers: Awaited<ReturnType<typeof desk.send>>[] = []
  const lines = await linesWhile(async () => {
    for (const path of paths) answers.push(await desk.send(path, { headers }))
  })
  return { lines, answers }
}

async function linesWhile(work: () => Promise<unknown>) {
  const stream = (log as unknown as Record<symbol, { write(line: string): void }>)[pino.symbols.streamSym]!
  const [write, lines] = [stream.write, [] as string[]]
  stream.write = (line) => void lines.push(line)
  log.level = "debug"
  await work()
  await new Promise((done) => setTimeout(done, 20))
  stream.write = write
  log.level = "silent"
  return lines
}

test("tokens in addresses and what was searched for are in no line of the log", async () => {
  const tokens = ["/r/rating-token/happy", "/invitation/password-token?_data=x"]
  const { lines } = await linesOf([...tokens, "/thing?q=dana&to=secret", "/assets/a.js"])
  expect(lines.map((line) => JSON.parse(line).path)).toEqual(["/r/…/happy", "/invitation/…", "/thing", "/assets/a.js"])
  expect(lines.join("")).not.toMatch(/token|dana|secret/)
})

test("control characters and endless addresses make one short line each", async () => {
  const { lines } = await linesOf([`/${"x".repeat(5000)}`, "/a%0d%0ab%1b[31m"])
  expect(lines.map((line) => line.length < 500 && !/\p{Cc}/u.test(line.trimEnd()))).toEqual([true, true])
})

test("the line has the name that the answer had, and what it took", async () => {
  const { lines, answers } = await linesOf(["/page"])
  expect(JSON.parse(lines[0]!)).toMatchObject({
    id: answers[0]!.headers["x-request-id"],
    method: "GET",
    status: 200,
    ms: expect.any(Number),
  })
})

test("what a failed statement was sent is in no line of the log, and what failed is", async () => {
  const row = { key: "rating-token", value: "a letter", changedAt: noon }
  await db.insert(settings).values(row)
  const twice = await db.insert(settings).values(row).catch(asItIs)
  const wrong = await db.execute(sql`select ${"rating-token"}::text, ${"a letter"}::text, 1 / 0`).catch(asItIs)
  const lines = await linesWhile(async () => {
    for (const err of [twice, wrong]) log.error({ err }, "it failed")
    log.error(wrong, "it failed alone")
  })
  expect(lines.join("")).not.toMatch(/token|letter/)
  expect(lines[0]).toContain("insert into")
  expect(JSON.parse(lines[0]!).err.cause).toMatchObject({ code: "23505", constraint: "settings_pkey" })
  expect(lines.map((line) => line.includes("request-log.db.test"))).toEqual([true, true, true])
})

const asItIs = (error: unknown) => error
