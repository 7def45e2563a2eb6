import { and, asc, desc, eq, gt, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm"
import { db, ts } from "#db/connection.server.ts"
import { cases, participants } from "#db/tables/cases.ts"
import { agents, customers, mailboxes } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { stateOf } from "./case.ts"
import { type CaseOrder, readOrder } from "./case-order.ts"
import { type Cursor, readCursor, writeCursor } from "./cursor.ts"
import { facesOf, type ListedFace } from "./faces.server.ts"
import { lastWordsIn } from "./last-words.server.ts"
import { type Found, searchCases } from "./search-cases.server.ts"
import { snippetsFor } from "./search-snippets.server.ts"
import type { Snippet } from "./snippet.ts"
import { visibleTo } from "./visible.server.ts"
import { alive, awake, waitingOnUs } from "./waiting.server.ts"

export const views = ["mine", "unassigned", "everyone", "waiting-on-them", "snoozed", "closed", "spam", "all"] as const
export type View = (typeof views)[number]

export type Filter = {
  view: View
  mailboxId: number | null
  agentId: number | null
  customerId: number | null
  q: string | null
  cursor: string | null
  /** Left out: the view's own. */
  order?: CaseOrder
}

export const pageSize = 50
type Shape = { where: SQL | undefined } & Line
/** By which moment, or by the number alone, and from which end. */
type Line = { by: typeof cases.openedAt | typeof cases.waitingSince | null; order: "up" | "down" }

/** Each view: which cases, read by which moment, from which end. Every row has an index that gives it in order. */
function shapeOf({ view }: Filter, viewer: Viewer, now: Date): Shape {
  switch (view) {
    case "mine":
      return { where: and(waitingOnUs(now), eq(cases.agentId, viewer.id ?? 0)), by: cases.waitingSince, order: "up" }
    case "unassigned":
      return { where: and(waitingOnUs(now), isNull(cases.agentId)), by: cases.waitingSince, order: "up" }
    case "everyone":
      return { where: waitingOnUs(now), by: cases.waitingSince, order: "up" }
    case "waiting-on-them":
      return { where: and(alive, isNull(cases.waitingSince), awake(now)), by: cases.lastMessageAt, order: "down" }
    case "snoozed":
      return { where: and(alive, sql`${cases.snoozedUntil} > ${ts(now)}`), by: cases.snoozedUntil, order: "up" }
    case "closed":
      return { where: and(isNotNull(cases.closedAt), isNull(cases.mergedInto)), by: cases.closedAt, order: "down" }
    case "spam":
      return { where: isNotNull(cases.spamAt), by: cases.lastMessageAt, order: "down" }
    case "all":
      return { where: undefined, by: cases.lastMessageAt, order: "down" }
  }
}

/** One page of a view, in its order; what was searched for comes best first. `next` is null at the end. */
export async function listCases(viewer: Viewer, filter: Filter, now: Date) {
  const { where, by, order } = { ...shapeOf(filter, viewer, now), ...(filter.order && lineOf(filter.order)) }
  const narrow = and(where, ...narrowed(viewer, filter))
  const typed = filter.q?.trim()
  if (!typed) return pageOf(viewer, narrow, filter, { by, order }, now)
  const asked = { typed, where: narrow, wantsSpam: filter.view === "spam", cursor: filter.cursor, size: pageSize }
  const found = await searchCases(viewer, asked, now)
  if (!found.hits) return pageOf(viewer, found.where, filter, { by, order }, now)
  return { rows: await rowsFound(viewer, found, by, now), next: found.next }
}

function lineOf(named: CaseOrder): Line {
  const { field, end } = readOrder(named)
  const by = { number: null, openedAt: cases.openedAt, lastMessageAt: cases.lastMessageAt }
  return { by: by[field], order: end }
}

async function pageOf(viewer: Viewer, where: SQL | undefined, filter: Filter, { by, order }: Line, now: Date) {
  const end = order === "up" ? asc : desc
  const rows = await joined(by)
    .where(and(where, after(readCursor(filter.cursor), by, order)))
    .orderBy(...(by ? [end(by)] : []), end(cases.number))
    .limit(pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: await withFaces(viewer, page, new Map(), now),
    next: rows.length > pageSize && last?.at ? writeCursor({ at: last.at, number: last.kase.number }) : null,
  }
}

async function rowsFound(viewer: Viewer, { hits, terms }: Found, by: Shape["by"], now: Date) {
  const numbers = (hits ?? []).map(({ number }) => number)
  const rows = await joined(by).where(
    and(sql`${cases.number} = any(${`{${numbers.join(",")}}`}::bigint[])`, visibleTo(viewer)),
  )
  const ofNumber = new Map(rows.map((row) => [row.kase.number, row]))
  return withFaces(
    viewer,
    numbers.flatMap((number) => ofNumber.get(number) ?? []),
    await snippetsFor(viewer, numbers, terms),
    now,
  )
}

const joined = (by: Shape["by"]) =>
  db
    .select({
      kase: cases,
      at: by ?? cases.openedAt,
      mailbox: { id: mailboxes.id, name: mailboxes.name, address: mailboxes.address },
      customer: { id: customers.id, name: customers.name },
      agent: { id: agents.id, name: agents.name, email: agents.email },
      email: participants.address,
      requester: participants.name,
    })
    .from(cases)
    .innerJoin(mailboxes, eq(mailboxes.id, cases.mailboxId))
    .leftJoin(customers, eq(customers.id, cases.customerId))
    .leftJoin(agents, eq(agents.id, cases.agentId))
    .leftJoin(participants, and(eq(participants.caseNumber, cases.number), eq(participants.standing, "requester")))

async function withFaces(viewer: Viewer, rows: Joined[], snippets: ReadonlyMap<number, Snippet>, now: Date) {
  const merged = rows.filter(({ kase }) => kase.factsIn !== null).map(({ kase }) => kase.number)
  const [faces, words] = await Promise.all([facesOf(rows.map((row) => row.kase.number)), lastWordsIn(viewer, merged)])
  return rows.map((row) => {
    const { number, preview } = row.kase
    const shown = shaped(row, faces.get(number) ?? null, now)
    return { ...shown, preview: words.get(number)?.text ?? preview, found: snippets.get(number) ?? null }
  })
}

type Joined = {
  kase: typeof cases.$inferSelect
  mailbox: { id: number; name: string; address: string }
  customer: { id: number; name: string } | null
  agent: { id: number; name: string; email: string } | null
  email: string | null
  requester: string | null
}

function shaped({ kase, mailbox, customer, agent, email, requester }: Joined, listed: ListedFace | null, now: Date) {
  const { number, subject, preview, openedAt, lastMessageAt, waitingSince, snoozedUntil, closedAt, messageCount } = kase
  const name = customer?.name || requester || ""
  const facts = {
    number,
    subject,
    preview,
    openedAt,
    lastMessageAt,
    waitingSince,
    snoozedUntil,
    closedAt,
    messageCount,
  }
  return {
    ...facts,
    state: stateOf(kase, now),
    mailbox,
    agent,
    face: listed?.face ?? null,
    voiding: listed?.voiding ?? null,
    customer: customer && { ...customer, name, email: email ?? "" },
  }
}

export type CaseListRow = ReturnType<typeof shaped> & { found: Snippet | null }

function narrowed(viewer: Viewer, { mailboxId, agentId, customerId }: Filter) {
  return [
    visibleTo(viewer),
    mailboxId === null ? undefined : eq(cases.mailboxId, mailboxId),
    agentId === null ? undefined : eq(cases.agentId, agentId),
    customerId === null ? undefined : eq(cases.customerId, customerId),
  ]
}

function after(cursor: Cursor | null, by: Shape["by"], order: Shape["order"]) {
  if (!cursor) return undefined
  if (!by) return order === "up" ? gt(cases.number, cursor.number) : lt(cases.number, cursor.number)
  const place = sql`(${ts(cursor.at)}, ${cursor.number}::bigint)`
  return order === "up" ? sql`(${by}, ${cases.number}) > ${place}` : sql`(${by}, ${cases.number}) < ${place}`
}

/** The counts beside the views: one pass over the cases that are open. Closed ones are not counted, they only grow. */
export async function viewCounts(viewer: Viewer, now: Date) {
  const [row] = await db
    .select({
      mine: sql<number>`count(*) filter (where ${cases.agentId} = ${viewer.id ?? 0} and ${waitingOnUs(now)})::int`,
      unassigned: sql<number>`count(*) filter (where ${cases.agentId} is null and ${waitingOnUs(now)})::int`,
      everyone: sql<number>`count(*) filter (where ${waitingOnUs(now)})::int`,
      waitingOnThem: sql<number>`count(*) filter (where ${cases.waitingSince} is null and ${awake(now)})::int`,
      snoozed: sql<number>`count(*) filter (where not ${awake(now)})::int`,
    })
    .from(cases)
    .where(and(alive, visibleTo(viewer)))
  return row ?? { mine: 0, unassigned: 0, everyone: 0, waitingOnThem: 0, snoozed: 0 }
}
