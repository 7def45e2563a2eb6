import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  createRequestHandler,
  type ServerBuild,
  writeReadableStreamToWritable,
} from "@remix-run/node"
import type { Response as Answer, Request as Asked } from "express"
import { answerWith, type Body, copyHead, hasBody } from "./body-door.server.ts"
import { isDatabaseDown } from "./database-down.ts"
import { isApi } from "./gate.ts"
import { problem } from "./models/people/problem.ts"
import { answering } from "./press-only.ts"
import { databaseDownPage, type Field } from "./trouble-page.ts"
import { afterWrongTokens } from "./wrong-tokens.server.ts"

export type Build = ServerBuild | (() => Promise<ServerBuild>)

/** What loaders and actions get beside the request. `remote` is the address a try to sign in is counted under. */
export type DeskContext = AppLoadContext & {
  nonce: string
  requestId: string
  remote: string
  isDatabaseDown: boolean
  /** Whether whoever asked has left meanwhile. */
  isGone(): boolean
}

const noBody = new Set(["GET", "HEAD"])

/**
 * Remix behind Express. Unlike the stock adapter it trusts no header for the address asked for, knows when the database
 * is away, and then gives the person back what they typed.
 */
export function remixDoor(build: Build, mode: string) {
  const handle = createRequestHandler(watched(build), mode)
  return async (asked: Asked, answer: Answer, origin: string, context: DeskContext) => {
    const typed: Body | null = answer.locals.body ?? null
    const request = webRequest(asked, answer, origin, typed)
    const response = finished(asked, await handle(request, context), context, typed)
    const told = isApi(asked.path) ? await afterWrongTokens(response, context.remote) : response
    if (hasBody(asked)) await answerWith(asked, answer, told)
    else await send(answer, told)
  }
}

/** The same build, noting on the context when a loader or action failed because the database is away; its paths exact. */
function watched(build: Build): Build {
  if (typeof build === "function") return async () => watchedBuild(await build())
  return watchedBuild(build)
}

function watchedBuild(build: ServerBuild): ServerBuild {
  const handleError: ServerBuild["entry"]["module"]["handleError"] = (error, args) => {
    if (isDatabaseDown(error)) args.context.isDatabaseDown = true
    // A page that is not there is no failure, nor is a body that broke off with its sender.
    else if (!isRefusal(error) && !hasLeft(args.context)) build.entry.module.handleError?.(error, args)
  }
  return {
    ...build,
    routes: Object.fromEntries(
      Object.entries(build.routes).map(([id, route]) => [id, route && { ...answering(route), caseSensitive: true }]),
    ),
    entry: { ...build.entry, module: { ...build.entry.module, handleError } },
  }
}

const hasLeft = ({ isGone }: AppLoadContext) => typeof isGone === "function" && isGone() === true

const isRefusal = (error: unknown) =>
  typeof error === "object" && error !== null && "status" in error && Number(error.status) < 500

function webRequest(asked: Asked, answer: Answer, origin: string, typed: Body | null): Request {
  const gone = new AbortController()
  answer.on("close", () => answer.writableFinished || gone.abort())
  const headers = new Headers()
  for (const [name, value] of Object.entries(asked.headers))
    for (const one of [value ?? []].flat()) headers.append(name, one)
  const init = { method: asked.method, headers, signal: gone.signal }
  if (noBody.has(asked.method)) return new Request(origin + asked.originalUrl, init)
  if (!typed)
    return new Request(origin + asked.originalUrl, {
      ...init,
      body: createReadableStreamFromReadable(asked),
      duplex: "half",
    })
  if (typed instanceof FormData) headers.delete("content-type")
  headers.delete("content-length")
  return new Request(origin + asked.originalUrl, {
    ...init,
    body: typed instanceof FormData ? typed : new Uint8Array(typed),
  })
}

function finished(asked: Asked, response: Response, context: DeskContext, typed: Body | null): Response {
  if (isApi(asked.path)) return context.isDatabaseDown ? apiDown() : asProblem(response)
  if (!context.isDatabaseDown) return response
  if ("_data" in asked.query)
    return new Response("The desk cannot reach its database", { status: 503, headers: { "X-Remix-Catch": "yes" } })
  const fields = typed ? fieldsOf(typed) : []
  return new Response(databaseDownPage(asked.originalUrl, fields), {
    status: 503,
    headers: { "Content-Type": "text/html; charset=utf-8", "Retry-After": "5" },
  })
}

/** The API answers every refusal alike, those included that Remix itself gives (RFC 9457). */
function asProblem(response: Response): Response {
  if (response.status < 400 || response.headers.get("content-type")?.includes("problem+json")) return response
  if (response.status === 404) return problem(404, "Not found", "There is nothing at this address")
  if (response.status === 405) return problem(405, "Method not allowed", "This address does not take that method")
  if (response.status < 500) return problem(response.status, "Refused", "This request cannot be answered as it is")
  return problem(500, "Something went wrong", "Something went wrong. The details are in the server log")
}

function apiDown() {
  const answer = problem(503, "Database not reachable", "Nothing was stored. Try again in a moment")
  answer.headers.set("Retry-After", "5")
  return answer
}

async function send(answer: Answer, response: Response) {
  copyHead(response, answer)
  // A page with its own policy says itself who may frame it.
  if (response.headers.has("content-security-policy")) answer.removeHeader("X-Frame-Options")
  if (response.headers.get("content-type")?.includes("event-stream")) answer.flushHeaders()
  if (response.body) await writeReadableStreamToWritable(response.body, answer)
  else answer.end()
}

const fieldsOf = (typed: Body): Field[] =>
  typed instanceof FormData
    ? [...typed]
        .flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []))
        .map(([name, value]) => [name, value])
    : [...new URLSearchParams(typed.toString())]
