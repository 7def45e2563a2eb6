import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { gzipSync } from "node:zlib"
import { afterEach, expect, test } from "vitest"
import { renew } from "#app/models/people/oauth.server.ts"
import { noon } from "#test/fixtures/desk.ts"

const open: (() => unknown)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

async function renewedBy(answer: RequestListener) {
  const server = createServer(answer)
  open.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  await new Promise<void>((ready) => void server.listen(0, "127.0.0.1", ready))
  const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`
  return renew({ accessToken: "old", refreshToken: "r", tokenUrl }, noon)
}
const noAnswer = {
  words: "The access token could not be renewed: the token server gave no usable answer",
  isFinal: false,
}
const granted = (more = "") => JSON.stringify({ access_token: "fresh", expires_in: 3600, more })

test("a token endpoint's answer is read as far as one goes, 64 kB", async () => {
  expect(await renewedBy((_, answer) => answer.end(granted("x".repeat(60_000))))).toMatchObject({
    accessToken: "fresh",
  })
  expect(await renewedBy((_, answer) => answer.end(granted("x".repeat(70_000))))).toEqual(noAnswer)
})

test("an answer without an end is left, packed or not", async () => {
  let sent = 0
  const endless =
    (piece: Buffer | string, headers = {}): RequestListener =>
    (_, answer) => {
      answer.writeHead(200, headers)
      const more = () => {
        sent += piece.length
        if (!answer.destroyed && sent < 1e9) answer.write(piece, more)
      }
      more()
    }
  expect(await renewedBy(endless(`{"a":"${"x".repeat(10_000)}`))).toEqual(noAnswer)
  expect(sent).toBeLessThan(50_000_000)
  const bomb = gzipSync(granted("x".repeat(50_000_000)))
  const packed = await renewedBy((_, answer) => answer.writeHead(200, { "Content-Encoding": "gzip" }).end(bomb))
  expect(packed).toEqual(noAnswer)
})

test.each([
  ["a page", "<html>admin: 12 services</html>"],
  ["a list", "[1]"],
  ["a word", '"secret"'],
  ["nothing", ""],
  ["half an answer", '{"access_token":'],
  ["another service's JSON", '{"error":"index_not_found","name":"node-1"}'],
  ["an error that is a text", '{"error":{"message":"root:x:0:0"}}'],
  ["no token", '{"access_token":""}'],
])("of what is no token endpoint nothing is told: %s", async (_what, body) => {
  for (const status of [200, 404, 500])
    expect(await renewedBy((_, answer) => answer.writeHead(status).end(body))).toEqual(noAnswer)
})

test("a redirect is not followed", async () => {
  const asked: string[] = []
  const answer: RequestListener = (request, answer) => {
    asked.push(request.url ?? "")
    answer.writeHead(307, { Location: "/elsewhere" }).end()
  }
  expect([await renewedBy(answer), asked]).toEqual([noAnswer, ["/token"]])
})

test.each(["http://tokens.example/", "ftp://tokens.example/", "file:///etc/passwd", "https:x y", "javascript:1"])(
  "nothing is asked at %s",
  async (tokenUrl) => {
    const tokens = { accessToken: "old", refreshToken: "r", tokenUrl }
    expect(await renew(tokens, noon)).toMatchObject({ words: expect.stringContaining("not https"), isFinal: true })
  },
)

test("a refusal is told by the word the standard has for it", async () => {
  const said = await renewedBy((_, answer) => answer.writeHead(400).end('{"error":"invalid_grant","secret":"s"}'))
  expect(said).toEqual({
    words: "The access token could not be renewed: the server answered 400 (invalid_grant)",
    isFinal: true,
  })
})
