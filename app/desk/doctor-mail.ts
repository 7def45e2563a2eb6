import { connect } from "node:net"
import type { Env } from "../env.server.ts"
import { callable } from "../listen-problem.ts"
import { mailServers, type Tried, tryDesks, tryMailServers } from "../models/mail/mail-servers.server.ts"
import { outgoingLine } from "../models/mail/mail-servers.ts"
import type { Finding } from "./finding.ts"

/** Free is fine, the desk may be stopped; open must be a mail door. */
export async function mailDoor({ HOST, MAIL_PORT: port }: Pick<Env, "HOST" | "MAIL_PORT">): Promise<Finding> {
  const part = "mail door"
  const greeting = await greetingAt(callable(HOST), port)
  if (greeting === null) return { part, ok: true, words: `port ${port} is free: no desk takes mail there now` }
  const ok = greeting.startsWith("220")
  return { part, ok, words: ok ? `answers on port ${port}` : `port ${port} is used by something else: set MAIL_PORT` }
}

/** The server of SMTP_URL, signed in to. */
export async function relay(smtpUrl: string | undefined): Promise<Finding> {
  const part = "outgoing mail"
  if (!smtpUrl) return { part, ok: true, words: "SMTP_URL is not set: mail is kept and shown, nothing leaves" }
  const { hostname, port, protocol } = new URL(smtpUrl)
  const where = `${hostname}:${Number(port) || (protocol === "smtps:" ? 465 : 587)}`
  const tried = await tryDesks(smtpUrl)
  return { part, ok: tried.isGood, words: tried.isGood ? `${where} answers` : wrongWords(`${where} (SMTP_URL)`, tried) }
}

function wrongWords(server: string, { isMet, words }: Tried) {
  if (!isMet)
    return `${server} does not answer: check its name, port and firewall${/certificate/i.test(words) ? ` (${words})` : ""}`
  return `${server} refuses us: ${words}. Put its name, password and encryption right`
}

/** Where the mail of each mailbox leaves and comes from, and whether the servers of their own let us in. */
export async function mailboxServers(env: Env, now: () => Date): Promise<Finding[]> {
  const [boxes, tries] = await Promise.all([mailServers(env.SMTP_URL ?? null), tryMailServers(now)])
  const line = outgoingLine(boxes)
  const all: Finding[] = line === null ? [] : [{ part: "mail leaves by", ok: true, words: line }]
  return [...all, ...tries.map(ofOne)]
}

type OfMailbox = Awaited<ReturnType<typeof tryMailServers>>[number]

function ofOne({ address, way, server, ...tried }: OfMailbox): Finding {
  const part = `${address} ${way}`
  if (tried.isGood) return { part, ok: true, words: `${server} lets us in` }
  const told =
    way === "incoming"
      ? `${server}: ${tried.words}`
      : `${server}: ${tried.words}${/[.?]$/.test(tried.words) ? "" : "."}`
  const name = way === "incoming" ? "Incoming mail" : "Outgoing mail"
  return { part, ok: false, words: `${told} See Settings, Mailboxes, ${name}, and try it there` }
}

/** The first words a server says within two seconds, "" when it says nothing, null when it is not there. */
function greetingAt(host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const socket = connect({ host, port })
    const end = (answer: string | null) => {
      socket.destroy()
      done(answer)
    }
    socket.setTimeout(2000, () => end(socket.connecting ? null : ""))
    socket.once("error", () => end(null)).once("data", (bytes) => end(bytes.toString("latin1")))
  })
}
