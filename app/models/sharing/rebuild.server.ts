import { sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { switchZone } from "../ratings/tally-zone.server.ts"

type Line = { day: string; mailbox: number; agent: number; was: number; is: number }

/**
 * Makes the daily count of replies again from the replies that left, and says in a line each what was different.
 * What leaves meanwhile waits until the transaction ends.
 */
export async function rebuildReplies(tx: Tx): Promise<string[]> {
  const lines = await differing(tx, await switchZone(tx))
  for (const { day, mailbox, agent, is } of lines)
    await tx.execute(
      is === 0
        ? sql`delete from reply_tallies where day = ${day}::date and mailbox_id = ${mailbox} and agent_id = ${agent}`
        : sql`insert into reply_tallies (day, mailbox_id, agent_id, replies) values (${day}::date, ${mailbox}, ${agent}, ${is})
              on conflict (day, mailbox_id, agent_id) do update set replies = excluded.replies`,
    )
  return lines.map(
    ({ day, mailbox, agent, was, is }) => `replies of ${day}, mailbox ${mailbox}, agent ${agent}: was ${was}, is ${is}`,
  )
}

/**
 * A reply counts from the day its mail was first taken by anybody's server, or kept; one without any mail is history
 * and counts from when it was written.
 */
async function differing(tx: Tx, zone: string): Promise<Line[]> {
  const rows = await tx.execute<Line>(sql`
    with gone as (
      select r.mail_id, min(r.at) as at from mail_recipients r where r.state in ('accepted', 'bounced') group by 1
    ), counted as (
      select (coalesce(s.kept_at, least(s.sent_at, gone.at), case when s.id is null then m.at end)
               at time zone ${zone})::date as day,
             coalesce(s.mailbox_id, c.mailbox_id) as mailbox, m.agent_id as agent, count(*)::int as replies
        from messages m join cases c on c.number = m.case_number
        left join mail_to_send s on s.message_id = m.id
        left join gone on gone.mail_id = s.id
       where m.kind = 'reply' and m.agent_id is not null
       group by 1, 2, 3
    )
    select coalesce(k.day, t.day)::text as day, coalesce(k.mailbox, t.mailbox_id)::float8 as mailbox,
           coalesce(k.agent, t.agent_id)::float8 as agent,
           coalesce(t.replies, 0) as was, coalesce(k.replies, 0) as is
      from (select * from counted where day is not null) k
      full join reply_tallies t on t.day = k.day and t.mailbox_id = k.mailbox and t.agent_id = k.agent
     where coalesce(t.replies, 0) <> coalesce(k.replies, 0)
     order by 1, 2, 3`)
  return [...rows]
}
