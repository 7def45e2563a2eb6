import { Readable } from "node:stream"
import type SMTPConnection from "nodemailer/lib/smtp-connection"
import type { SentMessageInfo } from "nodemailer/lib/smtp-connection"
import { type Failure, isPermanent, type Verdict, verdictOn } from "./failure.ts"
import { deadline, failureOf, type Limits, late, oneLine } from "./smtp.server.ts"

export type Outgoing = {
  /** The envelope; what the mail's own header lines say is not asked. */
  from: string
  to: string[]
  /** What a server that reports on deliveries calls this one (ENVID, RFC 3461). */
  envelopeId: string
  raw: Buffer
  /** Awaited when all but the final dot is on its way. If it rejects, the dot is never written. */
  beforeDot: () => Promise<void>
}

export type RecipientAnswer = { address: string; state: "accepted" | "refused" | "again"; answer: string }

/** `answered`: the server spoke about each recipient. Else one verdict for the whole mail, and the words for it. */
export type Outcome = { verdict: "answered"; recipients: RecipientAnswer[] } | { verdict: Verdict; words: string }

/** How far a mail came. `fault`: not the server's doing but ours, to be thrown. */
type Course = { bodyAsked: boolean; dotWritten: boolean; marked: Promise<void>; fault: unknown }

const sliceSize = 64 * 1024

/** One mail over an open connection. `bodyAsked`: the server said it would take it. */
export async function handOver(connection: SMTPConnection, mail: Outgoing, limits: Limits) {
  const [plain, foreign] = sendable(connection, mail.to)
  if (plain.length === 0) return { outcome: { verdict: "answered", recipients: foreign } as const, bodyAsked: false }
  const course: Course = { bodyAsked: false, dotWritten: false, marked: Promise.resolve(), fault: null }
  const outcome = await new Promise<Outcome>((known) => {
    const fail = (error: unknown) => {
      due.stop()
      known(refusalsIn(error) ?? judged(failureOf(error, course.dotWritten)))
    }
    const due = deadline(() => fail(late(limits.rest)))
    due.within(limits.answer)
    const body = Readable.from(bytesOf(mail, course, due, limits), { objectMode: false })
    connection.send(envelopeOf(mail, plain), body, (error, info) => {
      if (error) return fail(error)
      due.stop()
      known(answersIn(info))
    })
  })
  if (outcome.verdict !== "answered") connection.close()
  // The mark may still be on its way to the database: whoever acts on the outcome must come after it.
  await course.marked.catch(() => {})
  if (course.fault) throw course.fault
  return { outcome: withForeign(outcome, foreign), bodyAsked: course.bodyAsked }
}

/**
 * The recipients this server can be given, and an answer for those it cannot: an address in letters beyond ASCII needs
 * SMTPUTF8 on the next hop, and without it would go to nobody or to somebody else.
 */
function sendable(connection: SMTPConnection, to: string[]): [string[], RecipientAnswer[]] {
  const offered: unknown = Reflect.get(connection, "_supportedExtensions")
  if (Array.isArray(offered) && offered.includes("SMTPUTF8")) return [to, []]
  const foreign = to.filter((address) => !isAscii(address))
  const answer = "Not sent: the mail server does not take addresses with letters beyond ASCII (it offers no SMTPUTF8)"
  return [to.filter(isAscii), foreign.map((address) => ({ address, state: "refused", answer }))]
}

const isAscii = (address: string) => Buffer.byteLength(address) === address.length

function withForeign(outcome: Outcome, foreign: RecipientAnswer[]): Outcome {
  if (outcome.verdict !== "answered") return outcome
  return { ...outcome, recipients: [...outcome.recipients, ...foreign] }
}

/** Asks servers that can to report failures and delays, and to repeat which mail and whom they speak of (RFC 3461). */
function envelopeOf({ from, envelopeId, raw }: Outgoing, to: string[]): SMTPConnection.Envelope {
  const [only] = to
  const orcpt = to.length === 1 && only && isAscii(only) ? { orcpt: only } : {}
  const dsn = { ret: "HDRS" as const, envid: envelopeId, notify: ["FAILURE" as const, "DELAY" as const], ...orcpt }
  return { from, to, size: raw.length, dsn }
}

/** Ends, and so lets the dot be written, only when the mark is known to be kept. */
async function* bytesOf(mail: Outgoing, course: Course, due: ReturnType<typeof deadline>, limits: Limits) {
  course.bodyAsked = true
  // A slow line is given 20 bytes per millisecond.
  due.within(limits.rest + mail.raw.length / 20)
  for (let at = 0; at < mail.raw.length; at += sliceSize) yield mail.raw.subarray(at, at + sliceSize)
  course.marked = mail.beforeDot()
  try {
    await course.marked
  } catch (error) {
    // Thrown again outside the library, which would make an answer of the server out of it.
    course.fault = error
    throw error
  }
  course.dotWritten = true
  due.within(limits.rest)
}

const judged = (failure: Failure): Outcome => ({ verdict: verdictOn(failure), words: failure.words })

function answersIn({ accepted, response, rejectedErrors }: SentMessageInfo): Outcome {
  const taken = accepted.map((address) => ({ address, state: "accepted" as const, answer: oneLine(response) }))
  return { verdict: "answered", recipients: [...taken, ...(rejectedErrors ?? []).map(refusal)] }
}

/** Every recipient was turned away, each for a reason of its own. */
function refusalsIn(error: unknown): Outcome | null {
  const { rejectedErrors } = Object(error)
  if (!Array.isArray(rejectedErrors) || rejectedErrors.length === 0) return null
  if (verdictOn(failureOf(error, false)) === "pause") return null
  return { verdict: "answered", recipients: rejectedErrors.map(refusal) }
}

function refusal(error: unknown): RecipientAnswer {
  const { reply, words } = failureOf(error, false)
  const isFinal = reply !== null && isPermanent(reply, words)
  return { address: String(Object(error).recipient), state: isFinal ? "refused" : "again", answer: words }
}
