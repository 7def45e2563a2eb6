import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

/** An identity provider: it says whose an access token is, and gives a new one for a refresh token. */
export async function startTokens(owner = "help@desk.example") {
  const good = "a-good-token"
  const asked: string[] = []
  const server = createServer(async (request, answer) => {
    const url = new URL(request.url ?? "/", "http://tokens.example")
    answer.setHeader("Content-Type", "application/json")
    if (url.pathname === "/renewal") {
      let body = ""
      for await (const chunk of request) body += chunk
      asked.push(body)
      if (!body.includes("refresh_token=again")) {
        answer.statusCode = 400
        return answer.end(JSON.stringify({ error: "invalid_grant", error_description: "It was withdrawn" }))
      }
      return answer.end(JSON.stringify({ access_token: good, refresh_token: "once more", expires_in: 3600 }))
    }
    const isGood = url.searchParams.get("access_token") === good
    answer.statusCode = isGood ? 200 : 401
    answer.end(JSON.stringify(isGood ? { email: owner, active: true } : { error: "invalid_token" }))
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((done) => void server.close(() => done()))
  }
  return { info: `http://127.0.0.1:${port}/info`, renewal: `http://127.0.0.1:${port}/renewal`, good, asked, close }
}
