import { inArray } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { frownRatings } from "#db/tables/frowns.ts"
import { rereadWords } from "../ratings/word.server.ts"

/** After a first contact came to be known or moved: which of the faces given to these frowns came before it. */
export async function rereadFirstWords(tx: Tx, frownIds: readonly number[]) {
  const rated = await tx
    .select({ id: frownRatings.requestId })
    .from(frownRatings)
    .where(inArray(frownRatings.frownId, [...frownIds]))
  await rereadWords(
    tx,
    rated.map(({ id }) => id),
  )
}
