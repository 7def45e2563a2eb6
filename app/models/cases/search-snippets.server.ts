import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import type { Viewer } from "../people/agent.ts"
import type { Term } from "./search-term.ts"
import { excerpt, marked, needlesFor, type Snippet } from "./snippet.ts"
import { inMailboxesOf } from "./visible.server.ts"

type Text = { number: string; subject: string; kind: NonNullable<Snippet["from"]>; text: string }

/** So much of each text is looked at, and so many of the latest of a case. */
const longest = 4000
const mostOfEach = 8

/** Where what was searched for stands in each of these cases, as far as the viewer may read them. */
export async function snippetsFor(viewer: Viewer, numbers: readonly number[], terms: readonly Term[]) {
  const needles = needlesFor(terms)
  const found = new Map<number, Snippet>()
  if (numbers.length === 0 || needles.length === 0) return found
  const most = new Map<number, number>()
  for (const { number, subject, kind, text } of await textsOf(viewer, numbers)) {
    const at = Number(number)
    if (!found.has(at)) found.set(at, { subject: marked(subject, needles), words: [], from: null })
    const best = excerpt(text, needles)
    if (!best || best.found <= (most.get(at) ?? 0)) continue
    most.set(at, best.found)
    found.set(at, { subject: marked(subject, needles), words: best.words, from: kind })
  }
  return found
}

/** The latest texts of each, those of cases that went into it among them. */
async function textsOf(viewer: Viewer, numbers: readonly number[]): Promise<Text[]> {
  const notes =
    viewer.id === null
      ? sql``
      : sql`union all (select 'note', body, at from notes where case_number = f.number order by id desc limit ${mostOfEach})`
  return db.execute<Text>(sql`
    select asked.number, c.subject, said.kind, said.text
      from unnest(${`{${numbers.join(",")}}`}::bigint[]) asked(number) join cases c on c.number = asked.number
     cross join lateral (
        with recursive down(number, mailbox_id) as (
          select c.number, c.mailbox_id
          union all select m.number, m.mailbox_id from down join cases m on m.merged_into = down.number)
        select number from down where ${inMailboxesOf(viewer, sql`mailbox_id`)}) f
     cross join lateral (
        (select kind, left(new_text, ${longest}) as text, at from messages where case_number = f.number order by id desc limit ${mostOfEach})
        union all (select 'file', a.filename, a.created_at from messages m join attachments a on a.message_id = m.id
                    where m.case_number = f.number order by a.id desc limit ${mostOfEach})
        union all (select 'people', string_agg(name || ' <' || address || '>', ', '), null from participants where case_number = f.number)
        union all (select 'people', string_agg((p ->> 'name') || ' <' || (p ->> 'address') || '>', ', '), null
                     from messages m, jsonb_array_elements(m.cc || m."to") p where m.case_number = f.number)
        ${notes}) said
     where said.text is not null
     order by said.at desc nulls last`)
}
