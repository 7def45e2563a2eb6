import { and, asc, eq, isNull, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import { postAutomatic } from "./automatic-mail.server.ts"

type Notice = {
  subject: string
  text: string
  /** One notice per key and day. */
  key: string
}

/** Tells the admins by mail what no page they have open would: once a day and matter, whatever happens how often. */
export async function tellAdmins(tx: Tx, { subject, text, key }: Notice, now: Date): Promise<void> {
  const dedupeKey = `notice ${key} ${now.toISOString().slice(0, 10)}`
  // A finished job is the memory that it was said: it is forgotten with the others.
  const said = await tx
    .insert(jobs)
    .values({ kind: "notice", dedupeKey, dueAt: now, finishedAt: now })
    .onConflictDoNothing()
    .returning({ id: jobs.id })
  if (said.length === 0) return
  const admins = await tx
    .select({ name: agents.name, address: agents.email })
    .from(agents)
    .where(and(eq(agents.role, "admin"), isNull(agents.deactivatedAt)))
  const [box] = await tx
    .select({ id: mailboxes.id })
    .from(mailboxes)
    .where(isNull(mailboxes.closedAt))
    // A paused one would keep it back, often the very news that it is paused.
    .orderBy(sql`${mailboxes.pausedAt} is not null`, asc(mailboxes.id))
    .limit(1)
  if (!box || admins.length === 0) return
  const mail = { kind: "notice", mailboxId: box.id, caseNumber: null, to: admins } as const
  await postAutomatic(tx, { ...mail, subject, text, inReplyTo: null, replyTo: null }, now)
}
