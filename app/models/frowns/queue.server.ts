import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm"
import { alias } from "drizzle-orm/pg-core"
import { db, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { causes, frowns } from "#db/tables/frowns.ts"
import { agents, customers } from "#db/tables/people.ts"
import { type Cursor, readCursor, writeCursor } from "../cases/cursor.ts"
import { filedVisiblyTo } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { deskCalendar } from "../people/calendar.server.ts"
import { addDays, dayOf, startOf } from "../people/hours.ts"
import { livingCase } from "./family.server.ts"
import { closingHours, type FrownState, frownStates, isLate, nextStep, silenceHours, stateOf } from "./frown.ts"
import { visibleTo } from "./visible.server.ts"

export const queueViews = ["open", "mine", "due", "flipped", "closed", "all"] as const
export type QueueState = (typeof queueViews)[number] | FrownState

/** A list of the queue or the name of a state, as it stands in an address; null when it is neither. */
export const readQueueState = (text: string): QueueState | null =>
  [...queueViews, ...frownStates].find((state) => state === text.replaceAll("-", " ")) ?? null

export const pageSize = 50
const isOpen = isNull(frowns.closedAt)
/** What the customer withdrew and what was voided is no frown, and is listed only for whoever asks for those by name. */
const isCounted = sql`(${frowns.outcome} is null or ${frowns.outcome} not in ('withdrawn', 'void'))`
const moment = (at: SQL): SQL<Date> => sql`${at}`.mapWith(frowns.dueAt)

/** `nextAt` and `stateOf` of frown.ts once more, for the database to order and choose by; a test holds them equal. */
const unheard = sql`${frowns.reopenedAt} is not null and (${frowns.lastContactAt} is null or ${frowns.lastContactAt} <= ${frowns.reopenedAt})`
const hours = (count: number) => sql`${`${count} hours`}::interval`
const dueNext = moment(sql`case
  when ${unheard} then ${frowns.dueAt}
  when ${frowns.outcome} is not null then coalesce(${frowns.outcomeAt}, ${frowns.dueAt}) + ${hours(closingHours)}
  when ${frowns.firstContactAt} is not null then coalesce(${frowns.lastContactAt}, ${frowns.firstContactAt}) + ${hours(silenceHours)}
  else ${frowns.dueAt} end`)
const stateNow = sql`case
  when ${frowns.outcome} in ('flipped', 'improved', 'withdrawn', 'void') then ${frowns.outcome}
  when ${frowns.closedAt} is not null then 'let go'
  when ${frowns.outcome} is not null then ${frowns.outcome}
  when ${frowns.firstContactAt} is not null then 'contacted'
  when ${frowns.ownerId} is null then 'new' else 'claimed' end`

/** The ways a program may read a list of frowns; "due" is the queue's own, for people. */
export const frownOrders = ["id", "-id", "due"] as const
export type FrownOrder = (typeof frownOrders)[number]

type Shape = { where: SQL | undefined; at: SQL<Date>; order: "up" | "down" }

/** Each list: which frowns, by which moment, from which end. What is open is read by what is due first. */
async function shapeOf(state: QueueState, viewer: Viewer, now: Date): Promise<Shape> {
  if (state === "open") return { where: isOpen, at: dueNext, order: "up" }
  if (state === "mine") return { where: and(isOpen, eq(frowns.ownerId, viewer.id ?? 0)), at: dueNext, order: "up" }
  if (state === "due") {
    const where = and(isOpen, sql`${dueNext} < ${ts(await endOfToday(now))}`)
    return { where, at: dueNext, order: "up" }
  }
  if (state === "flipped") {
    return { where: eq(frowns.outcome, "flipped"), at: moment(sql`${frowns.outcomeAt}`), order: "down" }
  }
  if (state === "closed") {
    const where = and(isNotNull(frowns.closedAt), isCounted)
    return { where, at: moment(sql`${frowns.closedAt}`), order: "down" }
  }
  if (state === "all") return { where: isCounted, at: moment(sql`${frowns.openedAt}`), order: "down" }
  const where = and(sql`${stateNow} = ${state}`, isNull(frowns.joinedInto))
  return { where, at: moment(sql`${frowns.openedAt}`), order: "down" }
}

/** Read by id every frown stands at one moment, so that only its id tells its place. */
function lineOf(shape: Shape, order: FrownOrder): Shape {
  if (order === "due") return shape
  return { where: shape.where, at: moment(sql`'epoch'::timestamptz`), order: order === "id" ? "up" : "down" }
}

const authors = alias(agents, "authors")
const owners = alias(agents, "owners")

/** `order` left out: the queue's own. */
type Asked = { state: QueueState; order?: FrownOrder; cursor: string | null }

/** One page of the queue. `next` is null at the end; a cursor that is not ours starts at the beginning. */
export async function frownQueue(viewer: Viewer, asked: Asked, now: Date) {
  const { where, at, order } = lineOf(await shapeOf(asked.state, viewer, now), asked.order ?? "due")
  const end = order === "up" ? asc : desc
  const rows = await db
    .select({
      frown: frowns,
      at: at.as("at"),
      kase: { number: cases.number, subject: cases.subject },
      customer: { id: customers.id, name: customers.name, email: emailOf },
      author: { name: authors.name, email: authors.email },
      owner: { id: owners.id, name: owners.name, email: owners.email },
      cause: { key: causes.key, name: causes.name },
      words: wordsOf(viewer),
    })
    .from(frowns)
    .innerJoin(cases, eq(cases.number, livingCase))
    .innerJoin(authors, eq(authors.id, frowns.authorId))
    .leftJoin(owners, eq(owners.id, frowns.ownerId))
    .leftJoin(customers, eq(customers.id, frowns.customerId))
    .leftJoin(causes, eq(causes.id, frowns.causeId))
    .where(and(visibleTo(viewer), where, after(readCursor(asked.cursor), at, order)))
    .orderBy(end(at), end(frowns.id))
    .limit(pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: page.map((row) => ({
      ...row,
      state: stateOf(row.frown),
      step: nextStep(row.frown),
      late: isLate(row.frown, now),
    })),
    next: rows.length > pageSize && last ? writeCursor({ at: last.at, number: last.frown.id }) : null,
  }
}

/** The customer's own words: the last line they left with any of the frown's ratings that the viewer may read. */
export const wordsOf = (viewer: Viewer) => sql<string | null>`(
  select c.body from rating_comments c join frown_ratings fr on fr.request_id = c.request_id
    join rating_requests q on q.id = c.request_id
   where fr.frown_id = ${frowns.id} and ${filedVisiblyTo(viewer, sql`q.case_number`)} order by c.id desc limit 1)`

export const emailOf = sql<string | null>`(
  select a.address from customer_addresses a where a.customer_id = ${frowns.customerId} order by a.created_at limit 1)`

function after(cursor: Cursor | null, at: SQL<Date>, order: Shape["order"]) {
  if (!cursor) return undefined
  const place = sql`(${ts(cursor.at)}, ${cursor.number}::bigint)`
  return order === "up" ? sql`(${at}, ${frowns.id}) > ${place}` : sql`(${at}, ${frowns.id}) < ${place}`
}

async function endOfToday(now: Date) {
  const { timeZone } = await deskCalendar()
  return startOf(addDays(dayOf(now, timeZone), 1), timeZone)
}

export type QueueRow = Awaited<ReturnType<typeof frownQueue>>["rows"][number]

/** What stands beside the tabs: open frowns, mine, those who have not heard from us, and what is due by tonight. */
export async function queueCounts(viewer: Viewer, now: Date) {
  const [row] = await db
    .select({
      open: sql<number>`count(*)::int`,
      mine: sql<number>`count(*) filter (where ${frowns.ownerId} = ${viewer.id ?? 0})::int`,
      unheard: sql<number>`count(*) filter (
        where ${unheard} or (${frowns.outcome} is null and ${frowns.firstContactAt} is null))::int`,
      due: sql<number>`count(*) filter (where ${dueNext} < ${ts(await endOfToday(now))})::int`,
    })
    .from(frowns)
    .innerJoin(cases, eq(cases.number, livingCase))
    .where(and(isOpen, visibleTo(viewer)))
  return row ?? { open: 0, mine: 0, unheard: 0, due: 0 }
}

/** The customers who turned last, newest first: the strip above the queue. */
export const lastFlips = (viewer: Viewer) =>
  db
    .select({ id: frowns.id, at: frowns.outcomeAt, customer: customers.name, author: authors.name })
    .from(frowns)
    .innerJoin(cases, eq(cases.number, livingCase))
    .innerJoin(authors, eq(authors.id, frowns.authorId))
    .leftJoin(customers, eq(customers.id, frowns.customerId))
    .where(and(eq(frowns.outcome, "flipped"), visibleTo(viewer)))
    .orderBy(desc(frowns.outcomeAt), desc(frowns.id))
    .limit(24)
