import { sql } from "drizzle-orm"
import type { Tx } from "./connection.server.ts"
import { events } from "./tables/events.ts"

type Change = { kind: string; caseNumber?: number | null; mailboxId?: number | null; agentId?: number | null }

/** Tells open browsers that something changed. In the change's own transaction, so that nobody hears of what was undone. */
export async function announce(tx: Tx, change: Change, now: Date) {
  const [row] = await tx
    .insert(events)
    .values({ ...change, at: now })
    .returning({ id: events.id })
  if (row) await tx.execute(sql`select pg_notify('desk', ${String(row.id)})`)
}

/** Wakes the worker at commit; it polls every second anyway, so a lost call only costs time. */
export async function wake(tx: Tx, queue: "mail received" | "mail to send" | "jobs") {
  await tx.execute(sql`select pg_notify('work', ${queue})`)
}
