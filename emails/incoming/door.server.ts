import type { AddressInfo } from "node:net"
import { type DataStream, openSmtp, type Session } from "./smtp.server.ts"

export type Envelope = { from: string; to: string[]; remote: string; helo: string }

export type MailDoor = {
  host: string
  port: number
  /** Of one mail, as SIZE announces it. */
  maxBytes: number
  /** TLS for STARTTLS; null: it is not offered. */
  certificate?: { key: string; cert: string } | null
  /** Milliseconds a session may be silent, and last. */
  limits?: { idle: number; session: number }
  mayReceive(recipient: string): Promise<boolean>
  /** Resolves once the bytes are committed; then and not before the sender hears 250. */
  onMail(envelope: Envelope, raw: Buffer): Promise<void>
}

const mostRecipients = 100
const mostClients = 200
const mostFromOne = 20
/** A trial sends from the machine the desk runs on. */
const mostFromHere = 50
const usualLimits = { idle: 60_000, session: 600_000 }
/** Less than the ten seconds a stopping desk has. */
const graceForData = 8000

/**
 * Where mail comes in by SMTP (RFC 5321). Accepting means responsibility: a mail is answered 250 only after `onMail`
 * has resolved, a database that is away is 451, and a connection cut in the middle stores nothing.
 */
export async function openMailDoor(door: MailDoor): Promise<{ port: number; close(): Promise<void> }> {
  const receiving = new Set<string>()
  const guests = countGuests()
  const server = openSmtp(door, {
    size: door.maxBytes,
    maxClients: mostClients,
    maxRecipients: mostRecipients,
    socketTimeout: (door.limits ?? usualLimits).idle,
    closeTimeout: graceForData,
    onConnect: (session) => guests.enter(session),
    onClose: (session) => guests.leave(session),
    onRecipient: async (address) => {
      if (!(await door.mayReceive(address))) throw refusal(550, "No such mailbox here")
    },
    onData: async (stream, session) => {
      receiving.add(session.id)
      try {
        const raw = await readAll(stream, door.maxBytes)
        if (raw) await door.onMail(envelopeOf(session), raw)
      } finally {
        receiving.delete(session.id)
      }
    },
  })
  endLongSessions(server, (door.limits ?? usualLimits).session)
  await new Promise<void>((ready, fail) => {
    server.server.once("error", fail)
    server.listen(door.port, door.host, () => ready())
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => closeDoor(server, receiving),
  }
}

type Smtp = ReturnType<typeof openSmtp>

/** Stops listening, says goodbye to whoever is not in the middle of a mail, and waits for those who are. */
function closeDoor(server: Smtp, receiving: ReadonlySet<string>) {
  return new Promise<void>((closed) => {
    server.close(() => closed())
    for (const connection of server.connections)
      if (!receiving.has(connection.session.id)) {
        connection.send(421, "The desk is stopping, try again in a moment")
        connection.close()
      }
  })
}

/** A client that sends a letter a minute is never idle, so a session also ends by the clock. */
function endLongSessions(server: Smtp, longest: number) {
  const begun = new WeakMap<object, number>()
  const timer = setInterval(
    () => {
      const now = performance.now()
      for (const connection of server.connections) {
        const since = begun.get(connection) ?? now
        begun.set(connection, since)
        if (now - since > longest) {
          connection.send(421, "This session has lasted too long")
          connection.close()
        }
      }
    },
    Math.min(5000, longest / 4),
  ).unref()
  server.server.once("close", () => clearInterval(timer))
}

function countGuests() {
  const byAddress = new Map<string, number>()
  const entered = new Set<string>()
  return {
    enter({ id, remoteAddress }: Session) {
      const here = (byAddress.get(remoteAddress) ?? 0) + 1
      if (here > (isLoopback(remoteAddress) ? mostFromHere : mostFromOne))
        throw refusal(421, "Too many connections from your address")
      byAddress.set(remoteAddress, here)
      entered.add(id)
    },
    leave({ id, remoteAddress }: Session) {
      if (!entered.delete(id)) return
      const here = (byAddress.get(remoteAddress) ?? 1) - 1
      if (here > 0) byAddress.set(remoteAddress, here)
      else byAddress.delete(remoteAddress)
    },
  }
}

/** The whole mail; null when it is too large, which is then counted but not kept, and refused by the server. */
async function readAll(stream: DataStream, maxBytes: number): Promise<Buffer | null> {
  let chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > maxBytes) chunks = []
    else chunks.push(chunk)
  }
  return size > maxBytes || stream.sizeExceeded ? null : Buffer.concat(chunks)
}

function envelopeOf({ envelope, remoteAddress, hostNameAppearsAs }: Session): Envelope {
  const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address
  return {
    from,
    to: envelope.rcptTo.map(({ address }) => address),
    remote: remoteAddress,
    helo: hostNameAppearsAs || "",
  }
}

const isLoopback = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address)

function refusal(responseCode: number, message: string) {
  return Object.assign(new Error(message), { responseCode })
}
