import { sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { inThread } from "#emails/incoming/threads.server.ts"
import { documentOf, type Searchable } from "./search-document.ts"
import { longestCase, longestText, searchablesOf } from "./searchable.server.ts"

/** Marks a row whose root has words in other rows too (`is_shared`), so that the index finds those alone. */
export const sharedMark = "'x='"

/** How many cases are made in one transaction: others who need the same wait for it. */
const atOnce = 40

/**
 * Makes the words of the cases that have waited longest; false when none waits. What several processes take at the same
 * moment is never the same.
 */
export async function makeWordsDue(): Promise<boolean> {
  return (await makeSome(sql`order by id limit ${atOnce} for update skip locked`)) > 0
}

/** For whoever doubts them: the words of every case are made again, the old ones found meanwhile. */
export async function makeAllWordsAgain(): Promise<number> {
  const queued = await db.execute(sql`
    insert into case_words_due (case_number) select number from cases
     where number not in (select case_number from case_words_due) order by number returning id`)
  return queued.length
}

/** Makes those that came last, so that whoever searches finds what was just written. */
export async function makeLatestWords() {
  const due = await wordsDue(mostWaitedFor + 1)
  if (due === 0) return
  // In a long queue another process is at its end; within reach of it one waits until that is done.
  await makeSome(sql`order by id desc limit ${due > mostWaitedFor ? atOnce : mostWaitedFor} for update`)
}

/** Those that a search does not wait for; counted no further than anybody would. */
export async function casesUnread(): Promise<number> {
  const due = await wordsDue(10_000)
  return due > mostWaitedFor ? due : 0
}

const mostWaitedFor = 200

/** How many wait. Counting them all takes a while, so whoever is in a hurry says how far. */
export async function wordsDue(atMost: number): Promise<number> {
  const [row] = await db.execute<{ due: number }>(
    sql`select count(distinct case_number)::int as due
          from (select case_number from case_words_due limit ${atMost}) as waiting`,
  )
  return row?.due ?? 0
}

async function makeSome(which: ReturnType<typeof sql>): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx.execute<Due>(sql`
      select id, case_number as number from case_words_due ${which}`)
    if (due.length === 0) return 0
    const numbers = await readAtOnce(tx, [...new Set(due.map(({ number }) => Number(number)))])
    await makeWords(tx, numbers)
    const made = due.filter(({ number }) => numbers.includes(Number(number)))
    await tx.execute(sql`delete from case_words_due where id = any(${list(made.map(({ id }) => id))}::bigint[])`)
    return made.length
  })
}

type Due = { id: string; number: string }

/** So many of these cases, in their order, as are not too much to read in one go; one at least. */
async function readAtOnce(tx: Tx, numbers: number[]): Promise<number[]> {
  const rows = await tx.execute<{ number: string }>(sql`
    select number from (
      select asked.number, asked.place, coalesce(sum(said.size) over (order by asked.place), 0) as so
        from unnest(${list(numbers)}::bigint[]) with ordinality asked(number, place)
        left join lateral (
          select least(sum(least(length(new_text), ${longestText})), ${longestCase}) as size
            from messages where case_number = asked.number) said on true) sized
     where so <= ${longestBatch} or place = 1 order by place`)
  return rows.map(({ number }) => Number(number))
}

/** In characters. */
const longestBatch = 4_000_000
const smallSize = 32 * 1024

/**
 * The words of each case. Customers' texts are worked through in a thread that may be killed; a case it cannot do is
 * found by its subject, people and files.
 */
async function documentsOf(cases: Searchable[]): Promise<string[][]> {
  const size = cases.reduce((sum, one) => sum + one.messages.reduce((all, { text }) => all + text.length, 0), 0)
  if (size <= smallSize) return cases.map(documentOf)
  const [first] = cases
  // Others wait for these rows, so it does not stand in line behind mail.
  const made = inThread({ work: "words", size, ask: () => ({ cases }), waiting: "a person" })
  // One bad case must not keep the others from being found.
  return made.catch(async () => {
    if (cases.length === 1 && first) return [documentOf({ ...first, messages: [], notes: [] })]
    const each: string[][] = []
    for (const one of cases) each.push(...(await documentsOf([one])))
    return each
  })
}

/**
 * Makes the words of these cases anew. Their rows are locked before anything is read, so of two who make the same ones
 * the second reads what the first could not see.
 */
async function makeWords(tx: Tx, numbers: number[]) {
  await tx.execute(sql`
    insert into case_words (case_number, part, root, words)
    select number, 0, number, '' from cases where number = any(${list(numbers)}::bigint[]) order by number
        on conflict (case_number, part) do update set part = 0`)
  const given = await searchablesOf(tx, numbers)
  const documents = await documentsOf(given)
  const rows = given.flatMap(({ number }, at) => rowsOf(number, documents[at] ?? []))
  await tx.execute(sql`
    insert into case_words (case_number, part, root, words)
    select "number", part, "number", words::tsvector
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as made("number" bigint, part int, words text)
        on conflict (case_number, part) do update set words = excluded.words, is_shared = false`)
  const last = rows.filter(({ part }, at) => rows[at + 1]?.part !== part + 1)
  await tx.execute(sql`
    delete from case_words w using jsonb_to_recordset(${JSON.stringify(last)}::jsonb) as made("number" bigint, part int)
     where w.case_number = made."number" and w.part > made.part`)
  await tieFamilies(tx, numbers)
}

const rowsOf = (number: number, parts: string[]) => parts.map((words, part) => ({ number, part, words }))

const list = (ids: readonly (number | string)[]) => `{${ids.join(",")}}`

/** Writes down which rows are of one family, for those whose family may have changed. */
async function tieFamilies(tx: Tx, numbers: number[]) {
  await tx.execute(sql`
    with recursive up(number, goes_to) as (
        select number, merged_into from cases where number = any(${list(numbers)}::bigint[])
        union select c.number, c.merged_into from up join cases c on c.number = up.goes_to),
      down(root, number) as (
        select number, number from up where goes_to is null
        union all
        select down.root, c.number
          from down, lateral (select number from cases where merged_into = down.number offset 0) c),
      tied as materialized (
        select w.case_number, w.part, down.root, count(*) over (partition by down.root) > 1 as is_shared
          from down join case_words w on w.case_number = down.number)
    update case_words w
       set root = tied.root, is_shared = tied.is_shared,
           words = case when tied.is_shared then w.words || ${sharedMark}::tsvector else ts_delete(w.words, 'x=') end
      from tied
     where w.case_number = tied.case_number and w.part = tied.part
       and (w.root, w.is_shared) is distinct from (tied.root, tied.is_shared)`)
}
