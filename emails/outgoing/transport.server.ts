import type SMTPConnection from "nodemailer/lib/smtp-connection"
import { verdictOn } from "./failure.ts"
import { handOver, type Outcome, type Outgoing } from "./hand-over.server.ts"
import { dial, type Limits } from "./smtp.server.ts"

export type Transport = { send: (mail: Outgoing) => Promise<Outcome>; close: () => void }

/** A connection between two mails. */
type Line = { connection: SMTPConnection; mails: number; timer: NodeJS.Timeout | undefined }

const mailsPerLine = 100
const idleLimit = 5_000

/** Sends by one mail server, over connections kept open from mail to mail. How many at once is the callers' business. */
export function openTransport(smtpUrl: string, limits: Limits): Transport {
  const idle = new Set<Line>()

  async function send(mail: Outgoing): Promise<Outcome> {
    const line = takeFrom(idle)
    if (!line) return overNewLine(mail)
    const { outcome, bodyAsked } = await handOver(line.connection, mail, limits)
    rest(line, outcome)
    // A server may end a connection that waited; that says nothing about this mail.
    return outcome.verdict === "again" && !bodyAsked ? overNewLine(mail) : outcome
  }

  async function overNewLine(mail: Outgoing): Promise<Outcome> {
    const connection = await dial(smtpUrl, limits)
    if ("words" in connection) return { verdict: verdictOn(connection), words: connection.words }
    const { outcome } = await handOver(connection, mail, limits)
    rest({ connection, mails: 0, timer: undefined }, outcome)
    return outcome
  }

  function rest(line: Line, outcome: Outcome) {
    line.mails += 1
    if (!wasTaken(outcome) || line.mails >= mailsPerLine) return hangUp(idle, line)
    line.timer = setTimeout(() => hangUp(idle, line), idleLimit).unref()
    idle.add(line)
  }

  return {
    send,
    close() {
      for (const line of idle) hangUp(idle, line)
    },
  }
}

/** A server that turned everybody away may still be waiting for the rest of that mail. */
function wasTaken(outcome: Outcome) {
  return outcome.verdict === "answered" && outcome.recipients.some(({ state }) => state === "accepted")
}

function takeFrom(idle: Set<Line>): Line | null {
  for (const line of idle) {
    idle.delete(line)
    clearTimeout(line.timer)
    if (!line.connection.destroyed) return line
  }
  return null
}

function hangUp(idle: Set<Line>, line: Line) {
  idle.delete(line)
  clearTimeout(line.timer)
  if (!line.connection.destroyed) line.connection.quit()
}
