import { isAbout } from "./ask-rows.ts"
import type { Register } from "./register.ts"
import type { Placed } from "./rows.ts"
import type { Sheets } from "./sheets.ts"
import type { DemoFrown } from "./story.ts"

/** A frown with the ratings it is about and what happened around it. */
export function frownRows(sheets: Sheets, placed: Placed, frown: DemoFrown, frownId: number, register: Register) {
  const { story, number: caseNumber, customerId } = placed
  const { person } = register
  const { author, owner, closedBy, cause, events, ...facts } = frown
  sheets.frowns.push({
    ...{ id: frownId, caseNumber, customerId, mailboxId: register.mailbox(story.mailbox), ...facts },
    ...{ authorId: register.agent(author), ownerId: person(owner), closedBy: person(closedBy) },
    causeId: cause === null || !frown.events.some(({ kind }) => kind === "cause") ? null : register.cause(cause).id,
  })
  for (const { said, requestId } of placed.messages)
    if (said.ask && requestId !== null && isAbout(said.ask)) sheets.frownRatings.push({ frownId, requestId })
  for (const { at, by, kind, detail } of events) {
    const words = kind === "cause" ? register.cause(detail).name : detail
    sheets.frownEvents.push({ frownId, at, agentId: person(by), kind, detail: words })
  }
}
