import { type SQLWrapper, sql } from "drizzle-orm"
import { bigint, customType, timestamp } from "drizzle-orm/pg-core"

/** An identity key. Numbers, not bigints: a desk will not see 2^53 of anything. */
export const id = () => bigint({ mode: "number" }).primaryKey().generatedByDefaultAsIdentity()

export const ref = (name: string) => bigint(name, { mode: "number" })

/** A moment. Written by the verb from its `now`, never by the database's clock (architecture: one clock). */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" })

export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" })

/** What stays the same in the ids of all mail about one issue of Jira: the index and whoever asks must say it alike. */
export const jiraIssueIn = (messageId: SQLWrapper) => sql`substring(${messageId} from '^<(JIRA[.][0-9]+[.][0-9]+)[.@]')`
