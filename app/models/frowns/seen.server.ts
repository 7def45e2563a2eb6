import { inArray, type SQL, sql } from "drizzle-orm"
import { frowns } from "#db/tables/frowns.ts"
import type { Face } from "../ratings/face.ts"
import { asRows, type Family, familyOf, list, type Source } from "./family.server.ts"
import type { Seen } from "./follow.ts"

export type FrownRow = typeof frowns.$inferSelect

/** Frowns with what has happened around them, five questions however many they are. */
export async function seenOf(from: Source, ids: readonly number[]): Promise<{ frown: FrownRow; seen: Seen }[]> {
  if (ids.length === 0) return []
  const rows = await from
    .select()
    .from(frowns)
    .where(inArray(frowns.id, [...ids]))
    .orderBy(frowns.id)
  const family = await familyOf(from, ids)
  const contacts = await contactsOf(from, family)
  const rated = await ratedOf(from, family)
  const people = await peopleOf(from, family)
  return rows.map((frown) => ({
    frown,
    seen: {
      contacts: contacts.filter((each) => each.frown === frown.id),
      rated: rated.filter((each) => each.frown === frown.id),
      ...(people.get(frown.id) ?? nobody),
    },
  }))
}

const idsIn = (family: Family) => list([...new Set(family.map(({ frown }) => frown))])

const nobody = { spokeAt: null, reachable: true, ownerLeft: false, ownerActiveAt: null }

/** Human replies written after a frown opened, at the moment they left; one that bounced reached nobody. */
async function contactsOf(from: Source, family: Family) {
  const rows = await from.execute<{ frown: string; at: string; agent: string }>(sql`
    select f.id as frown, coalesce(s.sent_at, s.kept_at) as at, m.agent_id as agent
      from ${asRows(family)} join frowns f on f.id = family.frown
      join messages m on m.case_number = family.number and m.kind = 'reply' and m.agent_id is not null
      join mail_to_send s on s.message_id = m.id
     where m.at > f.opened_at and (s.sent_at is not null or s.kept_at is not null) and not ${bounced}
       and (m.case_number = f.case_number or f.customer_id is null or ${reached})
     order by at`)
  return rows.map((row) => ({ frown: Number(row.frown), at: new Date(row.at), agentId: Number(row.agent) }))
}

/** What was written in a case it was merged with reached them when it is theirs too, or went to an address of theirs. */
const reached: SQL = sql`exists (
  select 1 from frowns j where (j.id = f.id or j.joined_into = f.id) and (
    exists (select 1 from cases c where c.number = m.case_number and c.customer_id = j.customer_id)
    or exists (select 1 from customer_addresses a where a.customer_id = j.customer_id
                  and (m."to" || m.cc) @> jsonb_build_array(jsonb_build_object('address', a.address)))))`

const bounced: SQL = sql`(
  exists (select 1 from rating_requests q where q.reply_id = m.id and q.bounced_at is not null)
  or (select bool_and(r.state in ('refused', 'bounced')) from mail_recipients r where r.mail_id = s.id) is true)`

/**
 * The rated replies a frown follows: those it is about, and those that followed it up, marked or not.
 * A vote given by telephone is our word for it, so it is left out.
 */
async function ratedOf(from: Source, family: Family) {
  const rows = await from.execute<RatedRow>(sql`
    with followed(frown, request, frowned) as (
      select fr.frown_id, fr.request_id, true from frown_ratings fr where fr.frown_id = any(${idsIn(family)})
      union
      select f.id, q.id, false
        from ${asRows(family)} join frowns f on f.id = family.frown
        join rating_requests q on q.case_number = family.number
        join messages m on m.id = q.reply_id
       where (q.recovery_frown_id in (select r.id from frowns r where f.id in (r.id, r.joined_into)) or (m.at > f.opened_at and (f.closed_at is null or m.at <= f.closed_at)))
         and not exists (select 1 from frown_ratings fr where fr.request_id = q.id))
    select l.frown, l.frowned, r.voided_at is not null as voided,
           coalesce(jsonb_agg(jsonb_build_object(
             'at', coalesce(v.at, r.last_at), 'settledAt', coalesce(v.settled_at, r.settled_at),
             'face', coalesce(v.face, r.standing)) order by v.id) filter (where v.mode is distinct from 'phone'),
             '[]') as votes
      from followed l join ratings r on r.request_id = l.request
      left join rating_votes v
        on v.request_id = l.request and v.status = 'accepted' and v.settled_at is not null
     group by l.frown, l.request, l.frowned, r.voided_at`)
  return rows.map(({ frown, frowned, voided, votes }) => ({
    frown: Number(frown),
    frowned,
    voided,
    votes: votes.map(({ at, settledAt, face }) => ({ at: new Date(at), settledAt: new Date(settledAt), face })),
  }))
}

type RatedRow = {
  frown: string
  frowned: boolean
  voided: boolean
  votes: { at: string; settledAt: string; face: Face }[]
}

type PeopleRow = { frown: string; spoke: string | null; reachable: boolean; left: boolean; active: string | null }

/** When the customer last wrote, whether mail reaches them, and what the owner has been doing. */
async function peopleOf(from: Source, family: Family) {
  const rows = await from.execute<PeopleRow>(sql`
    with family as materialized (select * from ${asRows(family)})
    select f.id as frown, a.deactivated_at is not null as left,
           (select max(m.at) from family join messages m on m.case_number = family.number
             where family.frown = f.id and m.kind = 'email' and m.machine is null and not m.unverified) as spoke,
           (select coalesce(bool_or(c.undeliverable_at is null), true)
              from customer_addresses c where c.customer_id = f.customer_id) as reachable,
           greatest(
             (select max(d.saved_at) from family join drafts d on d.case_number = family.number
               where family.frown = f.id and d.agent_id = f.owner_id),
             (select max(e.at) from frown_events e where e.frown_id = f.id and e.agent_id = f.owner_id)) as active
      from frowns f left join agents a on a.id = f.owner_id
     where f.id = any(${idsIn(family)})`)
  return new Map(rows.map((row) => [Number(row.frown), asPeople(row)]))
}

const asPeople = ({ spoke, reachable, left, active }: PeopleRow) => ({
  spokeAt: spoke === null ? null : new Date(spoke),
  reachable,
  ownerLeft: left,
  ownerActiveAt: active === null ? null : new Date(active),
})
