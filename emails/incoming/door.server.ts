import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { closeDoor, countGuests, endLongSessions } from "./guests.server.ts"
import { type Certificate, type DataStream, noRoom, openSmtp, refusal, type Session } from "./smtp.server.ts"
import { spool } from "./spool.server.ts"

export type Envelope = {
  from: string
  to: string[]
  remote: string
  /** The name the sending server gave itself. */
  helo: string
}

export type MailDoor = {
  host: string
  port: number
  /** SMTP for the world; LMTP (RFC 2033) for a mail server of one's own that hands its mail on. */
  protocol?: "smtp" | "lmtp"
  /** Of one mail, as SIZE announces it. */
  maxBytes: number
  /** TLS for STARTTLS; null: it is not offered. */
  certificate?: Certificate | null
  limits?: Partial<typeof usualLimits>
  /** Where large mails lie while they come in. */
  folder?: string
  /** Free bytes on the disk mail is kept on. */
  freeBytes?: () => Promise<number>
  mayReceive(recipient: string): Promise<boolean>
  /** Resolves once the bytes are committed; then and not before the sender hears 250. */
  onMail(envelope: Envelope, raw: Buffer): Promise<void>
}

/** Milliseconds a session may be silent, and last; how many there may be, from one address, and from this machine. */
const usualLimits = { idle: 60_000, session: 600_000, clients: 200, fromOne: 20, fromHere: 50 }
const mostRecipients = 100
/** Less than the ten seconds a stopping desk has. */
const graceForData = 8000
/** PostgreSQL needs room to write at all: two of its log files. */
const spareBytes = 32 * 1024 * 1024
/** From here on mails are stored one after the other: the driver holds each several times over. */
const largeBytes = 1024 * 1024

/**
 * Where mail comes in by SMTP (RFC 5321) or LMTP. Accepting means responsibility: a mail is answered 250 only after
 * `onMail` has resolved, a database that is away is 451, and a connection cut in the middle stores nothing.
 */
export async function openMailDoor(door: MailDoor): Promise<{ port: number; close(): Promise<void> }> {
  const limits = { ...usualLimits, ...door.limits }
  const receiving = new Set<string>()
  const guests = countGuests(limits)
  const store = storing(door)
  const server = openSmtp({
    lmtp: door.protocol === "lmtp",
    certificate: door.certificate ?? null,
    size: door.maxBytes,
    maxClients: limits.clients,
    maxRecipients: mostRecipients,
    socketTimeout: limits.idle,
    closeTimeout: graceForData,
    onConnect: (session) => guests.enter(session),
    onClose: (session) => guests.leave(session),
    onSender: (size) => mustFit(door, size),
    onRecipient: async (address, session) => {
      if (!(await door.mayReceive(address))) throw guests.askedInVain(session)
    },
    onData: async (stream, session) => {
      receiving.add(session.id)
      await store(stream, session).finally(() => receiving.delete(session.id))
    },
  })
  endLongSessions(server, limits.session)
  await new Promise<void>((ready, fail) => {
    server.server.once("error", fail)
    server.listen(door.port, door.host, () => ready())
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => closeDoor(server, receiving),
  }
}

/** Takes a mail from the wire into `onMail`; one that is too large is counted to its end and refused. */
function storing(door: MailDoor) {
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<void>) => {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }
  return async (stream: DataStream, session: Session) => {
    const mail = await spool(stream, door.folder ?? tmpdir(), door.maxBytes).catch(orNoRoom)
    try {
      if (mail.size > door.maxBytes) throw refusal("552 5.3.4", `A mail may have ${door.maxBytes} bytes at most`)
      await mustFit(door, mail.size)
      const take = async () => door.onMail(envelopeOf(session), await mail.bytes())
      await (mail.size > largeBytes ? inTurn(take) : take())
    } finally {
      await mail.close()
    }
  }
}

/** Twice its size: once where it is kept, once for its files. */
async function mustFit({ freeBytes }: MailDoor, size: number) {
  if (freeBytes && (await freeBytes()) < 2 * size + spareBytes) throw noRoom()
}

function orNoRoom(error: NodeJS.ErrnoException): never {
  throw error.code === "ENOSPC" || error.code === "EDQUOT" ? noRoom() : error
}

function envelopeOf({ envelope, remoteAddress, hostNameAppearsAs }: Session): Envelope {
  const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address
  const helo = String(hostNameAppearsAs || "")
  return { from, to: envelope.rcptTo.map(({ address }) => address), remote: remoteAddress, helo }
}
