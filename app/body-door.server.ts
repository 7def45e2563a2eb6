import type { Response as Answer, Request as Asked, RequestHandler } from "express"
import { type Read, readFields, readJson, readParts } from "./body.server.ts"
import { isDatabaseDown } from "./database-down.ts"
import { answerEarly } from "./early-answer.ts"
import { isApi, isSafe, lengthOf, type Refusal, typeOf } from "./gate.ts"
import { form, formWithFiles, json, kilobyte, type Limits, limitsOf, patienceFor } from "./limits.ts"
import { requireToken } from "./models/people/api-token.server.ts"
import { problem } from "./models/people/problem.ts"
import { seenSession } from "./models/people/session.server.ts"

export type Body = Buffer | FormData

/** More than this is read only once it is known who sends it. */
const mostOfAnyone = 16 * kilobyte

const readers = { [form]: readFields, [formWithFiles]: readParts, [json]: readJson }

/**
 * Reads a body within the limits of its route, before any page sees it. Who is not signed in sends no files and nothing
 * long: their page gets an empty form and answers as it does to strangers, and their body is not read. Mail is left to
 * its own route, which reads it as a stream.
 */
export function readBodies(originOf: (asked: Asked) => string): RequestHandler {
  return (asked, answer, next) => {
    const type = typeOf(asked.headers)
    const read = Object.entries(readers).find(([name]) => name === type)?.[1]
    if (!read || isSafe(asked.method)) return next()
    const limits = limitsOf(asked.path)
    const go = async () => {
      if (!(await isStranger(asked, limits, originOf(asked)))) return readWith(read, asked, answer, limits, next)
      answer.locals.body = type === formWithFiles ? new FormData() : Buffer.alloc(0)
      next()
    }
    go().catch(next)
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

/** Whether a body that only somebody known may send comes from nobody known. */
async function isStranger(asked: Asked, { from, longest }: Limits, origin: string): Promise<boolean> {
  const length = lengthOf(asked.headers)
  const isLong = length > mostOfAnyone || typeOf(asked.headers) === formWithFiles
  if (from === "anyone" || !isLong) return false
  const headers = new Headers()
  for (const name of ["cookie", "authorization"] as const) headers.set(name, asked.headers[name] ?? "")
  const request = new Request(origin, { headers })
  try {
    if (from === "signed in") return (await seenSession(request)) === null
    await requireToken(request, "write")
    return false
  } catch (failure) {
    // The API's own refusal is thrown. While the database is away what somebody wrote is read, to be given back to them.
    if (failure instanceof Response) return true
    if (isDatabaseDown(failure) && from === "signed in" && length <= longest) return false
    throw failure
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
