import type { Viewer } from "../people/agent.ts"
import { type Filter, listCases } from "./views.server.ts"

/** A page of a list of cases, and the case that stood before the open one when that was still in it. */
export type ListPlace = { filter: Filter; after: number | null }

export type Neighbours = {
  previous: number | null
  next: number | null
  /** The page that `next` is on. */
  nextCursor: string | null
}

/** The case before and after this one in the list it was opened from; where the list ends it begins again. */
export async function neighboursIn(
  viewer: Viewer,
  number: number,
  { filter, after }: ListPlace,
  now: Date,
): Promise<Neighbours> {
  const page = await listCases(viewer, filter, now)
  const numbers = page.rows.map((row) => row.number)
  const here = numbers.indexOf(number)
  const before = here >= 0 ? here - 1 : after === null ? -1 : numbers.indexOf(after)
  const next = numbers[here >= 0 ? here + 1 : before + 1]
  const neighbours = { previous: numbers[before] ?? null, nextCursor: filter.cursor }
  if (next !== undefined) return { ...neighbours, next }
  const cursor = page.next
  const onward = cursor || filter.cursor ? (await listCases(viewer, { ...filter, cursor }, now)).rows : page.rows
  const first = onward.find((row) => row.number !== number)
  return { ...neighbours, next: first?.number ?? null, nextCursor: cursor }
}
