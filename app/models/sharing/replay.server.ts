import { and, desc, gte, inArray } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { assignments } from "#db/tables/sharing.ts"
import { type Replay, replay, type Trial } from "./replay.ts"

/** How many of the newest changes of hands are looked at, at most. */
export const newestPlayed = 5000
const week = 7 * 24 * 3_600_000

/** What the rules gave out in the last seven days, asked again under other settings. `isCut`: the week had more. */
export async function lastWeekAgain(trial: Trial, now: Date): Promise<Replay & { isCut: boolean }> {
  const { id, at, rule, toAgentId, candidates, asked } = assignments
  const lately = db
    .select({ id, at, rule, toAgentId, candidates, asked })
    .from(assignments)
    .orderBy(desc(id))
    .limit(newestPlayed)
    .as("lately")
  const since = gte(lately.at, new Date(now.getTime() - week))
  const rows = await db
    .select({ toAgentId: lately.toAgentId, candidates: lately.candidates, asked: lately.asked })
    .from(lately)
    .where(and(since, inArray(lately.rule, ["knows it", "spare room", "pool"])))
  const isCut = (await db.$count(lately, since)) === newestPlayed
  return { ...replay(rows, trial), isCut }
}
