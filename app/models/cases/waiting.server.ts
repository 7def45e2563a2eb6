import { and, isNotNull, isNull, sql } from "drizzle-orm"
import { ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"

/** Neither closed, nor spam, nor merged away. The words of the partial indexes, so that they serve. */
export const alive = and(isNull(cases.closedAt), isNull(cases.spamAt), isNull(cases.mergedInto))

export const awake = (now: Date) => sql`(${cases.snoozedUntil} is null or ${cases.snoozedUntil} <= ${ts(now)})`

/** What a load counts, the pool holds and a list of work shows: the customer spoke last and nobody put it off. */
export const waitingOnUs = (now: Date) => and(isNotNull(cases.waitingSince), alive, awake(now))
