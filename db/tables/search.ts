import { sql } from "drizzle-orm"
import { bigint, boolean, index, pgTable, primaryKey, smallint } from "drizzle-orm/pg-core"
import { id, ref, tsvector } from "../columns.ts"
import { cases } from "./cases.ts"

/**
 * The words of each case, its notes' among them under a mark of their own. A projection: made again from the case
 * whenever something in it changes. A long case has several parts.
 */
export const caseWords = pgTable(
  "case_words",
  {
    caseNumber: ref("case_number")
      .notNull()
      .references(() => cases.number, { onDelete: "cascade" }),
    part: smallint().notNull(),
    /** The case it went into in the end, or itself. */
    root: ref("root").notNull(),
    /** Whether the words of its root are in other rows too, so that no single row tells whether it has them all. */
    isShared: boolean("is_shared").notNull().default(false),
    words: tsvector().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseNumber, t.part] }),
    index("case_words_shared").on(t.root).where(sql`is_shared`),
    // What waits to be sorted into the index is read whole by every search, so it is kept small.
    index("case_words_words").using("gin", t.words).with({ fastupdate: true, gin_pending_list_limit: 512 }),
  ],
)

/** Cases whose words are to be made again, written by triggers on what they are made from. */
export const caseWordsDue = pgTable("case_words_due", {
  id: id(),
  caseNumber: bigint("case_number", { mode: "number" }).notNull(),
})
