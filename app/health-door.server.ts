import type { Request, RequestHandler } from "express"
import { deskNow } from "./clock.server.ts"
import { type Alive, health, metricsText } from "./health.server.ts"
import { requireToken } from "./models/people/api-token.server.ts"
import { plainWords, wordsOf } from "./warnings/warning.ts"
import { warningsNow } from "./warnings/warnings.server.ts"
import { afterWrongTokens } from "./wrong-tokens.server.ts"

/** Anybody may ask whether the desk is ready; names, addresses and what servers said are for who holds a token. */
export function ready(alive: Partial<Alive>): RequestHandler {
  return (asked, answer, next) => {
    const { mailPort = null, mailHost = "127.0.0.1", beat = null } = alive
    health({ mailPort, mailHost, beat })
      .then(async ({ ready, parts, queues }) => {
        const found = queues === null ? [] : await warningsNow(deskNow(), queues)
        const isKnown = found.length > 0 && (await hasToken(asked))
        const words = isKnown ? wordsOf : plainWords
        const warnings = found.map((one) => ({ kind: one.kind, since: one.since, words: words(one) }))
        answer.status(ready ? 200 : 503).json({ status: ready ? "ready" : "not ready", ...parts, warnings })
      })
      .catch(next)
  }
}

/** A token made for what is measured, or a refusal as the API gives it. */
const mayMeasure = (asked: Request) =>
  requireToken(
    new globalThis.Request("http://desk/metrics", { headers: { authorization: asked.headers.authorization ?? "" } }),
    "metrics",
  )

async function hasToken(asked: Request): Promise<boolean> {
  if (asked.headers.authorization === undefined) return false
  return mayMeasure(asked).then(
    () => true,
    (refused) => {
      // What is thrown is the refusal; everything else is a failure like any other.
      if (refused instanceof globalThis.Response) return false
      throw refused
    },
  )
}

export const metrics: RequestHandler = (asked, answer, next) => {
  mayMeasure(asked)
    .then(async () => {
      const now = deskNow()
      answer.type("text/plain; version=0.0.4").send(await metricsText(await warningsNow(now), now))
    })
    .catch(async (refused) => {
      // What is thrown is the API's own refusal; everything else is a failure like any other.
      if (!(refused instanceof globalThis.Response)) return next(refused)
      const told = await afterWrongTokens(refused, String(answer.locals.remote ?? ""))
      answer
        .status(told.status)
        .set(Object.fromEntries(told.headers))
        .send(await told.text())
    })
}
