import SMTPConnection from "nodemailer/lib/smtp-connection"
import { certificateTrouble } from "../certificate.ts"
import { isInside, noMailServer } from "../inside.server.ts"
import { type Account, isThisMachine, type Login } from "./account.ts"
import type { Failure } from "./failure.ts"

/** Milliseconds: until signed in, until the envelope is answered, and of waiting in the rest. */
export type Limits = { connect: number; answer: number; rest: number }

export const usualLimits: Limits = { connect: 20_000, answer: 20_000, rest: 90_000 }

/** A connection to a mail server, signed in and ready for a mail, or why there is none. */
export async function dial(account: Account, limits: Limits): Promise<SMTPConnection | Failure> {
  const connection = await signedIn(account, limits)
  if (!("words" in connection) || !connection.isUnmet) return connection
  const isNoReply = connection.code === "EPROTOCOL" && connection.reply === null
  const mustHide = isNoReply || (account.isTyped && (await isInside(account.host)))
  return mustHide ? { ...connection, words: noMailServer } : connection
}

async function signedIn(account: Account, limits: Limits): Promise<SMTPConnection | Failure> {
  const { login } = account
  if (!login || "password" in login)
    return connected(account, login && { user: login.user, pass: login.password }, limits)
  const first = await login.token(null)
  if ("words" in first) return first
  const tried = await connected(account, { user: login.user, pass: first.token }, limits)
  if (!("words" in tried) || tried.code !== "EAUTH") return tried
  // A token may be withdrawn before its time: a fresh one decides.
  const second = await login.token(first.token)
  return "words" in second ? second : connected(account, { user: login.user, pass: second.token }, limits)
}

type SignIn = { user: string; pass: string } | null

function connected(account: Account, signIn: SignIn, limits: Limits): Promise<SMTPConnection | Failure> {
  const connection = new SMTPConnection(optionsFor(account, limits))
  let isMet = false
  return new Promise((ready) => {
    const fail = (error: unknown) => {
      due.stop()
      connection.close()
      ready({ ...failureOf(error, false), ...(isMet ? {} : { isUnmet: true }) })
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
      if (error) return fail(error)
      isMet = true
      if (signIn)
        connection.login(credentialsOf(signIn, account.login), (refused) => (refused ? fail(refused) : done()))
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
    words: oneLine(said ?? certificateTrouble(error) ?? String(message ?? error)),
    dotWritten,
  }
}

/** The server's own words, on one line and of a length to show. */
export function oneLine(words: string) {
  return words
    .slice(0, 5000)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 500)
}

/** A token is sent by the handler below, which the library finds under the name of its method. */
const credentialsOf = ({ user, pass }: { user: string; pass: string }, login: Login | null) =>
  login && "token" in login ? { method: "XOAUTH2", user, pass, credentials: { user, pass } } : { user, pass }

type Asked = Parameters<SMTPConnection.CustomAuthenticationHandlers[string]>[0]

/** Google's and Microsoft's way of signing in with a token. On a refusal the reason comes only after an empty line. */
async function withToken({ auth, sendCommand }: Asked) {
  const { user, pass } = auth.credentials
  const said = Buffer.from(`user=${user}\u0001auth=Bearer ${pass}\u0001\u0001`).toString("base64")
  const answer = await sendCommand(`AUTH XOAUTH2 ${said}`)
  const last = answer.status === 334 ? await sendCommand("") : answer
  if (last.status !== 235) throw new Error(last.text)
  return true
}

/**
 * Encrypted or not at all, and with whom the certificate names. Only on this very machine is clear text fine, and a
 * certificate nobody signed worth as much.
 */
function optionsFor({ host, port, security }: Account, limits: Limits) {
  const isHere = isThisMachine(host)
  const isClear = isHere && security === "none"
  return {
    host,
    secure: security === "tls",
    ...(port === null ? {} : { port }),
    ...(isHere ? { allowInternalNetworkInterfaces: true } : {}),
    ...(isClear ? { opportunisticTLS: true } : { requireTLS: security !== "tls" }),
    tls: { minVersion: "TLSv1.2" as const, rejectUnauthorized: !isHere },
    connectionTimeout: limits.connect,
    greetingTimeout: limits.connect,
    socketTimeout: limits.rest,
    maxResponseSize: 64 * 1024,
    customAuth: { XOAUTH2: withToken },
  }
}
