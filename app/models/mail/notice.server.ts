import { and, asc, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import type { Unanswered } from "../sharing/unanswered.server.ts"
import { postAutomatic } from "./automatic-mail.server.ts"

type Notice = {
  subject: string
  text: string
  /** One notice per key and day. */
  key: string
}

/** Tells the admins by mail what no page they have open would: once a day and matter, whatever happens how often. */
export const tellAdmins = (tx: Tx, notice: Notice, now: Date) => tell(tx, notice, eq(agents.role, "admin"), now)

/**
 * Tells those who lead, and the admins, that a case stays unanswered; whoever has it has it before them already.
 */
export async function tellLeads(tx: Tx, { number, subject, agentId, agent, hours }: Unanswered, now: Date) {
  const text = `${agent} has case ${number}, "${subject}", and it has been unanswered for ${hours} business hours. Look at it on the Load page: it can be given to somebody else there.`
  const notice = { subject: `Unanswered: ${subject}`, text, key: `unanswered ${number}` }
  const leads = and(ne(agents.id, agentId), inArray(agents.role, ["lead", "admin"]))
  await tell(tx, notice, leads, now)
}

export async function tell(tx: Tx, { subject, text, key }: Notice, whom: SQL | undefined, now: Date): Promise<void> {
  const dedupeKey = `notice ${key} ${now.toISOString().slice(0, 10)}`
  // A finished job is the memory that it was said: it is forgotten with the others.
  const said = await tx
    .insert(jobs)
    .values({ kind: "notice", dedupeKey, dueAt: now, finishedAt: now })
    .onConflictDoNothing()
    .returning({ id: jobs.id })
  if (said.length === 0) return
  const to = await tx
    .select({ name: agents.name, address: agents.email })
    .from(agents)
    .where(and(whom, isNull(agents.deactivatedAt)))
  const [box] = await tx
    .select({ id: mailboxes.id })
    .from(mailboxes)
    .where(isNull(mailboxes.closedAt))
    // A paused one would keep it back, often the very news that it is paused.
    .orderBy(sql`${mailboxes.pausedAt} is not null`, asc(mailboxes.id))
    .limit(1)
  if (!box || to.length === 0) return
  const mail = { kind: "notice", mailboxId: box.id, caseNumber: null, to } as const
  await postAutomatic(tx, { ...mail, subject, text, inReplyTo: null, replyTo: null }, now)
}
