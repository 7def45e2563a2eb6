import { gt, sql } from "drizzle-orm"
import type { Response as Answer, Request as Asked } from "express"
import { db, plainClient } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { events } from "#db/tables/events.ts"
import { log } from "./log.server.ts"
import { viewerOf } from "./models/people/session.server.ts"

type Change = { id: number; kind: string; caseNumber: number | null; mailboxId: number | null }
/** An open stream: how it is told, and how it is ended when the desk stops. */
type Listener = { tell(change: Change): void; end(): void }

const beat = 20_000
const longest = 15 * 60_000
const mostStreams = 1000
const overlap = 200

/**
 * What browsers are told: that something changed, and which case; they fetch the rest through their own page, under
 * their own rights. Ids can commit out of order, so each look goes back a little and forgets what it has told already.
 */
export function startEvents() {
  const listeners = new Set<Listener>()
  const told = new Set<number>()
  let last = 0
  const look = async () => {
    const fresh = (await changesAfter(last - overlap)).filter((change) => !told.has(change.id))
    for (const change of fresh) {
      told.add(change.id)
      last = Math.max(last, change.id)
      for (const listener of listeners) listener.tell(change)
    }
    for (const id of told) if (id < last - overlap) told.delete(id)
  }
  const hear = () => void look().catch((error) => log.warn({ err: error }, "could not read what changed"))
  const client = plainClient()
  const ready = newest().then((id) => {
    last = id
    for (let old = id - overlap; old <= id; old++) told.add(old)
    return client.listen("desk", hear, hear)
  })
  void ready.catch((error) => log.warn({ err: error }, "not listening for changes, looking every 15 seconds"))
  const timer = setInterval(hear, 15_000).unref()
  const close = async () => {
    clearInterval(timer)
    for (const listener of listeners) listener.end()
    await client.end({ timeout: 1 })
  }
  return { onEvents: stream(listeners), close }
}

function stream(listeners: Set<Listener>) {
  return async (asked: Asked, answer: Answer) => {
    const viewer = await viewerOf(new Request("http://desk/", { headers: { cookie: asked.headers.cookie ?? "" } }))
    if (!viewer) return void answer.status(401).end()
    if (listeners.size >= mostStreams) return void answer.status(503).set("Retry-After", "30").end()
    answer.set({
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    })
    answer.write(`retry: ${1000 + Math.floor(Math.random() * 2000)}\n\n`)
    const listener: Listener = {
      tell({ id, kind, caseNumber, mailboxId }) {
        if (mailboxId !== null && !viewer.mailboxIds.includes(mailboxId)) return
        answer.write(`id: ${id}\nevent: change\ndata: ${JSON.stringify({ kind, case: caseNumber })}\n\n`)
      },
      end: () => answer.end(),
    }
    listeners.add(listener)
    const heart = setInterval(() => answer.write(": still here\n\n"), beat)
    // A new stream is a new look at the session: whoever signed out or lost a mailbox hears nothing for long.
    const end = setTimeout(() => answer.end(), longest)
    answer.on("close", () => {
      clearInterval(heart)
      clearTimeout(end)
      listeners.delete(listener)
    })
  }
}

async function changesAfter(id: number): Promise<Change[]> {
  return db
    .select({
      id: events.id,
      kind: events.kind,
      caseNumber: events.caseNumber,
      mailboxId: sql<number | null>`coalesce(${events.mailboxId}, ${cases.mailboxId})`.mapWith(Number),
    })
    .from(events)
    .leftJoin(cases, sql`${cases.number} = ${events.caseNumber}`)
    .where(gt(events.id, id))
    .orderBy(events.id)
    .limit(1000)
}

async function newest() {
  const [row] = await db.select({ id: sql<number>`coalesce(max(${events.id}), 0)`.mapWith(Number) }).from(events)
  return row?.id ?? 0
}
