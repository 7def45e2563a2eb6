import { lt, sql } from "drizzle-orm"
import { db, type Tx, ts } from "./connection.server.ts"
import { events } from "./tables/events.ts"

type Change = { kind: string; caseNumber?: number | null; mailboxId?: number | null; agentId?: number | null }

/** Tells open browsers that something changed. In the change's own transaction, so that nobody hears of what was undone. */
export async function announce(tx: Tx, change: Change, now: Date) {
  const { kind, caseNumber = null, mailboxId = null, agentId = null } = change
  await tx.execute(sql`
    with told as (
      insert into events (kind, case_number, mailbox_id, agent_id, at)
      values (${kind}, ${caseNumber}::bigint, ${mailboxId}::bigint, ${agentId}::bigint, ${ts(now)}) returning id)
    select pg_notify('desk', id::text) from told`)
}

/** Wakes the worker at commit; it polls every second anyway, so a lost call only costs time. */
export async function wake(tx: Tx, queue: "mail received" | "mail to send" | "jobs") {
  await tx.execute(sql`select pg_notify('work', ${queue})`)
}

/** Forgets what was announced more than a day ago: a browser that was away longer loads its page anew. */
export async function forgetEvents(now: Date): Promise<number> {
  const old = lt(events.at, new Date(now.getTime() - 24 * 3_600_000))
  return (await db.delete(events).where(old).returning({ id: events.id })).length
}
