import pino from "pino"
import { expect, test } from "vitest"
import { log } from "#app/log.server.ts"
import { smallDesk } from "#test/support/small-desk.ts"

/** The lines as they are written, caught on their way to standard output. */
async function linesOf(paths: string[]) {
  const desk = await smallDesk()
  const stream = (log as unknown as Record<symbol, { write(line: string): void }>)[pino.symbols.streamSym]!
  const [write, lines] = [stream.write, [] as string[]]
  stream.write = (line) => void lines.push(line)
  log.level = "debug"
  const headers = { Cookie: "desk=session-token", Authorization: "Bearer api-token" }
  const answers = []
  for (const path of paths) answers.push(await desk.send(path, { headers }))
  await new Promise((done) => setTimeout(done, 20))
  stream.write = write
  log.level = "silent"
  return { lines, answers }
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
