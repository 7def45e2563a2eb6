import { sql } from "drizzle-orm"
import { jiraIssueIn } from "#db/columns.ts"
import type { Tx } from "#db/connection.server.ts"
import type { Email } from "#emails/incoming/email.ts"
import { readMarker, readOurMessageId, readReplyAddress, readReturnPath } from "#emails/signed.server.ts"
import { familyOf } from "../cases/family.server.ts"
import { secretKey } from "../people/secret.server.ts"
import { organisationOf } from "./likeness.ts"
import { missingNames } from "./missing-parents.server.ts"
import type { Pointer } from "./place.ts"
import { answeredIds, jiraIssues, storedId, tokenPlaces } from "./threading.ts"

/** `filedIn`: of the cases that were merged, the one it names, or that which its sender takes part in. */
export type Pointed = Pointer & { agentId: number | null; filedIn: number }

type Asked = { rank: number; by: Pointer["by"] } & Named
/**
 * A case by its number, a mail of ours by its own, a message by its id, those about an issue of Jira, or those that name
 * an id nothing here bears, in a case of one of these people.
 */
type Named = { number?: number; mail?: number; id?: string; issue?: string; missing?: string; people?: string[] }
type Row = {
  by: Pointer["by"]
  origin: number
  living: number
  agent_id: number | null
  closed_at: string | null
  takes_part: number[] | null
  requesters: string[] | null
}
type Asker = {
  envelopeTo: string[]
  /** Null: nobody who could take part. */
  sender: string | null
  /** A case closed before this is not reopened any more; null: every case is. */
  closedBefore: Date | null
  /** History: whoever wrote it, it belongs to the thread that it names. */
  isHistory?: boolean
}

/** The cases a mail points at, the surest first, with whether `sender` takes part there or in what they were merged with. */
export async function pointersOf(tx: Tx, email: Email, asker: Asker): Promise<Pointed[]> {
  const { sender, closedBefore, isHistory = false } = asker
  const asked = askedBy(email, asker)
  if (asked.length === 0) return []
  const rows = await tx.execute<Row>(sql`
    with recursive asked as (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        as x(rank int, by text, number bigint, mail bigint, id text, issue text, missing text, people jsonb)
    ), pointed as (
      select rank, by, number from asked where number is not null
      union all
      select a.rank, a.by, m.case_number from asked a join mail_to_send m on m.id = a.mail
      union all
      select a.rank, case m.kind when 'reply' then 'our message' else 'their message' end, m.case_number
        from asked a join messages m on m.rfc_message_id = a.id
      union all
      select a.rank, a.by, m.case_number
        from asked a join messages m on ${jiraIssueIn(sql`m.rfc_message_id`)} = a.issue
       where m.rfc_message_id like '<JIRA.%'
      union all
      select a.rank, a.by, m.case_number from asked a cross join lateral (
        select m.case_number from missing_parents t join messages m on m.id = t.message_id
         where t.rfc_message_id = a.missing and (${isHistory} or exists (
           select from participants p where p.case_number = m.case_number and a.people ? p.address and p.standing <> 'pending'))
         order by t.message_id limit ${mostMates}) m
    ), walk as (
      select rank, by, number as origin, number from pointed
      union
      select w.rank, w.by, w.origin, c.merged_into
        from walk w join cases c on c.number = w.number where c.merged_into is not null
    )
    select w.by, w.origin::float8 as origin, c.number::float8 as living, c.agent_id::float8 as agent_id, c.closed_at,
           array_agg(distinct r.address) filter (where r.address is not null) as requesters,
           array_agg(distinct p.number::float8) filter (where p.number is not null) as takes_part
      from walk w join cases c on c.number = w.number and c.merged_into is null
      left join participants r on r.case_number in (c.number, w.origin) and r.standing = 'requester'
      left join lateral (
        select m.number from cases m
         where m.number = any(array(${familyOf(sql`c.number`)}))
           and (exists (select from participants p where p.case_number = m.number and p.address = ${sender}
                           and p.standing <> 'pending')
             or exists (select from customer_addresses a where a.address = ${sender} and a.customer_id = m.customer_id))
      ) p on true
     group by w.rank, w.by, w.origin, c.number, c.agent_id, c.closed_at
     order by w.rank, c.number, w.origin`)
  const organisation = sender === null ? null : organisationOf(sender)
  return rows.map(({ by, origin, living, agent_id, closed_at, takes_part, requesters }) => ({
    by,
    caseNumber: living,
    filedIn: placeIn(origin, living, takes_part ?? []),
    agentId: agent_id,
    isParticipant: takes_part !== null,
    isColleague: organisation !== null && (requesters ?? []).some((one) => organisationOf(one) === organisation),
    isLongClosed: closed_at !== null && closedBefore !== null && new Date(closed_at) < closedBefore,
  }))
}

/** Whoever takes part in the named case writes there; whoever came with another one writes in that. */
function placeIn(origin: number, living: number, takesPart: readonly number[]) {
  return [origin, living, ...takesPart].find((number) => takesPart.includes(number)) ?? origin
}

/** Of the cases that name the same missing id, the oldest are enough to say where a mail belongs. */
const mostMates = 5

/** What in a mail may name a case: only what we signed, and ids, of which those in our form must bear our signature. */
function askedBy(email: Email, { envelopeTo, sender }: Asker): Asked[] {
  const addressKey = secretKey("reply address")
  const places = tokenPlaces(envelopeTo, email)
  const tokens = places.flatMap((place): Omit<Asked, "rank">[] => {
    const reply = readReplyAddress(place, addressKey)
    if (reply) return [{ by: "reply token", number: reply.caseNumber }]
    const bounced = readReturnPath(place, addressKey)
    return bounced ? [{ by: "our message", mail: bounced.mailId }] : []
  })
  const idKey = secretKey("message id")
  const ids = answeredIds(email).filter((id) => readOurMessageId(id, idKey) !== "forged")
  const marked = tokens.length > 0 ? null : readMarker(`${email.text}\n${email.html ?? ""}`, addressKey)
  const rest: Omit<Asked, "rank">[] = [
    ...ids.map((id) => ({ by: "their message", id: storedId(id) }) as const),
    ...jiraIssues(email).map((issue) => ({ by: "their message", issue }) as const),
    ...(marked === null ? [] : [{ by: "marker", number: marked } as const]),
    ...missingNames(email, sender),
  ]
  return [...tokens, ...rest].map((one, rank) => ({ ...one, rank }))
}
