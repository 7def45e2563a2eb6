import { eq, type SQL, sql } from "drizzle-orm"
import { cases } from "#db/tables/cases.ts"
import { addressTexts, likeText, readSearch } from "./search.ts"

/** How many of the newest matches of one kind a search looks at: nobody pages further, and it bounds the work. */
const most = 2000

/**
 * The conditions a typed search adds to a list. Each kind of match is found by its own index first, newest first, and
 * the list then reads those cases by number; joined into one query the planner reads every case there is.
 */
export function searched(typed: string): SQL[] {
  const { words, number, from, agent, rating } = readSearch(typed)
  const conditions: SQL[] = []
  if (number !== null) conditions.push(eq(cases.number, number))
  else if (words) conditions.push(among(withWords(words)))
  if (from) conditions.push(among(fromPeople(from)))
  if (agent)
    conditions.push(
      sql`${cases.agentId} = any(array(select id from agents where ${isAddress(sql`email`, agent)} or name ilike ${likeText(agent)}))`,
    )
  if (rating)
    conditions.push(
      among(sql`select q.case_number from rating_requests q join ratings r on r.request_id = q.id
                 where r.standing = ${rating} and r.voided_at is null order by r.last_at desc limit ${most}`),
    )
  return conditions
}

const among = (numbers: SQL) => sql`${cases.number} = any(array(${numbers}))`

const withWords = (words: string) => sql`
  (select case_number from messages where search @@ websearch_to_tsquery('simple', ${words}) order by id desc limit ${most})
  union (select number from cases where subject ilike ${likeText(words)} order by number desc limit ${most})
  union (${fromPeople(words)})`

/** An address with this in it, however its domain is typed. */
export const isAddress = (column: SQL, typed: string) =>
  sql`(${sql.join(
    addressTexts(typed).map((text) => sql`${column} ilike ${likeText(text)}`),
    sql` or `,
  )})`

/** Everyone whose address or name matches, by the indexes on both, then their cases. */
const fromPeople = (typed: string) => sql`
  select c.number from cases c
   where c.customer_id = any(array(
           select customer_id from customer_addresses where ${isAddress(sql`address`, typed)}
           union select id from customers where name ilike ${likeText(typed)} limit ${most}))
   order by c.number desc limit ${most}`
