import { type AnyColumn, and, asc, desc, eq, getTableColumns, inArray, isNotNull, lt, type SQL, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { messages, notes } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import { messagePages } from "#db/tables/pages.ts"
import { agents } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { attachmentsOf } from "./attachment.server.ts"
import { hasPage } from "./message-page.server.ts"
import { elsewhereIn, inVisibleFamily, visibleAmong } from "./visible.server.ts"

/** HTML as it came is neither shown nor looked at, and may be long: who hands it on asks for it (htmlOf). */
const { html: _html, text: _text, newText: _newText, ...messageColumns } = getTableColumns(messages)

type Bounds = { each: number; all: number; folded: number }

/** Of a message and of all of them as much as a screen shows at once: megabytes of text would keep everybody waiting. */
const onScreen: Bounds = { each: 20_000, all: 200_000, folded: 300 }
/** And as much as one answer of the API carries. */
const inAnswer: Bounds = { each: 1e9, all: 8_000_000, folded: 300 }
const mostOnScreen = 200

/** The texts of the newest messages, and of older ones than fit a beginning; whether it is one. */
function textsWithin({ each, all, folded }: Bounds) {
  const lengthOf = (column: AnyColumn) => sql`least(length(${column}), ${each}::int)`
  const so = sql`sum(${lengthOf(messages.text)} + ${lengthOf(messages.newText)}) over (order by ${messages.id} desc)`
  const shown = sql`case when ${so} <= ${all}::int then ${each}::int else ${folded}::int end`
  return {
    text: sql<string>`left(${messages.text}, ${shown})`,
    newText: sql<string>`left(${messages.newText}, ${shown})`,
    isCut: sql<boolean>`greatest(length(${messages.text}), length(${messages.newText})) > ${shown}`,
  }
}

const mostHtml = 16_000_000

/** The HTML of messages as it came, for programs that clean it themselves: of the newest, as much as one answer carries. */
export async function htmlOf(messageIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { id, html } = messages
  const so = sql`sum(length(${html})) over (order by ${id} desc)`
  const rows = await db
    .select({ id, html: sql<string | null>`case when ${so} <= ${mostHtml}::int then ${html} end` })
    .from(messages)
    .where(and(inArray(id, [...messageIds]), isNotNull(html)))
  return new Map(rows.flatMap((row) => (row.html === null ? [] : [[row.id, row.html]])))
}

type Reader = Pick<Viewer, "mailboxIds">

/**
 * Everything said, noted and done in a case and those merged into it that the viewer may read, oldest first, each
 * message with its attachments; and how much there is besides.
 */
export const conversation = (viewer: Reader, caseNumber: number) =>
  readConversation(viewer, caseNumber, { bounds: inAnswer, before: null, most: null })

/** The same for a screen: the newest messages, or those before one of them, and of a long text its beginning. */
export const conversationOnScreen = (viewer: Reader, caseNumber: number, before: number | null) =>
  readConversation(viewer, caseNumber, { bounds: onScreen, before, most: mostOnScreen })

type Part = { bounds: Bounds; before: number | null; most: number | null }

async function readConversation(viewer: Reader, caseNumber: number, { bounds, before, most }: Part) {
  const inCase = inVisibleFamily(viewer, messages.caseNumber, caseNumber)
  const newest = messagesIn(before === null ? inCase : and(inCase, lt(messages.id, before)), bounds)
  const [said, noted, done, attached, elsewhere] = await Promise.all([
    most === null ? newest : newest.limit(most),
    notesIn(viewer, caseNumber),
    eventsIn(caseNumber),
    attachmentsOf(viewer, caseNumber),
    elsewhereIn(viewer, caseNumber),
  ])
  const first = said.at(-1)?.message.id ?? 0
  const filesOf = byMessage(attached)
  return {
    messages: said.toReversed().map(({ message, agent, hasPage }) => ({
      ...message,
      agent,
      hasPage,
      attachments: filesOf.get(message.id) ?? [],
    })),
    earlier: said.length === most ? await db.$count(messages, and(inCase, lt(messages.id, first))) : 0,
    notes: noted,
    events: await withKnownCases(viewer, done),
    elsewhere,
  }
}

function byMessage<F extends { messageId: number | null }>(files: F[]) {
  const found = new Map<number | null, F[]>()
  for (const file of files) found.set(file.messageId, [...(found.get(file.messageId) ?? []), file])
  return found
}

const messagesIn = (where: SQL | undefined, bounds: Bounds) =>
  db
    .select({
      message: { ...messageColumns, ...textsWithin(bounds) },
      agent: { id: agents.id, name: agents.name, email: agents.email },
      hasPage,
    })
    .from(messages)
    .leftJoin(agents, eq(agents.id, messages.agentId))
    .leftJoin(messagePages, eq(messagePages.messageId, messages.id))
    .where(where)
    .orderBy(desc(messages.id))
    .$dynamic()

const notesIn = (viewer: Reader, caseNumber: number) =>
  db
    .select({
      id: notes.id,
      agentId: notes.agentId,
      at: notes.at,
      body: notes.body,
      author: agents.name,
      email: agents.email,
    })
    .from(notes)
    .innerJoin(agents, eq(agents.id, notes.agentId))
    .where(inVisibleFamily(viewer, notes.caseNumber, caseNumber))
    .orderBy(asc(notes.id))

function eventsIn(caseNumber: number) {
  const { id, at, kind, detail } = caseEvents
  return db
    .select({ id, at, kind, detail, agent: agents.name })
    .from(caseEvents)
    .leftJoin(agents, eq(agents.id, caseEvents.agentId))
    .where(eq(caseEvents.caseNumber, caseNumber))
    .orderBy(asc(caseEvents.id))
}

type Done = { detail: Record<string, unknown> }

/** A line that names another case names it to those who may open it. */
async function withKnownCases<D extends Done>(viewer: Pick<Viewer, "mailboxIds">, done: D[]): Promise<D[]> {
  const known = await visibleAmong(
    viewer,
    done.flatMap(({ detail }) => caseIn(detail) ?? []),
  )
  return done.map((event) => {
    const other = caseIn(event.detail)
    return other === null || known.has(other) ? event : { ...event, detail: { elsewhere: true } }
  })
}

const caseIn = ({ case: other }: Record<string, unknown>) => (typeof other === "number" ? other : null)
