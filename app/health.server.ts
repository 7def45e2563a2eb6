import { connect } from "node:net"
import { sql } from "drizzle-orm"
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client"
import { db } from "#db/connection.server.ts"
import { type Warning, warningKinds } from "./warnings/warning.ts"

/** What this process can say about itself; null for what it does not run. */
export type Alive = { mailPort: (() => number) | null; mailHost: string; beat: (() => Date) | null }
export type Health = { ready: boolean; parts: Record<string, string>; queues: QueueAge[] | null }

const registry = new Registry()
collectDefaultMetrics({ register: registry })

export const requestSeconds = new Histogram({
  name: "desk_http_request_seconds",
  help: "Time to answer, by method and status",
  labelNames: ["method", "status"],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
})
const waiting = new Gauge({ name: "desk_queue_rows", help: "Rows due", labelNames: ["queue"], registers: [registry] })
const oldest = new Gauge({
  name: "desk_queue_oldest_seconds",
  help: "How long the oldest has been due",
  labelNames: ["queue"],
  registers: [registry],
})

const kinds = { labelNames: ["kind"], registers: [registry] }
const warned = new Gauge({ name: "desk_warnings", help: "Things that are wrong: mailboxes, servers, parts", ...kinds })
const concerned = new Gauge({ name: "desk_warning_emails", help: "Emails or other work they concern", ...kinds })
const since = new Gauge({ name: "desk_warning_seconds", help: "For how long the oldest has been wrong", ...kinds })

/** Seconds; a desk at work takes up what is due within one. */
export const mostWait = 120

export type QueueAge = { queue: string; due: number; oldestSeconds: number }

/**
 * How much each queue has to do that nobody works on, and for how long the oldest has waited, by the database's clock. What
 * waits for a person, such as mail of a paused mailbox, waits for no worker.
 */
export async function queueAges(): Promise<QueueAge[]> {
  const rows = await db.execute<QueueAge>(sql`
    select queue, count(*)::int as due, coalesce(extract(epoch from clock_timestamp() - min(due_at)), 0)::float8 as "oldestSeconds"
    from (select 'mail received' as queue, due_at, leased_until from mail_received where fate is null
      union all select 'mail to send', due_at, leased_until from mail_to_send
        where sent_at is null and kept_at is null and failed_at is null and unconfirmed_at is null
          and not exists (select from mailboxes b where b.id = mailbox_id and b.paused_at is not null)
      union all select 'jobs', due_at, leased_until from jobs where finished_at is null and attempts < 10) as work
    where due_at <= clock_timestamp() and (leased_until is null or leased_until <= clock_timestamp())
    group by queue`)
  return ["mail received", "mail to send", "jobs"].map(
    (queue) => rows.find((row) => row.queue === queue) ?? { queue, due: 0, oldestSeconds: 0 },
  )
}

/** Ready: the database answers, our mail door opens, the worker has beaten in the last minute, no queue stands still. */
export async function health(alive: Alive): Promise<Health> {
  const database = await queueAges().catch(() => null)
  const parts: Record<string, string> = { database: database ? "ok" : "not reachable" }
  if (alive.mailPort) parts.mailDoor = (await opens(alive.mailPort(), alive.mailHost)) ? "ok" : "closed"
  if (alive.beat) parts.worker = Date.now() - alive.beat().getTime() < 60_000 ? "ok" : "no beat for a minute"
  for (const { queue, oldestSeconds } of database ?? [])
    if (oldestSeconds > mostWait) parts[queue] = `oldest waits for ${Math.round(oldestSeconds)} s`
  return { ready: Object.values(parts).every((word) => word === "ok"), parts, queues: database }
}

/** Everything measured, in Prometheus' text form. */
export async function metricsText(warnings: readonly Warning[], now: Date): Promise<string> {
  for (const { queue, due, oldestSeconds } of await queueAges()) {
    waiting.set({ queue }, due)
    oldest.set({ queue }, oldestSeconds)
  }
  for (const kind of Object.keys(warningKinds)) {
    const those = warnings.filter((one) => one.kind === kind)
    warned.set({ kind }, those.length)
    concerned.set(
      { kind },
      those.reduce((sum, { count }) => sum + count, 0),
    )
    since.set({ kind }, Math.max(0, ...those.map((one) => (now.getTime() - one.since.getTime()) / 1000)))
  }
  return registry.metrics()
}

function opens(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host, timeout: 2000 })
    const end = (answer: boolean) => () => {
      socket.destroy()
      done(answer)
    }
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false))
  })
}
