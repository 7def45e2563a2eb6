import { gt, sql } from "drizzle-orm"
import { db, plainClient } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { events } from "#db/tables/events.ts"
import { type Change, eventStreams, type OriginOf } from "./event-streams.server.ts"
import { log } from "./log.server.ts"

const overlap = 200

/**
 * What browsers are told: that something changed, and which case; they fetch the rest through their own page, under
 * their own rights. Ids can commit out of order, so each look goes back a little and forgets what it has told already.
 */
export function startEvents(originOf: OriginOf) {
  const streams = eventStreams(originOf)
  const told = new Set<number>()
  let last = 0
  const look = async () => {
    const fresh = (await changesAfter(last - overlap)).filter((change) => !told.has(change.id))
    for (const change of fresh) {
      told.add(change.id)
      last = Math.max(last, change.id)
      streams.tell(change)
    }
    for (const id of told) if (id < last - overlap) told.delete(id)
  }
  // None of these is a warning for admins: pages ask again by themselves every so often, and are only later.
  const hear = () => void look().catch((error) => log.warn({ err: error }, "could not read what changed"))
  // The triggers on sessions, agents and mailbox_agents call "access" at the commit that changes who may see what.
  const lookAgain = () =>
    void streams.lookAgain().catch((error) => log.warn({ err: error }, "could not look at the sessions again"))
  const client = plainClient()
  const ready = newest().then(async (id) => {
    last = id
    for (let old = id - overlap; old <= id; old++) told.add(old)
    await client.listen("access", (agentId) => streams.endOf(Number(agentId)), lookAgain)
    await client.listen("desk", hear, hear)
  })
  void ready.catch((error) => log.warn({ err: error }, "not listening for changes, looking every 15 seconds"))
  const timers = [setInterval(hear, 15_000).unref(), setInterval(lookAgain, 30_000).unref()]
  const close = async () => {
    for (const timer of timers) clearInterval(timer)
    streams.endAll()
    await client.end({ timeout: 1 })
  }
  return { onEvents: streams.onEvents, close }
}

async function changesAfter(id: number): Promise<Change[]> {
  return db
    .select({
      id: events.id,
      kind: events.kind,
      caseNumber: events.caseNumber,
      mailboxId: sql<number | null>`coalesce(${cases.mailboxId}, ${events.mailboxId})`.mapWith(Number),
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
