import { ImapFlow } from "imapflow"
import { isInside, noMailServer } from "../inside.server.ts"
import { fetching } from "./imap-fetch.server.ts"
import { ImapTrouble, troubleFrom } from "./imap-trouble.ts"

export type ImapServer = {
  host: string
  port: number
  security: "tls" | "starttls" | "none"
  user: string
  secret: { pass: string } | { accessToken: string }
  /** Typed in on a page: inside our own network only a mail server is told of, whatever else answers. */
  isTyped?: true
  /** Milliseconds until it must have let us in. */
  patience?: number
}

export type ImapFolder = { uidValidity: number; uidNext: number; exists: number }
export type Imap = Awaited<ReturnType<typeof openImap>>

const connectWithin = 20_000
/** Long enough for a large mail over a slow line; a dead line is told by its silence. */
const answerWithin = 300_000
const silentFor = 120_000
/** Longer, and some servers and routers forget about it without a word. */
const longestIdle = 240_000
const mostOfAText = 1024 * 1024

/** A session with a mailbox that lies elsewhere (RFC 3501); whatever goes wrong in it is an ImapTrouble. */
export async function openImap(server: ImapServer, mostBytes: number) {
  const client = new ImapFlow(optionsFor(server, mostBytes))
  const news = listen(client)
  await within(client, server.patience ?? connectWithin, client.connect()).catch(async (error) => {
    client.close()
    throw (await mustHide(server, client, error)) ? new ImapTrouble(noMailServer) : error
  })
  const asked = <T>(work: Promise<T>) => within(client, answerWithin, work)
  const { each, whole, outline, about } = fetching(client, asked)
  return {
    folders: async () => (await asked(client.list())).map(({ path }) => path),
    /** Selects it, anew when it was before: only so a folder made again in the meantime is noticed. */
    async open(path: string): Promise<ImapFolder> {
      const { uidValidity, uidNext, exists } = await asked(client.mailboxOpen(path))
      if (uidValidity === undefined) throw new ImapTrouble(noValidity)
      return { uidValidity: Number(uidValidity), uidNext: uidNext ?? (await lastIn(client, asked)) + 1, exists }
    },
    makeFolder: (path: string) => asked(client.mailboxCreate(path)).then(() => {}),
    /** Mails above a UID, smallest first, with the size each has. Whether somebody has seen them does not matter. */
    async above(uid: number, most: number) {
      news.clear()
      const found = await asked(client.search({ uid: `${uid + 1}:*` }, { uid: true }))
      if (!found) throw new ImapTrouble("The server did not say which mails there are.")
      // `*` is the last mail there is, even one below the range (RFC 3501 6.4.8).
      const uids = found.filter((one) => one > uid).sort((a, b) => a - b)
      const next = uids.slice(0, most)
      if (next.length === 0) return []
      const mails = await each(next, { uid: true, size: true })
      const sizes = new Map(mails.map(({ uid, size }) => [uid, size ?? 0]))
      return next.map((uid) => ({ uid, size: sizes.get(uid) ?? 0 }))
    },
    /** The smallest UID that came at a moment or later; null: none has. */
    async firstSince(moment: Date) {
      const dayBefore = new Date(moment.getTime() - 2 * 86_400_000)
      const found = (await asked(client.search({ since: dayBefore }, { uid: true }))) || []
      if (found.length === 0) return null
      const mails = await each(found, { uid: true, internalDate: true })
      const early = new Set(
        mails.flatMap(({ uid, internalDate }) => (new Date(internalDate ?? 0) < moment ? [uid] : [])),
      )
      return found.reduce<number | null>((least, uid) => (early.has(uid) || (least ?? uid) < uid ? least : uid), null)
    },
    whole,
    outline,
    about,
    flag: (uid: number) =>
      unlessRefused(client, asked(client.messageFlagsAdd(String(uid), ["\\Flagged"], { uid: true })), "flag a mail"),
    move: (uid: number, path: string) =>
      unlessRefused(client, asked(client.messageMove(String(uid), path, { uid: true })), `move a mail to ${path}`),
    /** Ends when something new came, the time is up, or the line is gone: look again. */
    async news(most: number, stop: AbortSignal) {
      // It never answers before it is broken off, and what goes wrong in it is met by the next question.
      client.idle().catch(() => {})
      await news.wait(most, stop)
    },
    async close() {
      if (client.usable) await Promise.race([client.logout().catch(() => {}), pause(1000)])
      client.close()
    },
  }
}

/** Nothing has greeted us as a mail server does: what answered may be anything, and its words are nobody's to read. */
async function mustHide({ isTyped, host }: ImapServer, client: ImapFlow, { message, isRefusedSignIn }: ImapTrouble) {
  if (client.greeting || isRefusedSignIn) return false
  return /^The (server said|connection failed):/.test(message) || (isTyped === true && (await isInside(host)))
}

const noValidity =
  "The server does not number the emails of this folder for good (it tells no UIDVALIDITY), so nobody could know which of them have been fetched. Fetch another folder, or have the mail forwarded to the desk."

/** The highest number there is, of a server that does not tell the next. */
async function lastIn(client: ImapFlow, asked: <T>(work: Promise<T>) => Promise<T>) {
  const found = (await asked(client.search({ all: true }, { uid: true }))) || []
  return found.reduce((most, uid) => Math.max(most, uid), 0)
}

function optionsFor({ host, port, security, user, secret, patience = connectWithin }: ImapServer, mostBytes: number) {
  return {
    ...{ host, port, secure: security === "tls", doSTARTTLS: security === "starttls", auth: { user, ...secret } },
    ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: silentFor },
    ...{ maxIdleTime: longestIdle, disableAutoIdle: true, maxLiteralSize: mostBytes + mostOfAText },
    // Bytes as they lie there: one mail fetched twice must be the same mail.
    disableBinary: true,
    clientInfo: { name: "Upturn" },
    logger: false,
  } as const
}

/** Remembers that something came, so that what comes between looking and waiting is not missed. */
function listen(client: ImapFlow) {
  let isNew = false
  let wake = () => {}
  const ring = () => {
    isNew = true
    wake()
  }
  // An 'error' nobody listens to would end the process; it is met again by whoever asks next.
  client.on("exists", ring).on("close", ring).on("error", ring)
  return {
    clear: () => {
      isNew = false
    },
    wait: (most: number, stop: AbortSignal) =>
      new Promise<void>((done) => {
        if (isNew || stop.aborted) return done()
        wake = () => {
          clearTimeout(timer)
          stop.removeEventListener("abort", ring)
          done()
        }
        const timer = setTimeout(() => wake(), most)
        stop.addEventListener("abort", ring, { once: true })
      }),
  }
}

/** An answer, or after so long the end of the session: a line that died says nothing. */
async function within<T>(client: ImapFlow, most: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(new ImapTrouble(`The server did not answer within ${most / 1000} seconds.`))
      client.close()
    }, most)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    // Every failure of the library leaves here in words a person can act on.
    throw troubleFrom(error)
  } finally {
    clearTimeout(timer)
  }
}

/** What the server would not do, in words; a line that is gone is no refusal, and fails. */
async function unlessRefused(client: ImapFlow, work: Promise<unknown>, what: string): Promise<string | null> {
  if (await work) return null
  if (!client.usable) throw new ImapTrouble("The server hung up.")
  return `The server would not ${what}.`
}

const pause = (time: number) => new Promise<void>((done) => void setTimeout(done, time).unref())
