import { sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { across } from "./search-families.server.ts"
import type { Hit, Hunt } from "./search-hunt.server.ts"
import { fromIndex } from "./search-index.server.ts"
import { type Looked, lookAtLatest } from "./search-latest.server.ts"

/** How many of the latest cases are looked at one by one at first, and at most. */
const atFirst = 600
const atMost = 15_000
/** What fewer have of those is looked up in the index; what more have is checked on what that finds. */
const rare = 0.06
/** What a look at a case costs next to one that the index names: it comes in order, and by fewer steps. */
const lookCost = 0.7

/**
 * The best cases, by their last message and by where the words stand. Reading the latest first serves words that many
 * cases have, the index those that few have; either alone takes seconds where the other takes milliseconds. Both are
 * exact: what the latest did not hold, the index is asked for.
 */
export async function bestHits(tx: Tx, hunt: Hunt): Promise<Hit[]> {
  if (hunt.asMerged) return best(await across(tx, hunt, null), hunt.limit)
  let looked = await lookAtLatest(tx, hunt, atFirst)
  const shared = await across(tx, hunt, looked)
  const further = await worthLooking(tx, hunt, looked)
  if (further > atFirst) looked = await lookAtLatest(tx, hunt, further)
  const hits = [...shared, ...looked.hits]
  const { any, titles } = lacking(hunt, looked)
  if (any)
    hits.push(...(await fromIndex(tx, hunt, { until: looked.until, inTitle: false, drivers: driversOf(hunt, looked) })))
  if (titles)
    hits.push(...(await fromIndex(tx, hunt, { until: looked.until, inTitle: true, drivers: [hunt.title ?? ""] })))
  return best(hits, hunt.limit)
}

function best(hits: readonly Hit[], limit: number) {
  return hits.toSorted((a, b) => +b.at - +a.at || b.number - a.number).slice(0, limit)
}

/** Whether older cases may be better than those found: of all that match, and of those with the words in their title. */
function lacking({ limit, title, isTitleOnly }: Hunt, { hits, until }: Looked) {
  const titles = hits.filter(({ isTitle }) => isTitle).length
  if (until === null || titles >= limit) return { any: false, titles: false }
  return { any: hits.length < limit && !isTitleOnly, titles: title !== null }
}

/** How many cases to look at so that enough are found, where the index would name more than that. */
async function worthLooking(tx: Tx, hunt: Hunt, looked: Looked): Promise<number> {
  const { any, titles } = lacking(hunt, looked)
  const [row] = await tx.execute<{ rows: number }>(
    sql`select greatest(reltuples, 0)::int as rows from pg_class where oid = 'case_words'::regclass`,
  )
  const need = (found: number, share: number) => {
    const steps = found === 0 ? Number.POSITIVE_INFINITY : (atFirst * hunt.limit * 1.4) / found
    return steps <= atMost && steps * lookCost < share * (row?.rows ?? 0) ? Math.ceil(steps) : 0
  }
  const inTitle = looked.hits.filter(({ isTitle }) => isTitle).length
  return Math.max(
    any ? need(looked.hits.length, Math.min(...looked.shares)) : 0,
    titles ? need(inTitle, looked.titleShare) : 0,
  )
}

/** What the index is asked for: the words few of the latest cases have, else all of them at once. */
function driversOf({ all }: Hunt, { shares }: Looked): string[] {
  const few = all.filter((_query, at) => (shares[at] ?? 0) <= rare)
  return few.length > 0 ? few : [...all]
}
