import { eq, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import { ratingTallies } from "#db/tables/ratings.ts"
import { replyTallies } from "#db/tables/sharing.ts"
import { figures, ratedIn, repliedIn, type Stretch } from "./days.server.ts"
import type { Rated } from "./people.ts"
import { nothing, type Tally } from "./report.ts"

/** Everybody who was rated or replied in the stretch, those who have left too. */
export async function ratedPeople(stretch: Stretch): Promise<Rated[]> {
  const [tallies, loads] = await Promise.all([
    db
      .select({ id: agents.id, name: agents.name, ...figures })
      .from(ratingTallies)
      .innerJoin(agents, eq(agents.id, ratingTallies.agentId))
      .where(ratedIn("sent", stretch))
      .groupBy(agents.id),
    db
      .select({ id: agents.id, name: agents.name, ...load })
      .from(replyTallies)
      .innerJoin(agents, eq(agents.id, replyTallies.agentId))
      .where(repliedIn(stretch))
      .groupBy(agents.id),
  ])
  return matched(tallies, loads)
}

export async function ratedMailboxes(stretch: Stretch): Promise<Rated[]> {
  const [tallies, loads] = await Promise.all([
    db
      .select({ id: mailboxes.id, name: mailboxes.name, ...figures })
      .from(ratingTallies)
      .innerJoin(mailboxes, eq(mailboxes.id, ratingTallies.mailboxId))
      .where(ratedIn("sent", stretch))
      .groupBy(mailboxes.id),
    db
      .select({ id: mailboxes.id, name: mailboxes.name, ...load })
      .from(replyTallies)
      .innerJoin(mailboxes, eq(mailboxes.id, replyTallies.mailboxId))
      .where(repliedIn(stretch))
      .groupBy(mailboxes.id),
  ])
  return matched(tallies, loads)
}

const load = {
  replies: sql<number>`sum(${replyTallies.replies})::int`,
  days: sql<number>`count(distinct ${replyTallies.day})::int`,
}

type Named = { id: number; name: string }

function matched(tallies: (Named & Tally)[], loads: (Named & { replies: number; days: number })[]): Rated[] {
  const names = new Map([...tallies, ...loads].map(({ id, name }) => [id, name]))
  return [...names].map(([id, name]) => {
    const { name: _, id: __, ...tally } = tallies.find((row) => row.id === id) ?? { id, name, ...nothing }
    const { replies, days } = loads.find((row) => row.id === id) ?? { replies: 0, days: 0 }
    return { id, name, tally, replies, days }
  })
}
