import { type SQL, sql } from "drizzle-orm"
import { ts } from "#db/connection.server.ts"
import type { Viewer } from "../people/agent.ts"
import type { Cursor } from "./cursor.ts"

/** All of it holds together: every one of `all`, in words of `tsquery`, and none of `none`, where `where` holds. */
export type Hunt = {
  viewer: Pick<Viewer, "mailboxIds">
  all: readonly string[]
  none: readonly string[]
  /** All the words at once, standing in the subject or in a name. */
  title: string | null
  /** Nothing else is asked for than what stands there. */
  isTitleOnly: boolean
  where: SQL | undefined
  /** Only rows of these mailboxes can be found, where that spares reading many others. */
  mailboxIds: readonly number[] | null
  /** Merged cases are what is asked for: each is then found as itself. */
  asMerged: boolean
  after: Cursor | null
  limit: number
}
/** `at` is what it is ordered by: its last message, and later where the words stand in its title. */
export type Hit = { number: number; at: Date; isTitle: boolean }

export type HitRow = { number: string; at: string; isTitle: boolean }
export const hitOf = ({ number, at, isTitle }: HitRow): Hit => ({ number: Number(number), at: new Date(at), isTitle })

/** As a function: written as an operator it would go through the index, for all cases. */
export const holds = (words: SQL, query: string) => sql`ts_match_vq(${words}, ${query}::tsquery)`

/** A word in the subject or in somebody's name counts like so much of newness. */
export const worth = sql`interval '90 days'`

export const holdsNone = (none: readonly string[], words: SQL) =>
  sql.join([sql`true`, ...none.map((query) => sql`not ${holds(words, query)}`)], sql` and `)

export const holdsTitle = (words: SQL, title: string | null) => (title === null ? sql`false` : holds(words, title))

/** Behind the end of the page before. */
export const beyond = (after: Cursor | null, at: SQL, number: SQL) =>
  after ? sql`(${at}, ${number}) < (${ts(after.at)}, ${after.number}::bigint)` : sql`true`
