/**
 * npm run bench:mail. How fast mail is read and classified on one core, and in the reader's threads as the desk does
 * it; then a megabyte of every pattern that hangs careless readers; then every bomb of the hostile collection through
 * the threads: its time, the lag of the event loop beside it, and the memory it takes. `-- --bombs` and `-- --patterns`
 * for those alone, the latter all of them.
 */
import { setTimeout as pause } from "node:timers/promises"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { readApart } from "#emails/incoming/reader.server.ts"
import { storms } from "#test/fixtures/hostile-mail.ts"
import { timePatterns } from "./patterns.ts"
import { realisticMails } from "./realistic-mail.ts"

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
let most = 0
let lag = 0
let last = performance.now()
/** Every 2 ms: how late this tick is, and the memory of the whole process. */
setInterval(() => {
  const now = performance.now()
  lag = Math.max(lag, now - last - 2)
  last = now
  most = Math.max(most, process.memoryUsage.rss())
}, 2).unref()

async function fresh() {
  await pause(30)
  ;[most, lag, last] = [process.memoryUsage.rss(), 0, performance.now()]
}

const percentile = (times: number[], share: number) =>
  times.sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0

async function onOneCore(mails: Buffer[]) {
  for (const raw of mails) await readEmail(raw)
  await fresh()
  const times: number[] = []
  const cpu = process.cpuUsage()
  for (let round = 0; round < 3; round++)
    for (const raw of mails) {
      const started = performance.now()
      await readEmail(raw)
      times.push(performance.now() - started)
    }
  const { user, system } = process.cpuUsage(cpu)
  const perSecond = Math.round(times.length / ((user + system) / 1e6))
  const [p50, p99] = [percentile(times, 0.5).toFixed(1), percentile(times, 0.99).toFixed(1)]
  console.log(`one core       ${perSecond} mails/s, p50 ${p50} ms, p99 ${p99} ms, memory at most ${megabytes(most)}`)
}

async function inThreads(mails: Buffer[]) {
  await Promise.all(mails.slice(0, 200).map(readApart))
  await fresh()
  const started = performance.now()
  const waiting = mails.flatMap((raw) => [raw, raw, raw])
  // Four at once, as the worker takes them.
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let raw = waiting.pop(); raw; raw = waiting.pop()) await readApart(raw)
    }),
  )
  const perSecond = Math.round((mails.length * 3000) / (performance.now() - started))
  console.log(
    `in threads     ${perSecond} mails/s, event loop late by at most ${lag.toFixed(0)} ms, memory at most ${megabytes(most)}`,
  )
}

async function bombs() {
  await readApart(Buffer.from("Subject: first\n\nA thread is running"))
  await fresh()
  const before = process.memoryUsage.rss()
  const worst = { time: 0, lag: 0, memory: 0 }
  for (const [name, { make }] of Object.entries(storms)) {
    const raw = make()
    await fresh()
    const started = performance.now()
    const { trouble } = await readApart(raw)
    const time = performance.now() - started
    await pause(5)
    console.log(
      `${time.toFixed(0).padStart(6)} ms, late ${lag.toFixed(0).padStart(3)} ms, ${megabytes(most).padStart(6)}  ${name}${trouble ? `: ${trouble}` : ""}`,
    )
    worst.time = Math.max(worst.time, time)
    worst.lag = Math.max(worst.lag, lag)
    worst.memory = Math.max(worst.memory, most)
  }
  await pause(1000)
  const after = process.memoryUsage.rss()
  console.log(
    `bombs          ${Object.keys(storms).length}, slowest ${worst.time.toFixed(0)} ms, event loop late by at most ${worst.lag.toFixed(0)} ms, ` +
      `memory at most ${megabytes(worst.memory)}; before ${megabytes(before)}, after ${megabytes(after)}`,
  )
}

const asksFor = (part: string) => process.argv.includes(part)
const asksForAll = !asksFor("--bombs") && !asksFor("--patterns")
if (asksForAll) {
  const mails = await realisticMails(2000)
  const bytes = mails.reduce((sum, { length }) => sum + length, 0)
  console.log(`${mails.length} mails, ${(bytes / mails.length / 1000).toFixed(1)} kB each`)
  await onOneCore(mails)
  await inThreads(mails)
}
if (!asksFor("--bombs")) await timePatterns(!asksForAll)
if (!asksFor("--patterns")) await bombs()
