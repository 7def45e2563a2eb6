import { previewOf } from "#app/models/cases/case.ts"
import type { Address } from "#db/tables/cases.ts"
import { replySubject } from "#emails/outgoing/headers.ts"
import { askRows } from "./ask-rows.ts"
import type { Dice } from "./dice.ts"
import { frownRows } from "./frown-rows.ts"
import type { Ids } from "./ids.server.ts"
import type { Register } from "./register.ts"
import type { Sheets } from "./sheets.ts"
import type { DemoCase, DemoMessage } from "./story.ts"

/** Where a story has come to lie: for what is written besides, such as its mail. */
export type Placed = {
  story: DemoCase
  number: number
  customerId: number
  messages: { said: DemoMessage; id: number; requestId: number | null; tokenHash: string }[]
}

type Desk = { ids: Ids; register: Register; dice: Dice; linkDays: number }

/** Turns one story into rows of a dozen tables, facts and projections the way the rooms' verbs would leave them. */
export function writeRows(sheets: Sheets, story: DemoCase, desk: Desk): Placed {
  const { ids, register } = desk
  const customerId = customerRows(sheets, story, ids)
  const number = ids.kase()
  const messages = story.messages
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((said) => ({ said, id: ids.message(), requestId: said.ask && ids.request(), tokenHash: desk.dice.hex(64) }))
  const placed = { story, number, customerId, messages }
  sheets.cases.push(caseRow(placed, register))
  sheets.participants.push({
    caseNumber: number,
    ...parties(story).customer,
    standing: "requester",
    addedAt: story.openedAt,
  })
  for (const message of messages) sheets.messages.push(messageRow(placed, message, register))
  const frownId = story.frown && ids.frown()
  askRows(sheets, placed, frownId, desk)
  if (story.frown && frownId !== null) frownRows(sheets, placed, story.frown, frownId, register)
  besideRows(sheets, placed, register)
  return placed
}

export const parties = ({ customer }: DemoCase) => ({
  customer: { name: `${customer.name} ${customer.surname}`, address: customer.address },
})

function customerRows(sheets: Sheets, { customer }: DemoCase, ids: Ids): number {
  if (customer.id !== null) return customer.id
  const { name, surname, company, address, since: createdAt } = customer
  customer.id = ids.customer()
  sheets.customers.push({ id: customer.id, name: `${name} ${surname}`, about: company, createdAt })
  sheets.customerAddresses.push({ address, customerId: customer.id, createdAt })
  return customer.id
}

function caseRow({ story, number, customerId, messages }: Placed, { person, mailbox }: Register) {
  const replies = messages.filter(({ said }) => said.by !== null)
  const last = messages.at(-1)
  const { by = null } = replies.at(-1)?.said ?? {}
  return {
    number,
    mailboxId: mailbox(story.mailbox),
    customerId,
    agentId: person(story.agent),
    subject: story.subject,
    openedAt: story.openedAt,
    waitingSince: story.closedAt ? null : waitingSince(messages.map(({ said }) => said)),
    snoozedUntil: story.snoozedUntil,
    closedAt: story.closedAt,
    agentSince:
      story.agent === null ? null : (story.given.findLast(({ to }) => to === story.agent)?.at ?? story.openedAt),
    lastAnsweredBy: person(by),
    firstAnsweredAt: replies[0]?.said.at ?? null,
    lastMessageAt: last?.said.at ?? story.openedAt,
    lastMessageId: last?.id ?? null,
    messageCount: messages.length,
    preview: previewOf(last?.said.text ?? ""),
  }
}

/** Since the first thing the customer said that nobody has answered; machines do not count as speaking. */
function waitingSince(said: readonly DemoMessage[]) {
  const answered = said.findLastIndex(({ by }) => by !== null)
  return said.slice(answered + 1).find(({ machine }) => machine === null)?.at ?? null
}

function messageRow(
  { story, number, customerId }: Placed,
  { said, id }: Placed["messages"][number],
  register: Register,
) {
  const customer: Address = parties(story).customer
  const box = register.address(story.mailbox)
  return {
    id,
    caseNumber: number,
    kind: said.by === null ? ("email" as const) : ("reply" as const),
    at: said.at,
    from: said.by === null ? customer : box,
    to: [said.by === null ? box : customer],
    cc: [],
    references: [],
    agentId: register.person(said.by),
    customerId: said.by === null ? customerId : null,
    subject: said.at > story.openedAt ? replySubject(story.subject) : story.subject,
    text: said.quoted === "" ? said.text : `${said.text}\n\n${said.quoted}`,
    newText: said.text,
    html: said.html,
    machine: said.machine,
    joinedBecause: said.joinedBecause,
    rfcMessageId: null as string | null,
    inReplyTo: null as string | null,
    mailId: null as number | null,
    unverified: false,
  }
}

function besideRows(sheets: Sheets, { story, number }: Placed, { agent, person }: Register) {
  for (const { at, from, to, by, rule, reason, candidates, asked } of story.given)
    sheets.assignments.push({
      ...{ caseNumber: number, at, rule, reason, candidates, asked: asked ?? null },
      ...{ fromAgentId: person(from), toAgentId: person(to), byAgentId: person(by) },
    })
  for (const { by, at, body } of story.notes) sheets.notes.push({ caseNumber: number, agentId: agent(by), at, body })
  for (const { by, savedAt, body } of story.drafts)
    sheets.drafts.push({ caseNumber: number, agentId: agent(by), body, cc: [], savedAt })
  if (story.closedAt)
    sheets.caseEvents.push({
      ...{ caseNumber: number, at: story.closedAt, agentId: person(story.closedBy), kind: "closed", detail: {} },
    })
}
