import type { AddressInfo, Server, Socket } from "node:net"
import { SMTPServer, type SMTPServerSession } from "smtp-server"

/** What the sink answers at a step: nothing for yes, a refusal in its own words, or a dead line. */
export type Say = undefined | { code: number; words: string } | "close"

export type SinkScript = {
  onConnect: () => Say | Promise<Say>
  onFrom: (address: string) => Say | Promise<Say>
  onRcpt: (address: string) => Say | Promise<Say>
  /** When the first bytes of a mail have come. */
  onBytes: () => Say
  /** After the final dot; the mail is recorded before this is asked, unless it says a code. */
  onData: (mail: SinkMail) => Say | Promise<Say>
  /** After our 250. */
  onTaken: () => Say
  /** Passwords by name; signing in is then required. */
  users: Record<string, string>
  /** Offers STARTTLS with this certificate. */
  tls: { key: string; cert: string }
}
export type SinkMail = { from: string; to: string[]; raw: Buffer }
export type Sink = {
  url: string
  port: number
  mails: SinkMail[]
  connections: () => number
  close: () => Promise<void>
}

/** A real mail server on a loopback port that keeps what it is sent, and misbehaves as told. */
export async function startSink(script: Partial<SinkScript> = {}): Promise<Sink> {
  const mails: SinkMail[] = []
  const sockets = new Map<number, Socket>()
  let connections = 0
  const hangUp = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy()
  const answer = async (session: SMTPServerSession, say: Say | Promise<Say>, reply: (error?: Error) => void) => {
    const said = await say
    if (said === "close") return hangUp(session)
    reply(said ? Object.assign(new Error(said.words), { responseCode: said.code }) : undefined)
  }
  const server = new SMTPServer({
    ...script.tls,
    disabledCommands: [...(script.tls ? [] : ["STARTTLS"]), ...(script.users ? [] : ["AUTH"])],
    authOptional: !script.users,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth({ username = "", password }, _session, done) {
      const known = script.users?.[username] === password
      done(known ? null : Object.assign(new Error("Wrong name or password"), { responseCode: 535 }), { user: username })
    },
    onConnect: (session, done) => void answer(session, script.onConnect?.(), done),
    onMailFrom: ({ address }, session, done) => void answer(session, script.onFrom?.(address), done),
    onRcptTo: ({ address }, session, done) => void answer(session, script.onRcpt?.(address), done),
    async onData(stream, session, done) {
      const chunks: Buffer[] = []
      // A sender that hangs up in the middle has sent nothing.
      stream.on("error", () => {})
      stream.on("data", (chunk: Buffer) => {
        if (chunks.push(chunk) === 1 && script.onBytes?.() === "close") hangUp(session)
      })
      await new Promise((ended) => stream.on("end", ended))
      const { mailFrom, rcptTo } = session.envelope
      const mail = {
        from: mailFrom ? mailFrom.address : "",
        to: rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks),
      }
      const said = await script.onData?.(mail)
      if (said === undefined || said === "close") mails.push(mail)
      await answer(session, said, done)
      if (script.onTaken?.() === "close") setTimeout(() => hangUp(session), 5)
    },
  })
  server.on("error", () => {})
  const listening: Server = server.server
  listening.on("connection", (socket: Socket) => {
    connections++
    const { remotePort } = socket
    if (remotePort !== undefined) sockets.set(remotePort, socket)
  })
  await new Promise<void>((ready) => void server.listen(0, "127.0.0.1", ready))
  const { port } = listening.address() as AddressInfo
  const close = () =>
    new Promise<void>((done) => {
      server.close(done)
      for (const socket of sockets.values()) socket.destroy()
    })
  return { url: `smtp://127.0.0.1:${port}`, port, mails, connections: () => connections, close }
}
