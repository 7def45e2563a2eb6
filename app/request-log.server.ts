import { randomBytes } from "node:crypto"
import type { Request, RequestHandler } from "express"
import { requestSeconds } from "./health.server.ts"
import { log } from "./log.server.ts"

/** A name for the request, its line in the log, and no word of what a proxy or a stranger claims about it. */
export function beginRequest(baseUrl: string | undefined): RequestHandler {
  return (asked, answer, next) => {
    // The path is kept as asked: by the end a mounted part of the app has cut its own prefix off.
    const { method, path } = asked
    const started = performance.now()
    answer.locals.requestId = randomBytes(8).toString("hex")
    answer.locals.remote = remoteOf(asked, baseUrl)
    answer.setHeader("X-Request-Id", answer.locals.requestId)
    for (const name of Object.keys(asked.headers))
      if (name.startsWith("x-forwarded") || name === "forwarded") delete asked.headers[name]
    answer.on("finish", () => {
      const seconds = (performance.now() - started) / 1000
      const [status, id] = [answer.statusCode, answer.locals.requestId]
      requestSeconds.observe({ method, status }, seconds)
      const level = path.startsWith("/assets/") ? "debug" : "info"
      log[level]({ id, method, path: shown(path), status, ms: Math.round(seconds * 1000) }, "request")
    })
    next()
  }
}

/** This server speaks no TLS, so an https address has a proxy in front, and the last address it wrote is who asked. */
function remoteOf(asked: Request, baseUrl: string | undefined): string {
  const forwarded = String(asked.headers["x-forwarded-for"] ?? "")
    .split(",")
    .at(-1)
    ?.trim()
  return (baseUrl?.startsWith("https:") && forwarded) || (asked.socket.remoteAddress ?? "")
}

/** Tokens stand in some paths, and what people searched for in queries: neither is written down. */
const shown = (path: string) => path.replace(/^\/(r|invitation)\/[^/]+/, "/$1/…").slice(0, 300)
