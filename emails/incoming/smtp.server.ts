import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from "smtp-server"

export type Session = SMTPServerSession
export type DataStream = SMTPServerDataStream
export type Certificate = { key: string; cert: string }

type Doing = Pick<SMTPServerOptions, "size" | "maxClients" | "maxRecipients" | "socketTimeout" | "closeTimeout"> & {
  lmtp: boolean
  certificate: Certificate | null
  onConnect(session: Session): void
  onClose(session: Session): void
  /** The size it is said to have; 0 when nothing was said. */
  onSender(size: number): Promise<void>
  onRecipient(address: string, session: Session): Promise<void>
  onData(stream: DataStream, session: Session): Promise<void>
}

/** smtp-server with what a mail door needs and nothing else, its callbacks as promises. */
export function openSmtp({ certificate, onConnect, onClose, onSender, onRecipient, onData, ...limits }: Doing) {
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
    onMailFrom: ({ args }, _session, done) => answer(done, () => onSender(Number(args ? args.SIZE : 0) || 0)),
    onRcptTo: ({ address }, session, done) => answer(done, () => onRecipient(address, session)),
    // By LMTP one answer is the answer for each recipient: all of them stand in the one row that was committed.
    onData: (stream, session, done) => answer(done, () => onData(stream, session)),
  })
  // Peers that vanish are everyday; an 'error' nobody listens to would end the process.
  server.on("error", () => {})
  return server
}

/**
 * What a sender is told instead. The library knows one enhanced status (RFC 3463) for each code; one given with its
 * own, as `452 4.3.1`, is sent as it stands. A bare 421 also hangs up.
 */
export function refusal(responseCode: number | `${number} ${string}`, words: string) {
  return Object.assign(new Error(words), { responseCode })
}

/** There is no room for it now: the sender keeps it and comes again. */
export const noRoom = () => refusal("452 4.3.1", "Not enough room for it at present, try again later")

/** The outermost door: what has no answer of its own is our trouble, and the sender shall try again. */
function answer(done: (error?: Error | null) => void, work: () => Promise<void>) {
  work().then(
    () => done(),
    (error: Error & { responseCode?: number | string }) =>
      done(error.responseCode ? error : Object.assign(new Error("Try again later"), { responseCode: 451 })),
  )
}
