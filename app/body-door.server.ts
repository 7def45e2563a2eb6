import type { Response as Answer, Request as Asked, RequestHandler } from "express"
import { type Read, readFields, readJson, readParts } from "./body.server.ts"
import { answerEarly } from "./early-answer.ts"
import { isApi, isSafe, lengthOf, type Refusal, typeOf } from "./gate.ts"
import { form, formWithFiles, json, kilobyte, type Limits, limitsOf, patienceFor } from "./limits.ts"
import { requireToken } from "./models/people/api-token.server.ts"
import { problem } from "./models/people/problem.ts"
import { requireViewer } from "./models/people/session.server.ts"

export type Body = Buffer | FormData

/** More than this is read only once it is known who sends it. */
const mostOfAnyone = 16 * kilobyte

const readers = { [form]: readFields, [formWithFiles]: readParts, [json]: readJson }

/**
 * Reads a body within the limits of its route, before any page sees it. Who is not signed in sends no files and nothing
 * long: their answer comes before their body is read. Mail is left to its own route, which reads it as a stream.
 */
export function readBodies(originOf: (asked: Asked) => string): RequestHandler {
  return (asked, answer, next) => {
    const read = isSafe(asked.method)
      ? undefined
      : Object.entries(readers).find(([type]) => type === typeOf(asked.headers))
    if (!read) return next()
    const limits = limitsOf(asked.path)
    strangerAnswer(asked, limits, originOf(asked))
      .then((stranger) =>
        stranger ? answerWith(asked, answer, stranger) : readWith(read[1], asked, answer, limits, next),
      )
      .catch(next)
  }
}

type Reader = (asked: Asked, limits: Limits, patience: number) => Promise<Read<Body>>

async function readWith(read: Reader, asked: Asked, answer: Answer, limits: Limits, next: () => void) {
  const body = await read(asked, limits, patienceFor(lengthOf(asked.headers)))
  if (body === "gone") return
  if ("status" in body) return refuse(asked, answer, body)
  answer.locals.body = body
  next()
}

/** What the route itself would answer to whoever may not send this; null for those who may. */
async function strangerAnswer(asked: Asked, { from }: Limits, origin: string): Promise<Response | null> {
  const isLong = lengthOf(asked.headers) > mostOfAnyone || typeOf(asked.headers) === formWithFiles
  if (from === "anyone" || !isLong) return null
  const headers = new Headers()
  for (const name of ["cookie", "referer", "authorization"] as const) headers.set(name, asked.headers[name] ?? "")
  const request = new Request(origin + asked.originalUrl, { method: asked.method, headers })
  try {
    await (from === "token" ? requireToken(request, "write") : requireViewer(request))
    return null
  } catch (refused) {
    // What is thrown is the route's own answer; everything else is a failure like any other.
    if (refused instanceof Response) return refused
    throw refused
  }
}

/** Says no, and reads no more of the body. */
export async function refuse(
  asked: Asked,
  answer: Answer,
  { status, words }: Pick<Refusal, "words"> & { status: number },
) {
  if (isApi(asked.path)) {
    const response = problem(status, "Refused", words)
    response.headers.set("Content-Type", "application/problem+json; charset=utf-8")
    return answerWith(asked, answer, response)
  }
  const early = { status, text: `${words}\n`, headers: plain }
  if (hasBody(asked)) return answerEarly(asked, answer, early)
  answer.status(status).set(plain).send(early.text)
}

export async function answerWith(asked: Asked, answer: Answer, response: Response) {
  const text = await response.text()
  copyHead(response, answer)
  if (hasBody(asked)) answerEarly(asked, answer, { status: response.status, text })
  else answer.send(text)
}

export function copyHead(response: Response, answer: Answer) {
  answer.status(response.status)
  for (const [name, value] of response.headers) {
    if (name === "set-cookie") answer.append(name, value)
    else answer.setHeader(name, value)
  }
}

/** A body that has not been read to its end. */
export const hasBody = (asked: Asked) =>
  !asked.complete && (lengthOf(asked.headers) > 0 || asked.headers["transfer-encoding"] !== undefined)

/** Whoever asked is not there any more. */
export const isGone = (answer: Answer) => (answer.closed || answer.destroyed) && !answer.writableFinished

export const plain = { "Content-Type": "text/plain; charset=utf-8" }
