import { randomBytes } from "node:crypto"
import { join } from "node:path"
import compression from "compression"
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from "express"
import { isGone, plain, readBodies, refuse } from "./body-door.server.ts"
import { isDatabaseDown } from "./database-down.ts"
import { type DeskAddress, deskAddress } from "./desk-address.server.ts"
import { answerEarly } from "./early-answer.ts"
import type { Env } from "./env.server.ts"
import { bodyRefusal, crossSiteRefusal, hostRefusal, isApi } from "./gate.ts"
import { pageHeaders } from "./headers.ts"
import type { Alive } from "./health.server.ts"
import { metrics, ready } from "./health-door.server.ts"
import { log } from "./log.server.ts"
import { methodRefusal, methodsFor } from "./method.ts"
import { type Build, type DeskContext, remixDoor } from "./remix.server.ts"
import { trustNobody } from "./remote.ts"
import { beginRequest } from "./request-log.server.ts"
import { type AskedPath, isSameButSlash, statusOfUnread } from "./request-path.ts"
import { brokenPage, databaseDownPage } from "./trouble-page.ts"

export type DeskApp = {
  build: Build
  env: Pick<Env, "BASE_URL" | "NODE_ENV"> & Partial<Pick<Env, "trustProxy">>
  clientFolder: string
  /** Vite's own, while developing. */
  dev?: RequestHandler
  /** Answers GET /events with the stream of what changed. */
  onEvents?: RequestHandler
  alive?: Partial<Alive>
  address?: DeskAddress
}

/** The HTTP door: who may ask, under which headers, then files, then the pages. */
export function createDeskApp(desk: DeskApp): Express {
  const address = desk.address ?? deskAddress(desk.env.BASE_URL)
  const app = express()
  app.disable("x-powered-by").disable("etag").enable("case sensitive routing")
  app.use(beginRequest(desk.env.trustProxy ?? trustNobody))
  app.use(onePath)
  app.get("/healthz", (_asked, answer) => void answer.json({ status: "alive" }))
  app.get("/readyz", ready(desk.alive ?? {}))
  app.get("/metrics", metrics)
  app.use(guard(desk, address))
  // HEAD would wait for the end of the stream, which has none.
  app.head("/events", (_asked, answer) => void answer.status(405).set("Allow", "GET").end())
  const { onEvents } = desk
  if (onEvents) app.get("/events", (asked, answer, next) => void streamed(onEvents, asked, answer, next))
  app.use(compression({ filter: (asked, answer) => !isStream(answer) && compression.filter(asked, answer) }))
  if (desk.dev) app.use(desk.dev)
  app.use("/assets", keepable, express.static(join(desk.clientFolder, "assets"), forEver))
  app.use(readBodies(address.originOf))
  app.use(pages(desk, address))
  app.use(broken)
  return app
}

/** From here on there is one spelling of a path: guard, router and log read the same. */
const onePath: RequestHandler = (asked, answer, next) => {
  const target: AskedPath | null = answer.locals.target
  if (!target) {
    const status = statusOfUnread(asked.url)
    const words = status === 422 ? "That query cannot be understood." : "There is no page at this address."
    if (status !== 400) return void refuse(asked, answer, { status, words }).catch(next)
    return answerEarly(asked, answer, { status, text: `${words}\n`, headers: plain })
  }
  const address = target.path + target.search
  if (!target.isNormal && (asked.method === "GET" || asked.method === "HEAD"))
    return void answer.status(308).set({ Location: address, "Cache-Control": "no-store" }).end()
  if (!target.isNormal && !isSameButSlash(asked.url, target))
    return answerEarly(asked, answer, {
      status: 400,
      text: `Send the form to exactly this address: ${address}\n`,
      headers: plain,
    })
  asked.url = asked.originalUrl = address
  next()
}

function guard({ env }: DeskApp, address: DeskAddress): RequestHandler {
  const guarding: RequestHandler = (asked, answer, next) => {
    const nonce = randomBytes(16).toString("base64")
    answer.locals.nonce = nonce
    const { path, method, headers } = asked
    const origin = address.originOf(asked)
    answer.set(
      pageHeaders({
        nonce,
        isHttps: origin.startsWith("https:"),
        isDev: env.NODE_ENV === "development",
      }),
    )
    const refusal =
      (isAsset(path) ? null : hostRefusal(headers.host, address.urlsFor(headers.host, path))) ??
      crossSiteRefusal({ path, method, headers }, origin) ??
      bodyRefusal({ path, method, headers }) ??
      methodRefusal(method, path)
    // The address may have been confirmed a moment ago, in another process.
    if (refusal?.status === 421 && !answer.locals.isReadAgain) {
      answer.locals.isReadAgain = true
      return void address
        .read()
        .then(() => guarding(asked, answer, next))
        .catch(next)
    }
    if (refusal?.status === 405) answer.set("Allow", methodsFor(path).join(", "))
    if (refusal) refuse(asked, answer, refusal).catch(next)
    else next()
  }
  return guarding
}

/** The same under every name, and needed by the page that confirms a new one. */
const isAsset = (path: string) => path.startsWith("/assets/")

/** Names of assets carry a hash of what is in them. */
const forEver = { immutable: true, maxAge: "1y", fallthrough: false }

/** The file server leaves a Cache-Control that is there as it is. */
const keepable: RequestHandler = (_asked, answer, next) => {
  answer.removeHeader("Cache-Control")
  next()
}

/** Express waits for no promise: without this a database that is away would end the process here. */
const streamed = async (onEvents: RequestHandler, asked: Request, answer: Response, next: NextFunction) =>
  Promise.resolve(onEvents(asked, answer, next)).catch(next)

function pages({ build, env }: DeskApp, address: DeskAddress): RequestHandler {
  const door = remixDoor(build, env.NODE_ENV)
  return (asked, answer, next) => {
    const { nonce, requestId, remote } = answer.locals
    const context: DeskContext = { nonce, requestId, remote, isDatabaseDown: false, isGone: () => isGone(answer) }
    door(asked, answer, address.originOf(asked), context).catch(next)
  }
}

/** The outermost catch: what no page answered for. */
function broken(error: unknown, asked: Request, answer: Response, next: NextFunction) {
  if (isGone(answer)) return
  const status = typeof error === "object" && error !== null && "status" in error ? Number(error.status) : 500
  // Whoever asked is told, with the number of this line.
  if (status >= 500) log.error({ err: error, id: answer.locals.requestId }, "a request failed")
  // Half an answer cannot be taken back: the connection says that it ended early.
  if (answer.headersSent) return void answer.destroy()
  if (status < 500) return void answer.status(status).type("text/plain").send("There is nothing at this address.\n")
  if (isApi(asked.path)) return void refuse(asked, answer, isDatabaseDown(error) ? away : failed).catch(next)
  if (isDatabaseDown(error)) return void answer.status(503).type("html").send(databaseDownPage(asked.originalUrl, []))
  answer
    .status(500)
    .type("html")
    .send(brokenPage(String(answer.locals.requestId)))
}

const away = { status: 503, words: "The database cannot be reached, and nothing was stored. Try again in a moment" }
const failed = { status: 500, words: "Something went wrong. The details are in the server log" }

const isStream = (answer: Response) => String(answer.getHeader("content-type") ?? "").includes("event-stream")
