import { Agent, request as ask, type IncomingHttpHeaders } from "node:http"
import { type Method, type Outcome, plain, type Which } from "#test/fixtures/access.ts"
import type { Row } from "#test/fixtures/access-matrix.ts"
import { cy } from "#test/fixtures/desk.ts"
import type { Caller, Named } from "./callers.ts"
import type { RunningDesk } from "./server.ts"

export type Asked = { row: Row; method: Method; caller: Caller; which: Which }
export type Answer = { outcome: Outcome | number; status: number; size: number; location: string }

const bodies: Record<string, string> = {
  agent: JSON.stringify({ agent: null }),
  closed: JSON.stringify({ closed: true }),
  replies: JSON.stringify({ agent: cy.email, text: "Hello" }),
}
/** Something that could be meant, for every form there is. */
const form = new URLSearchParams({
  ...{
    body: "Hello",
    text: "Hello",
    words: "Hello",
    because: "x",
    cause: "other",
    into: "9998",
    request: "1",
    to: "2",
  },
  ...{ day: "2026-12-25", name: "Vic", role: "agent", limit: "20", state: "present" },
}).toString()

const parts = '--b\r\nContent-Disposition: form-data; name="said"\r\n\r\nx\r\n--b--\r\n'

/** Asks a running desk over a few connections that stay open, one after the other on each. */
export function walker(desk: RunningDesk, named: () => Named) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let serial = 0

  function send({ row, method, caller, which }: Asked) {
    const verb = method === "HEAD" ? "HEAD" : plain(method)
    const address = row.address.replace(/:\w+/, String(row.names && named()[row.names]?.[which]))
    const path = method.includes("_data") ? withData(address, row) : address
    const body = verb === "GET" || verb === "HEAD" ? null : bodyFor(address)
    serial++
    const headers = {
      ...{ Host: `localhost:${desk.port}`, Origin: desk.url },
      // Wrong tokens are counted by address: each of these comes from another.
      "X-Forwarded-For": `10.${serial >> 16}.${(serial >> 8) & 255}.${serial & 255}`,
      ...(body ? { "Content-Type": body.type, "Content-Length": String(body.text.length) } : {}),
      ...caller.headers,
    }
    return new Promise<Answer>((ready, failed) => {
      const asked = ask({ host: "127.0.0.1", port: desk.port, path, method: verb, headers, agent }, (answer) => {
        const { statusCode: status = 0, headers: told } = answer
        const seen = { outcome: outcomeOf(status, told), status, location: locationIn(told) }
        // A stream has no end to wait for.
        if (told["content-type"]?.startsWith("text/event-stream")) {
          answer.destroy()
          return ready({ ...seen, size: 0 })
        }
        let size = 0
        answer.on("data", (chunk: Buffer) => {
          size += chunk.length
        })
        answer.on("end", () => ready({ ...seen, size }))
      })
      asked.on("error", failed).end(body?.text)
    })
  }

  async function walk(list: Asked[], see: (one: Asked, answer: Answer) => void) {
    const queue = list.values()
    const each = async () => {
      for (const one of queue) see(one, await send(one))
    }
    await Promise.all(Array.from({ length: connections }, each))
  }

  return { send, walk, close: () => agent.destroy() }
}

const connections = 6

function bodyFor(address: string) {
  if (address === "/settings/holidays/import") return { type: "multipart/form-data; boundary=b", text: parts }
  if (!address.startsWith("/api/")) return { type: "application/x-www-form-urlencoded", text: form }
  if (address === "/api/v1/mail") return { type: "message/rfc822", text: "{}" }
  return { type: "application/json", text: bodies[address.split("/")[5] ?? ""] ?? "{}" }
}

function withData(address: string, { route }: Row) {
  const [path, query] = address.replace("?index", "").split("?")
  return `${path}?${query ? `${query}&` : ""}_data=${encodeURIComponent(`routes/${route}`)}`
}

const locationIn = (headers: IncomingHttpHeaders) => String(headers.location ?? headers["x-remix-redirect"] ?? "")

function outcomeOf(status: number, headers: IncomingHttpHeaders): Outcome | number {
  const location = locationIn(headers)
  if (/^\/sign-in(\?|$)/.test(location)) return "sign in"
  if (location.startsWith("/me/proof?")) return "prove it"
  return [401, 403, 404, 405].includes(status) || status >= 500 ? status : "in"
}
