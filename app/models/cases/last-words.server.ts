import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import type { Viewer } from "../people/agent.ts"
import { previewOf } from "./case.ts"
import { familyOf } from "./family.server.ts"
import { inMailboxesOf } from "./visible.server.ts"

type Row = { number: number; from: { name: string; address: string }; words: string }

/** What was said last in each case and in those merged into it, of what the viewer may read. */
export async function lastWordsIn(viewer: Pick<Viewer, "mailboxIds">, numbers: readonly number[]) {
  if (numbers.length === 0) return new Map<number, { from: string; text: string }>()
  const rows = await db.execute<Row>(sql`
    select c.number::float8 as number, m."from", left(m.new_text, 700) as words
      from unnest(${`{${numbers.join(",")}}`}::bigint[]) as c(number), lateral (
        select said."from", said.new_text from messages said
         where said.case_number = any(array(${familyOf(sql`c.number`)} where ${inMailboxesOf(viewer, sql`mailbox_id`)}))
         order by said.id desc limit 1) m`)
  return new Map(
    rows.map(
      ({ number, from, words }) => [number, { from: from.name || from.address, text: previewOf(words) }] as const,
    ),
  )
}
