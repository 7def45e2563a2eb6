import SMTPConnection from "nodemailer/lib/smtp-connection"
import type { Failure } from "./failure.ts"

/** Milliseconds: until signed in, until the envelope is answered, and of waiting in the rest (reliability 5.2 P1, P5). */
export type Limits = { connect: number; answer: number; rest: number }

export const usualLimits: Limits = { connect: 20_000, answer: 20_000, rest: 90_000 }

/** A connection to the desk's mail server, signed in and ready for a mail, or why there is none. */
export function dial(smtpUrl: string, limits: Limits): Promise<SMTPConnection | Failure> {
  const url = new URL(smtpUrl)
  const connection = new SMTPConnection(optionsFrom(url, limits))
  return new Promise((ready) => {
    const fail = (error: unknown) => {
      due.stop()
      connection.close()
      ready(failureOf(error, false))
    }
    const done = () => {
      due.stop()
      ready(connection)
    }
    const due = deadline(() => fail(late(limits.connect)))
    due.within(limits.connect)
    // Stays for the connection's life: an 'error' that nobody listens for would end the process.
    connection.on("error", fail)
    connection.connect((error) => {
      if (error) fail(error)
      else if (url.username) connection.login(credentials(url), (refused) => (refused ? fail(refused) : done()))
      else done()
    })
  })
}

/** A timer that is set anew for each step; stopped, it never fires. */
export function deadline(passed: () => void) {
  let timer: NodeJS.Timeout | undefined
  const stop = () => clearTimeout(timer)
  const within = (milliseconds: number) => {
    stop()
    timer = setTimeout(passed, milliseconds)
  }
  return { within, stop }
}

export function late(milliseconds: number) {
  return Object.assign(new Error(`No answer within ${Math.round(milliseconds / 1000)} s`), { code: "ETIMEDOUT" })
}

/** What the library threw, as facts to decide by. */
export function failureOf(error: unknown, dotWritten: boolean): Failure {
  const { code, responseCode, response, message } = Object(error)
  const reply = typeof responseCode === "number" ? responseCode : null
  const said = typeof response === "string" && response !== "" ? response : null
  // An answer without its three digits refuses nothing, whatever the step it came at.
  const name = said !== null && reply === null ? "EPROTOCOL" : code
  return {
    code: typeof name === "string" ? name : "",
    reply,
    words: oneLine(said ?? String(message ?? error)),
    dotWritten,
  }
}

/** The server's own words, on one line and of a length to show. */
export function oneLine(words: string) {
  return words
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 500)
}

const credentials = (url: URL) => ({ user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) })

/**
 * Encrypted or not at all, and with whom the certificate names. Only on this very machine is clear text fine, and a
 * certificate nobody signed worth as much.
 */
function optionsFrom(url: URL, limits: Limits) {
  const host = url.hostname.replace(/^\[|\]$/g, "")
  const secure = url.protocol === "smtps:"
  const isHere = host === "localhost" || host === "::1" || /^127\./.test(host)
  return {
    host,
    secure,
    ...(url.port ? { port: Number(url.port) } : {}),
    ...(isHere ? { opportunisticTLS: true, allowInternalNetworkInterfaces: true } : { requireTLS: !secure }),
    tls: { minVersion: "TLSv1.2" as const, rejectUnauthorized: !isHere },
    connectionTimeout: limits.connect,
    greetingTimeout: limits.connect,
    socketTimeout: limits.rest,
    maxResponseSize: 64 * 1024,
  }
}
