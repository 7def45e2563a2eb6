import { type CaseRow, caseFor } from "../cases/case.server.ts"
import { stateOf } from "../cases/case.ts"
import { conversation, htmlOf } from "../cases/conversation.server.ts"
import { customerNamed, personNamed } from "../cases/lookup.server.ts"
import type { CaseListRow } from "../cases/views.server.ts"
import { visibleAmong } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { mailboxById } from "../people/mailbox.server.ts"
import { ratingsOf } from "../ratings/rating.server.ts"
import { assignmentsOf } from "../sharing/history.server.ts"
import { deliveriesOf } from "./delivery.server.ts"

/** A row of the API's list of cases. */
export function caseSummary(row: CaseListRow) {
  const { number, subject, state, openedAt, lastMessageAt, messageCount } = row
  return {
    number,
    subject,
    state,
    mailbox: row.mailbox.address,
    customer: row.customer && { name: row.customer.name, email: row.customer.email },
    agent: row.agent && { name: row.agent.name, email: row.agent.email },
    openedAt,
    lastMessageAt,
    messages: messageCount,
  }
}

/** One case whole, as the API shows it; null when the viewer does not answer its mailbox. */
export async function caseRecord(viewer: Viewer, number: number, now: Date) {
  const kase = await caseFor(viewer, number)
  if (!kase) return null
  const [said, deliveries, assignments, known] = await Promise.all([
    conversation(viewer, number),
    deliveriesOf(number),
    assignmentsOf(number),
    visibleAmong(viewer, kase.mergedInto === null ? [] : [kase.mergedInto]),
  ])
  const ids = said.messages.map(({ id }) => id)
  const [pages, ratings] = await Promise.all([htmlOf(ids), ratingsOf(ids)])
  const mergedInto = kase.mergedInto !== null && known.has(kase.mergedInto) ? kase.mergedInto : null
  return {
    ...(await facts(kase, now)),
    mergedInto,
    elsewhere: said.elsewhere,
    messages: said.messages.map((message) => ({
      id: message.id,
      kind: message.kind,
      from: { name: message.agent?.name ?? message.from.name, email: message.from.address },
      to: message.to.map(({ name, address }) => ({ name, email: address })),
      cc: message.cc.map(({ name, address }) => ({ name, email: address })),
      agent: message.agent && { name: message.agent.name, email: message.agent.email },
      at: message.at,
      subject: message.subject,
      text: message.text,
      newText: message.newText,
      isCut: message.isCut,
      html: pages.get(message.id) ?? null,
      attachments: message.attachments.map(({ id, filename, contentType, size, inline }) => ({
        id,
        filename,
        contentType,
        size,
        inline,
      })),
      machine: message.machine,
      joinedBecause: message.joinedBecause,
      unverified: message.unverified,
      authenticity: message.authenticity,
      marks: message.marks,
      delivery: deliveries.get(message.id) ?? null,
      rating: ratings.get(message.id) ?? null,
    })),
    notes: said.notes.map(({ id, at, body, author, email }) => ({
      id,
      at,
      text: body,
      agent: { name: author, email },
    })),
    assignments: assignments.map(({ at, rule, reason, candidates, ...who }) => ({
      at,
      to: who.toEmail && { name: who.to, email: who.toEmail },
      by: who.byEmail && { name: who.by, email: who.byEmail },
      rule,
      reason,
      candidates: candidates.map(({ hindrance: _asFact, ...told }) => told),
    })),
  }
}

async function facts(kase: CaseRow, now: Date) {
  const [mailbox, customer, agent] = await Promise.all([
    mailboxById(kase.mailboxId),
    customerNamed(kase.number),
    personNamed(kase.agentId),
  ])
  const { number, subject, openedAt, lastMessageAt, waitingSince, snoozedUntil, closedAt } = kase
  const times = { openedAt, lastMessageAt, waitingSince, snoozedUntil, closedAt }
  return { number, subject, state: stateOf(kase, now), mailbox: mailbox?.address ?? "", customer, agent, ...times }
}
