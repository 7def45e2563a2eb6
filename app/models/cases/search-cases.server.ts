import { and, eq, isNull, type SQL, sql } from "drizzle-orm"
import { db, type Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailboxes } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { casesUnread, makeLatestWords } from "./case-words.server.ts"
import { type Cursor, readCursor, writeCursor } from "./cursor.ts"
import { type Ignored, readSearch, type Search } from "./search.ts"
import type { State } from "./search-condition.ts"
import { conditionsFor, notesAreForAgents } from "./search-conditions.server.ts"
import { bestHits } from "./search-hits.server.ts"
import type { Hit } from "./search-hunt.server.ts"
import { queryOf, type Term } from "./search-term.ts"
import { visibleTo } from "./visible.server.ts"

export type Asked = { typed: string; where: SQL | undefined; wantsSpam: boolean; cursor: string | null; size: number }

/** One page of what was found, best first; `hits` is null where only conditions were asked for, which `where` holds. */
export type Found = { hits: Hit[] | null; where: SQL | undefined; next: string | null; terms: Term[] }

/** The cases for which everything that was typed holds. Spam and what was merged away only where they are asked for. */
export async function searchCases(viewer: Viewer, asked: Asked, now: Date): Promise<Found> {
  const search = readSearch(asked.typed)
  const { terms } = termsFor(viewer, search)
  await makeLatestWords()
  const conditions = await conditionsFor(viewer, search.conditions, now)
  const where = and(
    asked.where,
    asked.wantsSpam || asks(search, "spam") ? undefined : isNull(cases.spamAt),
    ...conditions.where,
  )
  const words = [...wordsOf(viewer, terms), ...conditions.has]
  if (words.length === 0) {
    const merged = asks(search, "merged") ? undefined : isNull(cases.mergedInto)
    return { hits: null, where: conditions.where.length === 0 ? sql`false` : and(where, merged), next: null, terms }
  }
  const hunt = {
    ...huntFor(words),
    ...{ viewer, where, mailboxIds: await fewMailboxes(viewer, conditions.mailboxIds) },
    ...{ asMerged: asks(search, "merged"), after: readCursor(asked.cursor), limit: asked.size + 1 },
  }
  const hits = await db.transaction(async (tx) => {
    // A plan for any words would read every case for some of them. How many a word has is guessed, often far too high,
    // and a join made for that many reads every case too; one by one they are read by their numbers.
    await tx.execute(sql`
      select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),
             set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`)
    const best = await bestHits(tx, hunt)
    return firstOwn(best, await ofNumber(tx, viewer, search.number, asked.where), hunt.after)
  })
  const page = hits.slice(0, asked.size)
  const last = page.at(-1)
  return { hits: page, where: undefined, next: hits.length > asked.size && last ? writeCursor(last) : null, terms }
}

/** What was made of a search, for whoever typed it. */
export type Understanding = {
  understood: string[]
  ignored: Ignored[]
  /** How many cases are still being read into the search: what is missing may be in those. */
  unread: number
}

export async function explainSearch(viewer: Viewer, typed: string, now: Date): Promise<Understanding> {
  const search = readSearch(typed)
  const { terms, ignored } = termsFor(viewer, search)
  const unmet = (await conditionsFor(viewer, search.conditions, now)).ignored
  const unused = new Set(unmet.map(({ text }) => text))
  return {
    understood: [...terms, ...search.conditions].map(({ text }) => text).filter((text) => !unused.has(text)),
    ignored: [...search.ignored, ...ignored, ...unmet],
    unread: await casesUnread(),
  }
}

/** Whether there are words in it, by which what is found is ranked: conditions alone leave a list in its order. */
export function isRanked(typed: string): boolean {
  const { terms, conditions } = readSearch(typed)
  return terms.length > 0 || conditions.some(({ kind }) => kind === "has")
}

const asks = ({ conditions }: Search, state: State) =>
  conditions.some((one) => one.kind === "is" && !one.not && one.state === state)

type Words = { match: string; title: string | null; not: boolean }

const wordsOf = (viewer: Viewer, terms: readonly Term[]): Words[] =>
  terms.flatMap((term) => {
    const query = queryOf(term, viewer.id !== null)
    return query ? [{ ...query, not: term.not }] : []
  })

function huntFor(words: readonly Words[]) {
  const [all, none] = [false, true].map((is) => words.filter(({ not }) => not === is))
  const titles = (all ?? []).flatMap(({ title }) => title ?? [])
  return {
    all: (all ?? []).map(({ match }) => match),
    none: (none ?? []).map(({ match }) => match),
    title: titles.length > 0 ? titles.map((title) => `(${title})`).join(" & ") : null,
    isTitleOnly: (all ?? []).length > 0 && (all ?? []).every(({ match, title }) => match === title),
  }
}

/** The terms this viewer may use that have a letter or digit; of the others, why not. */
function termsFor(viewer: Viewer, search: Search) {
  const ignored: Ignored[] = []
  const terms = search.terms.filter((term) => {
    const isNote = term.field === "note" && viewer.id === null
    if (!isNote && queryOf(term, false)) return true
    ignored.push({ text: term.text, because: isNote ? notesAreForAgents : "There is no letter or digit in it" })
    return false
  })
  return { terms, ignored }
}

/** Null where these are all there are: then nothing is spared by naming them. */
async function fewMailboxes({ mailboxIds }: Viewer, asked: number[] | null): Promise<number[] | null> {
  if (asked) return asked
  const all = await db.select({ id: mailboxes.id }).from(mailboxes)
  return all.every(({ id }) => mailboxIds.includes(id)) ? null : mailboxIds
}

/** The case of that number stands before all that have the number in them. */
async function ofNumber(tx: Tx, viewer: Viewer, number: number | null, where: SQL | undefined): Promise<Hit | null> {
  if (number === null) return null
  const [row] = await tx
    .select({ number: cases.number, at: cases.lastMessageAt })
    .from(cases)
    .where(and(eq(cases.number, number), visibleTo(viewer), where))
  return row ? { ...row, isTitle: true } : null
}

function firstOwn(best: Hit[], own: Hit | null, after: Cursor | null): Hit[] {
  if (!own) return best
  const others = best.filter(({ number }) => number !== own.number)
  return after ? others : [own, ...others]
}

/** The case somebody means who types nothing but a number. */
export async function caseMeant(viewer: Viewer, typed: string): Promise<number | null> {
  const { number } = readSearch(typed)
  if (number === null) return null
  const [row] = await db
    .select({ number: cases.number })
    .from(cases)
    .where(and(eq(cases.number, number), visibleTo(viewer)))
  return row?.number ?? null
}
