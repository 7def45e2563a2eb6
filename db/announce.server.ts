import { lt, sql } from "drizzle-orm"
import { db, type Tx, ts } from "./connection.server.ts"
import { events } from "./tables/events.ts"

type Change = { kind: string; caseNumber?: number | null; mailboxId?: number | null; agentId?: number | null }

/** Tells open browsers that something changed. In the change's own transaction, so that nobody hears of what was undone. */
export const announce = (tx: Tx, change: Change, now: Date) => announceAll(tx, [change], now)

export async function announceAll(tx: Tx, changes: readonly Change[], now: Date) {
  await tx.execute(sql`
    with told as (
      insert into events (kind, case_number, mailbox_id, agent_id, at)
      select kind, "caseNumber", "mailboxId", "agentId", ${ts(now)} from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
          as change(kind text, "caseNumber" bigint, "mailboxId" bigint, "agentId" bigint) returning id)
    select pg_notify('desk', id::text) from told order by id`)
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
