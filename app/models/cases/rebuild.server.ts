import { eq, inArray, type SQL, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import { lockCase } from "./case.server.ts"
import { previewOf } from "./case.ts"
import { familyOf, pathOf } from "./family.server.ts"
import { changeCase } from "./merged-facts.server.ts"

type Row = {
  number: number
  lastMessageAt: Date
  lastMessageId: number | null
  messageCount: number
  preview: string
  firstAnsweredAt: Date | null
}
type Facts = Omit<Row, "number">

const atOnce = 5000

/**
 * Makes what a case knows about its messages again from the messages, and says in a line each what was different.
 * Cases are locked as they are read, so nobody appends to one in between.
 */
export async function rebuildCases(tx: Tx): Promise<string[]> {
  const differences: string[] = []
  let rows = await casesAfter(tx, 0)
  while (rows.length > 0) {
    for (const { kept, made } of rows) {
      const changed = columns.filter((column) => said(kept[column]) !== said(made[column]))
      if (changed.length === 0) continue
      for (const column of changed)
        differences.push(`case ${kept.number}: ${column} was ${said(kept[column])}, is ${said(made[column])}`)
      await tx.update(cases).set(made).where(eq(cases.number, kept.number))
    }
    rows = await casesAfter(tx, rows.at(-1)?.kept.number ?? 0)
  }
  return differences
}

/** The same for one case, which the caller has locked: after a message has gone to another. Whoever waits still does. */
export async function remakeCase(tx: Tx, number: number) {
  await remakeMessages(tx, number)
  const kase = await lockCase(tx, number)
  const [waits] = await tx
    .select({ since: sql<Date | null>`min(${messages.at})`.mapWith(messages.at) })
    .from(messages)
    .where(sql`${messages.caseNumber} = ${number} and kind = 'email' and machine is null and not unverified
      and id > coalesce((select max(r.id) from messages r where r.case_number = ${number} and r.kind = 'reply'), 0)`)
  const since = waits?.since ?? null
  if (kase) await changeCase(tx, kase, (facts) => (facts.waitingSince ? { ...facts, waitingSince: since } : facts))
}

/** What it and the cases it went into know about their messages. */
export async function remakeMessages(tx: Tx, number: number) {
  const path = await pathOf(tx, number)
  for (const { kept, made } of await casesWhere(tx, inArray(cases.number, path)))
    await tx.update(cases).set(made).where(eq(cases.number, kept.number))
}

const columns = ["lastMessageAt", "lastMessageId", "messageCount", "preview", "firstAnsweredAt"] as const

const casesAfter = (tx: Tx, number: number) => casesWhere(tx, sql`${cases.number} > ${number}`)

async function casesWhere(tx: Tx, condition: SQL): Promise<{ kept: Row; made: Facts }[]> {
  const { lastMessageAt, lastMessageId, messageCount, preview, firstAnsweredAt } = cases
  const rows = await tx
    .select({
      kept: { number: cases.number, lastMessageAt, lastMessageId, messageCount, preview, firstAnsweredAt },
      // A case nobody has written in yet was last touched when it was opened.
      lastAt: sql<Date>`greatest(${cases.openedAt}, found.last_at)`.mapWith(cases.openedAt),
      lastId: sql<number | null>`found.last_id::float8`,
      count: sql<number>`found.count`,
      answeredAt: sql<Date | null>`found.answered_at`.mapWith(cases.openedAt),
      words: sql<string>`coalesce((select left(m.new_text, 700) from messages m
        where m.case_number = ${cases.number} order by m.id desc limit 1), '')`,
    })
    .from(cases)
    .innerJoin(sql`lateral (${ofMessages}) as found`, sql`true`)
    .where(condition)
    .orderBy(cases.number)
    .limit(atOnce)
    .for("update", { of: cases })
  return rows.map(({ kept, lastAt, lastId, count, answeredAt, words }) => ({
    kept,
    made: {
      ...{ lastMessageAt: lastAt, lastMessageId: lastId, messageCount: count, firstAnsweredAt: answeredAt },
      preview: previewOf(words),
    },
  }))
}

/** Of a case with all that was merged into it, but for words, which each keeps to its own mailbox. */
const ofMessages = sql`
  select count(*)::int as count, max(m.at) as last_at, max(m.id) as last_id,
         (array_agg(m.at order by m.id) filter (where m.kind = 'reply'))[1] as answered_at
    from messages m
   where m.case_number = ${cases.number}
      or (${cases.factsIn} is not null and m.case_number = any(array(${familyOf(sql`${cases.number}`)})))`

function said(value: Facts[keyof Facts]) {
  return value instanceof Date ? value.toISOString() : JSON.stringify(value)
}
