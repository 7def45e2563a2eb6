import { type Account, serverOf } from "./account.ts"
import { verdictOn } from "./failure.ts"
import { handOver, type Outcome, type Outgoing } from "./hand-over.server.ts"
import { type Line, type Lines, linesTo } from "./lines.server.ts"
import { dial, type Limits } from "./smtp.server.ts"

export type Transport = { send: (account: Account, mail: Outgoing) => Promise<Outcome>; close: () => void }

const linesPerServer = 5

/** Sends by any mail server, over connections kept open from mail to mail. */
export function openTransport(limits: Limits): Transport {
  const servers = new Map<string, Lines>()

  async function send(account: Account, mail: Outgoing): Promise<Outcome> {
    const lines = servers.get(serverOf(account)) ?? linesTo(linesPerServer)
    servers.set(serverOf(account), lines)
    const line = await lines.take(nameOf(account))
    if (!line) return overNewLine(lines, account, mail)
    const { outcome, bodyAsked } = await over(lines, line, mail)
    // A server may end a connection that waited; that says nothing about this mail.
    return isEarlyEnd(outcome) && !bodyAsked ? send(account, mail) : outcome
  }

  async function overNewLine(lines: Lines, account: Account, mail: Outgoing): Promise<Outcome> {
    const connection = await dial(account, limits)
    if ("words" in connection) {
      lines.giveUp()
      const verdict = verdictOn(connection)
      return { verdict: verdict === "again" ? "rest" : verdict, words: connection.words }
    }
    const line = { connection, who: nameOf(account), mails: 0, timer: undefined }
    return (await over(lines, line, mail)).outcome
  }

  async function over(lines: Lines, line: Line, mail: Outgoing) {
    try {
      const handed = await handOver(line.connection, mail, limits)
      if (wasTaken(handed.outcome)) lines.rest(line)
      else lines.end(line)
      return handed
    } catch (error) {
      // Ours, not the server's: the place is given back before it is thrown on.
      lines.end(line)
      throw error
    }
  }

  return {
    send,
    close() {
      for (const lines of servers.values()) lines.close()
    },
  }
}

/** Whoever signs in: a line is only used again by the same, with the same secret. */
function nameOf({ login, security }: Account) {
  return JSON.stringify([security, login?.user, login && "password" in login ? login.password : ""])
}

/** A server that turned everybody away may still be waiting for the rest of that mail. */
function wasTaken(outcome: Outcome) {
  return outcome.verdict === "answered" && outcome.recipients.some(({ state }) => state === "accepted")
}

const isEarlyEnd = ({ verdict }: Outcome) => verdict === "again" || verdict === "rest"
