import { eq, sql } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx, ts } from "#db/connection.server.ts"
import { frownEvents, frowns } from "#db/tables/frowns.ts"
import { livingNumber } from "../cases/family.server.ts"
import { deskCalendar } from "../people/calendar.server.ts"
import { setting } from "../people/settings.server.ts"
import { keepAlone } from "./alone.server.ts"
import { wordsIn } from "./alone.ts"
import { familyOfFrown, lockLivingCase, numbersOf } from "./family.server.ts"
import { rereadFirstWords } from "./first-words.server.ts"
import { catchUp, type Followed, type FrownEvent, follow, type Missed, type Rules } from "./follow.ts"
import { hoursAfter, silenceHours } from "./frown.ts"
import { type FrownRow, seenOf } from "./seen.server.ts"
import { speakComments } from "./speak.server.ts"

/** Hours a closed frown is still followed: a link lives 30 days longer, and a flip in that time is a flip. */
const followedHours = 70 * 24

/**
 * Puts the words customers left into their cases, then looks at every frown that is open or was closed lately, and
 * writes down what has changed about it: the first contact, what the customer pressed, silence, claims nobody works on.
 * How many frowns changed.
 */
export async function followUpDue(now: Date): Promise<number> {
  await speakComments(now)
  const rules = await frownRules()
  const ids = await followedIds(now)
  let changed = 0
  for (const some of portions(ids)) {
    const seen = await seenOf(db, some)
    for (const { frown, seen: around } of seen) {
      if (follow(frown, around, rules, now).events.length > 0) changed += await followAlone(frown, rules, now)
    }
  }
  return changed
}

async function followAlone(frown: FrownRow, rules: Rules, now: Date) {
  return db.transaction(async (tx) => {
    await lockLivingCase(tx, frown.caseNumber)
    return followOne(tx, frown.id, rules, now)
  })
}

/** One frown brought up to date, its case already locked. What was read outside is read again: somebody may have been quicker. */
export async function followOne(tx: Tx, id: number, rules: Rules, now: Date, missed: Missed | null = null) {
  await tx.select({ id: frowns.id }).from(frowns).where(eq(frowns.id, id)).for("update")
  const [found] = await seenOf(tx, [id])
  if (!found) return 0
  const { frown: before, seen } = found
  const { frown, events } = missed ? catchUp(before, seen, missed, rules, now) : follow(before, seen, rules, now)
  if (events.length === 0 && !missed) return 0
  await keepAlone(tx, found.frown, await numbersOf(tx, await livingNumberOf(tx, found.frown)))
  const set = { ...factsOf(frown), ...(missed && wordsIn(missed.acts)) }
  await tx.update(frowns).set(set).where(eq(frowns.id, id))
  if (events.length > 0) await writeEvents(tx, found.frown, events, now)
  if (+(frown.firstContactAt ?? 0) !== +(before.firstContactAt ?? 0)) await rereadFirstWords(tx, [id])
  return 1
}

const livingNumberOf = async (tx: Tx, { caseNumber }: FrownRow) => (await livingNumber(tx, caseNumber)) ?? caseNumber

/** Only what following may change, whatever else the row holds. */
const factsOf = (frown: Followed) => ({
  dueAt: frown.dueAt,
  ownerId: frown.ownerId,
  claimedAt: frown.claimedAt,
  firstContactAt: frown.firstContactAt,
  contactedBy: frown.contactedBy,
  lastContactAt: frown.lastContactAt,
  outcome: frown.outcome,
  outcomeAt: frown.outcomeAt,
  closedAt: frown.closedAt,
  closedBy: frown.closedBy,
  reopenedAt: frown.reopenedAt,
  reopenedCount: frown.reopenedCount,
})

type Placed = Pick<FrownRow, "id" | "caseNumber" | "mailboxId">

/** What happened to a frown, for its story, and a word to the open browsers. */
export async function writeEvents(tx: Tx, frown: Placed, events: readonly FrownEvent[], now: Date) {
  const { id: frownId, caseNumber, mailboxId } = frown
  await tx.insert(frownEvents).values(events.map((event) => ({ frownId, ...event })))
  await announce(tx, { kind: "frown", caseNumber, mailboxId }, now)
}

export async function frownRules(): Promise<Rules> {
  const [calendar, dueBusinessDays] = await Promise.all([deskCalendar(), setting("frowns.dueBusinessDays")])
  return { calendar, dueBusinessDays }
}

/**
 * Every open frown; of those closed lately only what silence or a face has changed, for they are many. A face that
 * settled just before the closing may not have been looked at yet.
 */
async function followedIds(now: Date) {
  const since = hoursAfter(now, -followedHours)
  const silence = hoursAfter(now, -silenceHours)
  const rows = await db
    .select({ id: frowns.id })
    .from(frowns)
    .where(
      sql`closed_at is null or (closed_at > ${ts(since)} and joined_into is null and (
        (outcome is null and last_contact_at <= ${ts(silence)})
        or (outcome = 'void' and exists (
          select 1 from frown_ratings fr join ratings r on r.request_id = fr.request_id
           where fr.frown_id = ${frowns.id} and r.voided_at is null))
        or exists (
          select 1 from rating_requests q join ratings r on r.request_id = q.id
           where q.case_number = any(array(${familyOfFrown}))
             and greatest(r.settled_at, r.voided_at) > ${frowns.closedAt} - interval '10 minutes')))`,
    )
    .orderBy(frowns.id)
  return rows.map(({ id }) => id)
}

/** A desk that let its queue grow is read in parts, so that no question grows with it. */
function portions(ids: readonly number[], size = 500) {
  const count = Math.ceil(ids.length / size)
  return Array.from({ length: count }, (_, part) => ids.slice(part * size, (part + 1) * size))
}
