import { sql } from "drizzle-orm"
import { db, ts } from "#db/connection.server.ts"
import { addressWords } from "../models/mail/delivery.ts"
import { unreadSettings } from "../models/people/settings.server.ts"
import type { Facts } from "./facts.ts"

const isOpen = sql`m.sent_at is null and m.kept_at is null and m.failed_at is null and m.unconfirmed_at is null`

/**
 * A server that takes nobody at the first knock is no trouble: it takes the second (RFC 6647). Tried three times without
 * any answer, it is the desk that fails on it.
 */
const isPutOff = sql`m.attempts > 0 and (m.last_answer <> '' or m.attempts >= 3) and m.last_answer not like 'Waits: %'
  and not (m.attempts = 1 and m.last_answer ~* 'gr[ea]y-? ?list')`

const server = sql`coalesce(lower(a.host) || ':' || a.port, '')`

/** Open mail that a server put off, by the server it goes to; '' is the desk's own. */
const deferred = sql`select ${server} as server, count(*)::int as count, min(m.undo_until) as since,
    (array_agg(m.last_answer order by m.due_at desc))[1] as said, min(m.due_at) as next,
    array_agg(distinct coalesce(b.name, 'the desk')) as boxes
  from mail_to_send m left join mailboxes b on b.id = m.mailbox_id left join smtp_accounts a on a.mailbox_id = b.id
  where ${isOpen} and ${isPutOff} and b.paused_at is null group by 1`

const paused = sql`select b.id, b.name, b.paused_at as since, coalesce(b.paused_because, '') as said,
    (select count(*)::int from mail_to_send m where m.mailbox_id = b.id and ${isOpen}) as count
  from mailboxes b where b.paused_at is not null and b.closed_at is null`

const held = sql`select count(*)::int as count, min(m.undo_until) as since from mail_to_send m
  where ${isOpen} and m.last_answer = ${addressWords} having count(*) > 0`

/** Somebody has dealt with it: answered in the case since, closed it, or called it spam. */
const isSettled = sql`exists (select from cases c where c.number = m.case_number
    and (c.closed_at > m.failed_at or c.spam_at is not null))
  or exists (select from mail_to_send n where n.case_number = m.case_number and n.id > m.id and n.sent_at is not null)`

const failed = (since: Date) => sql`select count(*)::int as count, min(m.failed_at) as since, min(m.id)::float8 as id,
    (array_agg(m.last_answer order by m.failed_at desc))[1] as said
  from mail_to_send m where m.failed_at > ${ts(since)} and not (${isSettled}) having count(*) > 0`

const unconfirmed = sql`select count(*)::int as count, min(m.unconfirmed_at) as since, min(m.id)::float8 as id
  from mail_to_send m where m.unconfirmed_at is not null having count(*) > 0`

/** Refused for good within the hour, where fewer were taken. */
const refused = (since: Date) => sql`select f.server, f.count, f.since, f.said from (
    select ${server} as server, count(*)::int as count, min(m.failed_at) as since, array_agg(m.mailbox_id) as boxes,
      (array_agg(m.last_answer order by m.failed_at desc))[1] as said
    from mail_to_send m left join smtp_accounts a on a.mailbox_id = m.mailbox_id
    where m.failed_at > ${ts(since)} and m.last_answer ~ '5[0-9]{2}' group by 1 having count(*) >= 3) f
  where f.count > (select count(*) from mail_to_send m where m.mailbox_id = any(f.boxes) and m.dot_at > ${ts(since)}
    and m.sent_at is not null)`

const fetched = sql`select b.id, b.name, i.host, i.paused_at as "pausedAt", i.seen_at as "seenAt", i.set_up_at as "setUpAt",
    i.problem as said, i.problem_at as "problemAt"
  from imap_accounts i join mailboxes b on b.id = i.mailbox_id and b.closed_at is null where i.problem is not null`

const withheld = sql`select b.id, b.name, count(*)::int as count, min(s.since) as since, max(s.words) as said
  from imap_set_aside s join mailboxes b on b.id = s.mailbox_id and b.closed_at is null group by 1, 2`

const unreadable = sql`select count(*)::int as count, min(r.handled_at) as since, min(r.case_number)::float8 as case,
    max(r.because) as said
  from mail_received r left join cases c on c.number = r.case_number
  where r.fate = 'failed' and c.closed_at is null and c.spam_at is null having count(*) > 0`

const notFiled = sql`select count(*)::int as count, min(received_at) as since, max(last_error) as said
  from mail_received where fate is null and attempts > 1 and last_error is not null having count(*) > 0`

const jobs = sql`select kind, count(*)::int as count, min(due_at) as since, max(attempts)::int as attempts,
    coalesce(max(last_error), '') as said
  from jobs where finished_at is null and attempts >= 3 and last_error is not null group by 1`

/** Domains with keys, none of which signs. */
const unsigned = sql`select k.domain, min(k.created_at) as since, max(k.check_words) as said,
    (select min(b.id)::float8 from mailboxes b where b.closed_at is null and b.address like '%@' || k.domain) as box
  from dkim_keys k group by 1 having bool_and(k.published_at is null)`

/** Kept until the server takes mail again. */
const rests = sql`select host, words as said from smtp_hosts`

const rounds = sql`select name, since, times, words as said from round_faults`

const list = (rows: ReturnType<typeof sql>) => sql`(select coalesce(jsonb_agg(to_jsonb(q)), '[]') from (${rows}) q)`

/** Everything that may be wrong, in one question: every page of an admin asks it. */
export async function warningFacts(now: Date): Promise<Facts> {
  const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  const [[row], unread] = await Promise.all([
    db.execute<{ facts: Facts }>(sql`select jsonb_build_object(
      'deferred', ${list(deferred)}, 'rests', ${list(rests)}, 'paused', ${list(paused)}, 'held', ${list(held)},
      'failed', ${list(failed(before(7 * 24)))}, 'unconfirmed', ${list(unconfirmed)},
      'refused', ${list(refused(before(1)))}, 'fetched', ${list(fetched)}, 'withheld', ${list(withheld)},
      'unreadable', ${list(unreadable)}, 'notFiled', ${list(notFiled)}, 'jobs', ${list(jobs)},
      'unsigned', ${list(unsigned)}, 'rounds', ${list(rounds)}) as facts`),
    unreadSettings(),
  ])
  if (!row) throw new Error("no answer to what is wrong")
  return { ...row.facts, unread }
}
