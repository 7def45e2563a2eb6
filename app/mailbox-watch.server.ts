import { randomBytes } from "node:crypto"
import { setTimeout as wait } from "node:timers/promises"
import { type Imap, openImap } from "#emails/incoming/imap.server.ts"
import { ImapTrouble, troubleFrom } from "#emails/incoming/imap-trouble.ts"
import { isDatabaseDown } from "./database-down.ts"
import { log } from "./log.server.ts"
import { mostBytes } from "./models/mail/hand-in.server.ts"
import { fetchNew } from "./models/mail/imap.server.ts"
import { serverOf } from "./models/mail/imap-account.server.ts"
import {
  claimAccount,
  holdAccount,
  type ImapAccount,
  letAccountGo,
  noteProblem,
  noteVisit,
} from "./models/mail/imap-lease.server.ts"

/** Milliseconds: a look for accounts nobody fetches, a sign that one is still ours, a look that does not trust IDLE. */
const usualPace = { claim: 2000, hold: 6000, poll: 60_000, firstPause: 2000, longestPause: 300_000 }
const mostRefusals = 3

/**
 * Fetches the mailboxes that lie on other servers, each on one connection that stays open. Of
 * several processes one has an account; another takes it over when that one has been silent for 20 seconds.
 */
export function watchMailboxes(now: () => Date, pace = usualPace) {
  const lease = `imap-${randomBytes(6).toString("hex")}`
  const stopping = new AbortController()
  const watches = new Set<Promise<void>>()
  const claiming = async () => {
    while (!stopping.signal.aborted) {
      const account = await claimAccount(lease).catch(saidOnce)
      if (!account) {
        await pause(pace.claim, stopping.signal)
        continue
      }
      const watch = watchOne(account, { lease, now, pace, stop: stopping.signal }).finally(() => watches.delete(watch))
      watches.add(watch)
    }
  }
  const ended = claiming()
  return {
    async stop() {
      stopping.abort()
      await ended
      await Promise.all(watches)
    },
  }
}

type Watching = { lease: string; now: () => Date; pace: typeof usualPace; stop: AbortSignal }

/** One account until it is changed, paused or the desk stops; a failure is told on its page and tried again later. */
async function watchOne(claimed: ImapAccount, { lease, now, pace, stop }: Watching) {
  const { mailboxId } = claimed
  const over = new AbortController()
  const end = () => over.abort()
  stop.addEventListener("abort", end, { once: true })
  const holding = setInterval(() => {
    // A database that is away keeps the account ours until it is back: nobody else can take it either.
    holdAccount(mailboxId, lease).then((held) => held ?? end(), saidOnce)
  }, pace.hold)
  const past: Past = { failures: 0, refusals: 0, token: null }
  while (!over.signal.aborted) {
    try {
      const account = await holdAccount(mailboxId, lease)
      if (!account) break
      await visit(account, past, { lease, now, pace, stop: over.signal })
    } catch (error) {
      // Whatever it was, the mail is still on the server: said to the admin, and tried again after a while.
      if (!over.signal.aborted) await tellOf(error, past, claimed, { lease, now, pace, stop }).catch(saidOnce)
      await pause(Math.min(pace.firstPause * 2 ** past.failures, pace.longestPause), over.signal)
    }
  }
  clearInterval(holding)
  stop.removeEventListener("abort", end)
  await letAccountGo(mailboxId, lease).catch(saidOnce)
}

/** How it went since the last time it went well. */
type Past = { failures: number; refusals: number; token: string | null }

/** Looks, and looks again whenever something comes or the time is up, until the connection or the desk ends. */
async function visit(account: ImapAccount, past: Past, { lease, now, pace, stop }: Watching) {
  const server = await serverOf(account, past.refusals > 0 ? past.token : null, now())
  past.token = "accessToken" in server.secret ? server.secret.accessToken : null
  const imap = await openImap(server, mostBytes)
  const leave = () => void imap.close()
  stop.addEventListener("abort", leave, { once: true })
  try {
    await folderReady(imap, account)
    while (!stop.aborted) {
      const problem = await fetchNew(imap, account, lease, now)
      await noteVisit(account.mailboxId, lease, problem, now())
      Object.assign(past, { failures: 0, refusals: 0 })
      await imap.news(pace.poll, stop)
    }
  } finally {
    stop.removeEventListener("abort", leave)
    await imap.close()
  }
}

async function tellOf(error: unknown, past: Past, account: ImapAccount, { lease, now }: Watching) {
  if (isDatabaseDown(error)) return void saidOnce(error)
  if (!(error instanceof ImapTrouble)) log.error({ err: error }, "a mailbox elsewhere could not be fetched")
  const trouble = troubleFrom(error)
  past.failures++
  if (trouble.isRefusedSignIn) past.refusals++
  const pausedAt = past.refusals >= mostRefusals ? now() : null
  await noteProblem(account, lease, trouble.message, pausedAt, now())
}

/** The folder mail is moved to is made when it is not there; what a server says against it shows at the first move. */
async function folderReady(imap: Imap, { afterwards, moveTo }: ImapAccount) {
  if (afterwards !== "move" || moveTo === null) return
  if (!(await imap.folders()).includes(moveTo)) await imap.makeFolder(moveTo)
}

/** Every page and probe says that the database is away. */
function saidOnce(error: unknown) {
  log.warn({ err: error }, "mailboxes elsewhere wait for the database")
  return null
}

/** Ends sooner when it is over. */
const pause = (time: number, stop: AbortSignal) => wait(time, undefined, { signal: stop }).catch(() => {})
