import { and, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm"
import { db, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { addressTexts } from "../people/domain.ts"
import { startOf } from "../people/hours.ts"
import { setting } from "../people/settings.server.ts"
import { type Ignored, likeText } from "./search.ts"
import type { Condition, State } from "./search-condition.ts"
import { inMailboxesOf } from "./visible.server.ts"
import { alive, awake, waitingOnUs } from "./waiting.server.ts"

export const notesAreForAgents = "Notes are searched by agents only"

type Conditions = {
  where: SQL[]
  ignored: Ignored[]
  has: { match: string; title: null; not: boolean }[]
  mailboxIds: number[] | null
}

/** What the conditions ask of a case, as far as they name something there is. */
export async function conditionsFor(viewer: Viewer, conditions: readonly Condition[], now: Date): Promise<Conditions> {
  const found: Conditions = { where: [], ignored: [], has: [], mailboxIds: null }
  const zone = await setting("desk.timeZone")
  for (const condition of conditions) {
    const is = await meaningOf(condition, viewer, zone, now)
    if (typeof is === "string") found.ignored.push({ text: condition.text, because: is })
    else if ("mark" in is) found.has.push({ match: `'${is.mark}'`, title: null, not: condition.not })
    else if ("mailboxIds" in is) {
      const narrowed = inMailboxesOf(is, cases.mailboxId)
      found.where.push(condition.not ? not(narrowed) : narrowed)
      if (!condition.not) found.mailboxIds = is.mailboxIds
    } else found.where.push(condition.not ? sql`(${is.where}) is not true` : is.where)
  }
  return found
}

type Meaning = { where: SQL } | { mailboxIds: number[] } | { mark: string } | string

async function meaningOf(condition: Condition, viewer: Viewer, zone: string, now: Date): Promise<Meaning> {
  switch (condition.kind) {
    case "is":
      return { where: inState(condition.state, viewer, now) }
    case "has":
      if (condition.what === "rating") return { where: rated(sql`true`) }
      if (condition.what === "note" && viewer.id === null) return notesAreForAgents
      return { mark: `has=${condition.what}` }
    case "rating":
      return { where: rated(sql`r.standing = ${condition.face}`) }
    case "before":
      return { where: sql`${cases.openedAt} < ${ts(startOf(condition.day, zone))}` }
    case "after":
      return { where: sql`${cases.lastMessageAt} >= ${ts(startOf(condition.day, zone))}` }
    case "mailbox": {
      const rows = await db
        .select({ id: mailboxes.id })
        .from(mailboxes)
        .where(and(named(mailboxes, condition.name), inMailboxesOf(viewer, mailboxes.id)))
      return rows.length > 0 ? { mailboxIds: rows.map(({ id }) => id) } : `There is no mailbox ${condition.name}`
    }
    case "agent": {
      if (condition.name === "me" && viewer.id !== null) return { where: sql`${cases.agentId} = ${viewer.id}` }
      const rows = await db
        .select({ id: agents.id })
        .from(agents)
        .where(named({ name: agents.name, address: agents.email }, condition.name))
      const ids = `{${rows.map(({ id }) => id).join(",")}}`
      return rows.length > 0
        ? { where: sql`${cases.agentId} = any(${ids}::bigint[])` }
        : `There is no agent ${condition.name}`
    }
  }
}

type Named = {
  name: typeof agents.name | typeof mailboxes.name
  address: typeof agents.email | typeof mailboxes.address
}

/** A part of an address, or words of a name in any order. */
function named({ name, address }: Named, typed: string) {
  const words = typed.split(/\s+/).map((word) => sql`${name} ilike ${likeText(word)}`)
  return or(...addressTexts(typed).map((text) => sql`${address} ilike ${likeText(text)}`), and(...words))
}

/** A face that stands, given to this case or to one that went into it. */
const rated = (how: SQL) => sql`exists (
  select from rating_requests q join ratings r on r.request_id = q.id
   where r.voided_at is null and ${how}
     and q.case_number in (select ${cases.number} union all select w.case_number from case_words w
                            where w.is_shared and w.root = ${cases.number}))`

function inState(state: State, { id }: Viewer, now: Date): SQL {
  const all = (...facts: (SQL | undefined)[]) => and(...facts) ?? sql`true`
  switch (state) {
    case "open":
      return all(alive)
    case "closed":
      return all(isNotNull(cases.closedAt))
    case "snoozed":
      return all(alive, not(awake(now)))
    case "waiting-on-us":
      return all(waitingOnUs(now))
    case "waiting-on-them":
      return all(alive, isNull(cases.waitingSince), awake(now))
    case "mine":
      return sql`${cases.agentId} = ${id ?? 0}`
    case "assigned":
      return all(isNotNull(cases.agentId))
    case "unassigned":
      return all(isNull(cases.agentId))
    case "spam":
      return all(isNotNull(cases.spamAt))
    case "merged":
      return all(isNotNull(cases.mergedInto))
  }
}
