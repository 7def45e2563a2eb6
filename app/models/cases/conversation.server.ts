import { and, asc, eq, getTableColumns, inArray, isNotNull, sql } from "drizzle-orm"
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
const { search: _search, html: _html, text: _text, newText: _newText, ...messageColumns } = getTableColumns(messages)

/** Of an email as much as a screen shows at once: megabytes of text would keep everybody waiting. Replies are short. */
const shownText = 20_000
const upTo = (column: typeof messages.text | typeof messages.newText) =>
  sql<string>`case when ${messages.kind} = 'reply' then ${column} else left(${column}, ${shownText}) end`

const whole = { text: messages.text, newText: messages.newText, isCut: sql<boolean>`false` }
const beginning = {
  text: upTo(messages.text),
  newText: upTo(messages.newText),
  isCut: sql<boolean>`(${messages.kind} = 'email' and length(${messages.text}) > ${shownText})`,
}

/** The HTML of messages as it came, for programs that clean it themselves. */
export async function htmlOf(messageIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await db
    .select({ id: messages.id, html: messages.html })
    .from(messages)
    .where(and(inArray(messages.id, [...messageIds]), isNotNull(messages.html)))
  return new Map(rows.flatMap(({ id, html }) => (html === null ? [] : [[id, html]])))
}

type Reader = Pick<Viewer, "mailboxIds">

/**
 * Everything said, noted and done in a case and those merged into it that the viewer may read, oldest first, each
 * message with its attachments; and how much there is besides.
 */
export const conversation = (viewer: Reader, caseNumber: number) => readConversation(viewer, caseNumber, whole)

/** The same for a screen: of a long text only its beginning. */
export const conversationOnScreen = (viewer: Reader, caseNumber: number) =>
  readConversation(viewer, caseNumber, beginning)

async function readConversation(viewer: Reader, caseNumber: number, texts: typeof whole | typeof beginning) {
  const [said, noted, done, attached, elsewhere] = await Promise.all([
    db
      .select({
        message: { ...messageColumns, ...texts },
        agent: { id: agents.id, name: agents.name, email: agents.email },
        hasPage,
      })
      .from(messages)
      .leftJoin(agents, eq(agents.id, messages.agentId))
      .leftJoin(messagePages, eq(messagePages.messageId, messages.id))
      .where(inVisibleFamily(viewer, messages.caseNumber, caseNumber))
      .orderBy(asc(messages.id)),
    db
      .select({ id: notes.id, at: notes.at, body: notes.body, author: agents.name, email: agents.email })
      .from(notes)
      .innerJoin(agents, eq(agents.id, notes.agentId))
      .where(inVisibleFamily(viewer, notes.caseNumber, caseNumber))
      .orderBy(asc(notes.id)),
    db
      .select({
        id: caseEvents.id,
        at: caseEvents.at,
        kind: caseEvents.kind,
        detail: caseEvents.detail,
        agent: agents.name,
      })
      .from(caseEvents)
      .leftJoin(agents, eq(agents.id, caseEvents.agentId))
      .where(eq(caseEvents.caseNumber, caseNumber))
      .orderBy(asc(caseEvents.id)),
    attachmentsOf(viewer, caseNumber),
    elsewhereIn(viewer, caseNumber),
  ])
  return {
    messages: said.map(({ message, agent, hasPage }) => ({
      ...message,
      agent,
      hasPage,
      attachments: attached.filter((row) => row.messageId === message.id),
    })),
    notes: noted,
    events: await withKnownCases(viewer, done),
    elsewhere,
  }
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
