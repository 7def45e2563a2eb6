import { randomBytes } from "node:crypto"
import type { RequestHandler } from "express"
import { requestSeconds } from "./health.server.ts"
import { log } from "./log.server.ts"
import { remoteOf, type TrustProxy } from "./remote.ts"
import { readTarget, shownPath } from "./request-path.ts"

/** A name for the request, its line in the log, and no word of what a proxy or a stranger claims about it. */
export function beginRequest(trust: TrustProxy): RequestHandler {
  return (asked, answer, next) => {
    const { method } = asked
    const target = readTarget(asked.url)
    // What is no address may be anything, a letter or a token among it.
    const path = target ? shownPath(target.path) : "…"
    const started = performance.now()
    answer.locals.requestId = randomBytes(8).toString("hex")
    answer.locals.target = target
    answer.locals.remote = remoteOf(asked, trust)
    answer.setHeader("X-Request-Id", answer.locals.requestId)
    for (const name of Object.keys(asked.headers))
      if (name.startsWith("x-forwarded") || name === "forwarded") delete asked.headers[name]
    const id: string = answer.locals.requestId
    answer.on("finish", () => {
      const seconds = (performance.now() - started) / 1000
      const status = answer.statusCode
      requestSeconds.observe({ method, status }, seconds)
      const level = path.startsWith("/assets/") ? "debug" : "info"
      log[level]({ id, method, path, status, ms: Math.round(seconds * 1000) }, "request")
    })
    answer.on("close", () => {
      // Whoever asked went away: no failure of ours, and nobody is left to tell.
      if (!answer.writableFinished) log.debug({ id, method, path }, "went away before the answer")
    })
    next()
  }
}
