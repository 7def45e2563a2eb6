import { defineCommand } from "citty"
import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { makeAllWordsAgain } from "../models/cases/case-words.server.ts"
import { rebuildCases } from "../models/cases/rebuild.server.ts"
import { rebuildRatings } from "../models/ratings/rebuild.server.ts"
import { reportZone } from "../models/ratings/tally-zone.server.ts"
import { rebuildReplies } from "../models/sharing/rebuild.server.ts"
import { asJson, tell } from "./flags.ts"

/** Every projection made again from its sources, in one transaction; what was different, a line each. */
export function rebuildAll(): Promise<string[]> {
  return db.transaction(async (tx) => {
    // It reads everything there is, and takes as long as that takes.
    await tx.execute(sql`set local statement_timeout = 0`)
    return [...(await rebuildCases(tx)), ...(await rebuildRatings(tx)), ...(await rebuildReplies(tx))]
  })
}

/**
 * After the desk's zone was changed every day that is counted under has moved: all of them are counted anew, and stand
 * under the old zone until they are. True when there was something to do.
 */
export async function recountDays(): Promise<boolean> {
  if ((await reportZone()).nextTimeZone === null) return false
  await db.transaction(async (tx) => {
    await rebuildRatings(tx)
    await rebuildReplies(tx)
  })
  return true
}

export const rebuild = defineCommand({
  meta: {
    name: "desk rebuild",
    description: "Make every figure again from what it was counted from; exit code 2 when one was wrong",
  },
  args: asJson,
  async run({ args }) {
    const differences = await rebuildAll()
    const searched = await makeAllWordsAgain()
    const words = differences.length === 0 ? "Every figure is what it should be" : wordsFor(differences)
    const search = `A running desk reads the words of ${searched} cases again for its search`
    tell(args, { differences, searched }, `${words}\n${search}`)
    if (differences.length > 0) process.exitCode = 2
  },
})

const wordsFor = (differences: string[]) =>
  [...differences, `${differences.length} ${differences.length === 1 ? "difference" : "differences"}, put right`].join(
    "\n",
  )
