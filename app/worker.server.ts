import { randomBytes } from "node:crypto"
import { forgetEvents } from "#db/announce.server.ts"
import { plainClient } from "#db/connection.server.ts"
import { stopReading } from "#emails/incoming/reader.server.ts"
import { deskNow, setClock } from "./clock.server.ts"
import { recountDays } from "./desk/rebuild.ts"
import type { Env } from "./env.server.ts"
import { runNextJob } from "./jobs.server.ts"
import { log } from "./log.server.ts"
import { watchMailboxes } from "./mailbox-watch.server.ts"
import { makeWordsDue } from "./models/cases/case-words.server.ts"
import { fileSweep } from "./models/cases/file-sweep.server.ts"
import { recleaning } from "./models/cases/message-page.server.ts"
import { followUpDue } from "./models/frowns/follow-up.server.ts"
import { openFromSettled } from "./models/frowns/open.server.ts"
import { checkKeys } from "./models/mail/dkim.server.ts"
import { tellLeads } from "./models/mail/notice.server.ts"
import { deliverNext } from "./models/mail/outbox.server.ts"
import { mailWaits, receiveNext } from "./models/mail/receive.server.ts"
import { rereadFailed } from "./models/mail/reread.server.ts"
import { forgetSpam } from "./models/mail/spam-tray.server.ts"
import { forgetOperations } from "./models/people/idempotency.server.ts"
import { forgetTries } from "./models/people/rate-limit.server.ts"
import { forgetVisitors } from "./models/ratings/landing.server.ts"
import { settleDue } from "./models/ratings/rating.server.ts"
import { followSpam } from "./models/ratings/spam.server.ts"
import { drainPool } from "./models/sharing/drain.server.ts"
import { releaseStranded } from "./models/sharing/release.server.ts"
import { watchTurns } from "./models/sharing/turns.server.ts"
import { returnUnanswered } from "./models/sharing/unanswered.server.ts"
import { faultsOf } from "./round-faults.server.ts"

export type Worker = { stop(): Promise<void>; beat(): Date }

type Round = {
  name: string
  /** Does one piece of work; false when there is none left. */
  work: (lease: string) => Promise<boolean>
  /** How many may run side by side. */
  abreast: number
  /** Milliseconds between looks when nobody calls. */
  every: number
  /** The calls it comes to. */
  hears: string[]
}

/**
 * The one loop behind the desk: mail received, mail to send, and the sweeps. Each round takes work until none is left,
 * then sleeps until it is called (LISTEN) or its time comes. Work that throws is written down and the round goes on.
 */
export function startWorker(env: Env): Worker {
  const rounds = roundsOf(env).flatMap((round) => Array.from({ length: round.abreast }, () => run(round)))
  const mailboxes = watchMailboxes(deskNow)
  const listener = plainClient()
  const call = (isCalled: (round: Round) => boolean) => {
    for (const { round, wake } of rounds) if (isCalled(round)) wake()
  }
  // onlisten also follows a reconnect: what was called in the gap is lost, so everyone looks.
  void listener
    .listen(
      "work",
      (queue) => call(({ hears }) => hears.includes(queue)),
      () => call(() => true),
    )
    // No warning for admins: what is due is found a second later all the same.
    .catch((error) => log.warn({ err: error }, "not listening, polling instead"))
  // A job may take minutes, and a round that looks once an hour says nothing about whether the worker lives.
  const frequent = rounds.filter(({ round }) => round.every <= 5000)
  return {
    beat: () => new Date(Math.min(...frequent.map((round) => round.beat().getTime()))),
    async stop() {
      await Promise.all([...rounds.map((round) => round.stop()), mailboxes.stop()])
      await stopReading()
      await listener.end({ timeout: 2 })
    },
  }
}

function roundsOf(env: Env): Round[] {
  const outbox = { smtpUrl: env.SMTP_URL ?? null }
  const sweep =
    (...steps: ((now: Date) => Promise<number>)[]) =>
    async () => {
      for (const step of steps) await step(deskNow())
      return false
    }
  const isTest = env.NODE_ENV === "test"
  const recountLeft = async () => Number(await recountDays())
  const unanswered = (now: Date) => returnUnanswered(tellLeads, now)
  const clock = () => setClock(isTest).then(() => false)
  return [
    {
      name: "receive",
      work: (lease) => receiveNext(lease, deskNow),
      abreast: 4,
      every: 1000,
      hears: ["mail received"],
    },
    {
      name: "deliver",
      work: (lease) => deliverNext(lease, deskNow, outbox),
      // More than one server takes connections, so that a slow one never holds up the mail of the others.
      abreast: 16,
      every: 1000,
      hears: ["mail to send"],
    },
    { name: "share", work: sweep(releaseStranded, unanswered, drainPool), abreast: 1, every: 5000, hears: ["jobs"] },
    { name: "turns", work: sweep(watchTurns()), abreast: 1, every: isTest ? 500 : 20_000, hears: [] },
    { name: "settle", work: sweep(settleDue), abreast: 1, every: 1000, hears: [] },
    { name: "frowns", work: sweep(openFromSettled, followUpDue), abreast: 1, every: isTest ? 500 : 3000, hears: [] },
    { name: "spam", work: sweep(followSpam, forgetTries), abreast: 1, every: 60_000, hears: [] },
    {
      name: "forget",
      work: sweep(forgetEvents, forgetOperations, forgetVisitors, forgetSpam),
      abreast: 1,
      every: 3_600_000,
      hears: [],
    },
    // One of 256 parts at a time: all of them in a day.
    { name: "files", work: sweep(fileSweep()), abreast: 1, every: 330_000, hears: [] },
    // In fact once, when the worker starts: there is a new reader only then.
    { name: "reread", work: sweep(rereadFailed), abreast: 1, every: 3_600_000, hears: [] },
    // After an upgrade of the cleaner, until every page is its work.
    { name: "clean", work: recleaning(), abreast: 1, every: 3_600_000, hears: [] },
    // Whoever searches makes what came last themselves, so this makes way for mail, though never for longer than its time.
    {
      name: "words",
      work: async () => (await makeWordsDue()) && !(await mailWaits()),
      abreast: 1,
      every: 1000,
      hears: [],
    },
    { name: "jobs", work: runNextJob, abreast: 1, every: 10_000, hears: ["jobs"] },
    { name: "keys", work: sweep(checkKeys), abreast: 1, every: 3_600_000, hears: [] },
    // A job does it at once; this does what a process that was killed on the way has left.
    { name: "zone", work: sweep(recountLeft), abreast: 1, every: isTest ? 2000 : 30_000, hears: [] },
    { name: "clock", work: clock, abreast: 1, every: isTest ? 500 : 60_000, hears: [] },
  ]
}

function run(round: Round) {
  const { name, work, every } = round
  const lease = `${name}-${randomBytes(6).toString("hex")}`
  let stopping = false
  let beat = new Date()
  let wake = () => {}
  const sleep = () =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, every)
      wake = () => {
        clearTimeout(timer)
        done()
      }
    })
  const { fine, failed } = faultsOf(name)
  const loop = async () => {
    while (!stopping) {
      beat = new Date()
      const more = await work(lease).then(fine, (error) => {
        // One piece of work must not end the loop; what fails again and again is written down for the admins.
        log.error({ err: error }, `${name} failed`)
        return failed(error)
      })
      if (!more && !stopping) await sleep()
    }
  }
  const ended = loop()
  return {
    round,
    beat: () => beat,
    wake: () => wake(),
    stop() {
      stopping = true
      wake()
      return ended
    },
  }
}
