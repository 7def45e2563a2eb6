import { asc, eq, getTableColumns } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { messages, notes } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import { agents } from "#db/tables/people.ts"
import { attachmentsOf } from "./attachment.server.ts"
import { inFamily } from "./family.server.ts"

const { search: _search, ...messageColumns } = getTableColumns(messages)

/** Everything said, noted and done in a case and those merged into it, oldest first, each message with its attachments. */
export async function conversation(caseNumber: number) {
  const [said, noted, done, attached] = await Promise.all([
    db
      .select({ message: messageColumns, agent: { id: agents.id, name: agents.name, email: agents.email } })
      .from(messages)
      .leftJoin(agents, eq(agents.id, messages.agentId))
      .where(inFamily(messages.caseNumber, caseNumber))
      .orderBy(asc(messages.id)),
    db
      .select({ id: notes.id, at: notes.at, body: notes.body, author: agents.name, email: agents.email })
      .from(notes)
      .innerJoin(agents, eq(agents.id, notes.agentId))
      .where(inFamily(notes.caseNumber, caseNumber))
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
    attachmentsOf(caseNumber),
  ])
  return {
    messages: said.map(({ message, agent }) => ({
      ...message,
      agent,
      attachments: attached.filter((row) => row.messageId === message.id),
    })),
    notes: noted,
    events: done,
  }
}
