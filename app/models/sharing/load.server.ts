import { and, asc, eq, sql } from "drizzle-orm"
import { announce, wake } from "#db/announce.server.ts"
import { db, type Tx, ts } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { replyTallies } from "#db/tables/sharing.ts"
import { waitingOnUs } from "../cases/waiting.server.ts"
import { isAtLeast, type Presence, type PresenceState, presenceOf, type Role, type Viewer } from "../people/agent.ts"
import { hoursOf } from "../people/agent-hours.server.ts"
import { hereUntil } from "../people/away.ts"
import { dayOf, startOfDay } from "../people/hours.ts"
import { once } from "../people/idempotency.server.ts"
import { colleaguesOf } from "../people/mailbox.server.ts"
import { hoursColumns, hoursFrom } from "../people/peoples-hours.server.ts"
import { setting } from "../people/settings.server.ts"
import { zoneToCountIn } from "../ratings/tally-zone.server.ts"
import { goneSince } from "./today.ts"

export type Load = {
  agentId: number
  email: string
  name: string
  role: Role
  presence: Presence
  /** They have no password yet, so that no case is given to them. */
  isInvited: boolean
  /** When they last turned their switch. */
  switchedAt: Date | null
  /** Since when they have not been present; null while they are, or where nobody knows. */
  goneSince: Date | null
  limit: number
  load: number
  givenToday: number
  answeredToday: number
  waitingLongest: Date | null
  lastReplyAt: Date | null
}

/** Everyone with an account: where they are, what they carry, what they were given and answered today. */
export async function loads(now: Date): Promise<Load[]> {
  const timeZone = await setting("desk.timeZone")
  const today = ts(startOfDay(now, timeZone))
  const held = sql`from cases where cases.agent_id = agents.id and ${waitingOnUs(now)}`
  const rows = await db
    .select({
      agent: agents,
      load: sql<number>`(select count(*)::int ${held})`,
      waitingLongest: sql<string | null>`(select min(waiting_since) ${held})`,
      givenToday: sql<number>`(select count(*)::int from assignments g where g.to_agent_id = agents.id and g.at >= ${today})`,
      answeredToday: sql<number>`(select count(*)::int from messages m where m.agent_id = agents.id and m.kind = 'reply' and m.at >= ${today})`,
      lastReplyAt: sql<
        string | null
      >`(select max(m.at) from messages m where m.agent_id = agents.id and m.kind = 'reply')`,
      ...hoursColumns(now),
    })
    .from(agents)
    .where(sql`${agents.deactivatedAt} is null`)
    .orderBy(asc(sql`${agents.name} collate "und-x-icu"`), asc(agents.id))
  return rows.map(({ agent, week, absences, holidays, waitingLongest, lastReplyAt, ...counts }) => {
    const { id: agentId, email, name, role, loadLimit: limit } = agent
    const hours = hoursFrom({ timeZone: agent.timeZone, week, absences, holidays }, timeZone)
    const presence = presenceOf(agent, hours, now)
    const moment = (text: string | null) => (text === null ? null : new Date(text))
    return {
      agentId,
      email,
      name,
      role,
      presence,
      isInvited: agent.passwordHash === null,
      switchedAt: agent.switchedAt,
      goneSince: presence.state === "present" ? null : goneSince(agent, hours, now),
      limit,
      ...counts,
      waitingLongest: moment(waitingLongest),
      lastReplyAt: moment(lastReplyAt),
    }
  })
}

/** Those of them who answer a mailbox the viewer reaches. */
export async function loadsFor(viewer: Viewer, now: Date): Promise<Load[]> {
  const [everybody, known] = await Promise.all([loads(now), colleaguesOf(viewer)])
  return everybody.filter(({ agentId }) => known.has(agentId))
}

type OfAuthor = { agentId: number; mailboxId: number }

/** Counts replies that left, for emails per agent per day. The rows are locked in one order by everybody. */
export async function countReplies(tx: Tx, replies: readonly OfAuthor[], now: Date) {
  if (replies.length === 0) return
  const day = dayOf(now, await zoneToCountIn(tx))
  await tx.execute(sql`
    insert into reply_tallies (day, mailbox_id, agent_id, replies)
    select ${day}::date, "mailboxId", "agentId", count(*)
      from jsonb_to_recordset(${JSON.stringify(replies)}::jsonb) as r("mailboxId" bigint, "agentId" bigint)
     group by 2, 3 order by 2, 3
    on conflict (day, mailbox_id, agent_id) do update set replies = reply_tallies.replies + excluded.replies`)
}

/** Takes back one that was counted at that moment. */
export async function uncountReply(tx: Tx, { agentId, mailboxId }: { agentId: number; mailboxId: number }, at: Date) {
  const day = dayOf(at, await zoneToCountIn(tx))
  const { day: dayIn, mailboxId: mailboxIn, agentId: agentIn, replies } = replyTallies
  const here = and(eq(dayIn, day), eq(mailboxIn, mailboxId), eq(agentIn, agentId))
  await tx
    .update(replyTallies)
    .set({ replies: sql`${replies} - 1` })
    .where(here)
  await tx.delete(replyTallies).where(and(here, eq(replies, 0)))
}

/** Turns a person's switch: their own, or anyone's for a lead. The sweep then gives out, or back, what follows from it. */
export async function setPresence(
  viewer: Viewer,
  agentId: number,
  state: PresenceState,
  until: Date | null,
  now: Date,
) {
  if (viewer.id !== agentId && !isAtLeast(viewer, "lead")) return "not yours"
  if (until && until <= now) return "until is past"
  const hours = state === "present" && until === null ? await hoursOf(agentId, now) : null
  const switchedUntil = hours ? hereUntil(hours, now) : until
  return changed(viewer, agentId, { switchedTo: state, switchedAt: now, switchedUntil }, now)
}

/** How many cases waiting on us a person takes, 1 to 100. */
export async function setLimit(viewer: Viewer, agentId: number, limit: number, now: Date) {
  if (!isAtLeast(viewer, "lead")) return "not yours"
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return "not a limit"
  return changed(viewer, agentId, { loadLimit: limit }, now)
}

async function changed(viewer: Viewer, agentId: number, facts: Partial<typeof agents.$inferInsert>, now: Date) {
  return once(viewer, "change agent", async (tx) => {
    const active = and(eq(agents.id, agentId), sql`${agents.deactivatedAt} is null`)
    const [row] = await tx.update(agents).set(facts).where(active).returning({ id: agents.id })
    if (!row) return "no such agent"
    await announce(tx, { kind: "presence", agentId }, now)
    await wake(tx, "jobs")
    return "changed"
  })
}
