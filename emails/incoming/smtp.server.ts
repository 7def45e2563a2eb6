import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from "smtp-server"

export type Session = SMTPServerSession
export type DataStream = SMTPServerDataStream

type Doing = Pick<SMTPServerOptions, "size" | "maxClients" | "maxRecipients" | "socketTimeout" | "closeTimeout"> & {
  onConnect(session: Session): void
  onClose(session: Session): void
  onRecipient(address: string): Promise<void>
  onData(stream: DataStream, session: Session): Promise<void>
}

/** smtp-server with what a mail door needs and nothing else, its callbacks as promises. */
export function openSmtp({ certificate }: { certificate?: { key: string; cert: string } | null }, doing: Doing) {
  const { onConnect, onClose, onRecipient, onData, ...limits } = doing
  const server = new SMTPServer({
    ...limits,
    ...(certificate ?? {}),
    banner: "Upturn",
    // Without a certificate the library would offer STARTTLS with a key anybody can download.
    disabledCommands: certificate ? ["AUTH"] : ["AUTH", "STARTTLS"],
    authOptional: true,
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    rejectOversized: true,
    logger: false,
    onConnect: (session, done) => answer(done, async () => onConnect(session)),
    onClose: (session) => onClose(session),
    onRcptTo: ({ address }, _session, done) => answer(done, () => onRecipient(address)),
    onData: (stream, session, done) => answer(done, () => onData(stream, session)),
  })
  // Peers that vanish are everyday; an 'error' nobody listens to would end the process.
  server.on("error", () => {})
  return server
}

/** The outermost door: what has no answer of its own is our trouble, and the sender shall try again. */
function answer(done: (error?: Error | null) => void, work: () => Promise<void>) {
  work().then(
    () => done(),
    (error: Error & { responseCode?: number }) =>
      done(error.responseCode ? error : Object.assign(new Error("Try again later"), { responseCode: 451 })),
  )
}
