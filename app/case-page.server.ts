import type { Address } from "#db/tables/cases.ts"
import { htmlFromMarkdown, textFromMarkdown } from "#emails/markdown.ts"
import { type CaseRow, caseFor } from "./models/cases/case.server.ts"
import { previewOf, stateOf } from "./models/cases/case.ts"
import { caseParticipants } from "./models/cases/case-people.server.ts"
import { conversationOnScreen } from "./models/cases/conversation.server.ts"
import { customerOf } from "./models/cases/customers.server.ts"
import { draftsOf } from "./models/cases/drafts-of.server.ts"
import { type ListPlace, neighboursIn } from "./models/cases/neighbours.server.ts"
import { snoozeTimes } from "./models/cases/snooze.ts"
import { listCases, type View } from "./models/cases/views.server.ts"
import { visibleAmong } from "./models/cases/visible.server.ts"
import { openFrownFor } from "./models/frowns/of-case.server.ts"
import { deliveriesOf } from "./models/mail/delivery.server.ts"
import { changedSubjects } from "./models/mail/likeness.ts"
import { isAgreed, notOffered, otherPlace, type Party } from "./models/mail/recipients.ts"
import type { Viewer } from "./models/people/agent.ts"
import { impostorSign } from "./models/people/impostor.ts"
import { listMailboxes, mailboxById } from "./models/people/mailbox.server.ts"
import { settings } from "./models/people/settings.server.ts"
import { ratingsOf } from "./models/ratings/rating.server.ts"
import { offeredFor } from "./models/sharing/hand-over.server.ts"
import { assignmentsOf } from "./models/sharing/history.server.ts"
import { lineOf, stoodThen } from "./models/sharing/why.ts"

/** The list one came from, the message to be shown as text though it has HTML, and the one before which to read. */
type Shown = { view: View; list?: ListPlace; asText: number | null; before?: number | null }

/** Everything a case page shows; null when there is no such case for this viewer. */
export async function casePage(
  viewer: Viewer,
  number: number,
  { view, list = wholeView(view), asText, before = null }: Shown,
  now: Date,
) {
  const kase = await caseFor(viewer, number)
  if (!kase) return null
  const [head, near, said, assignments, drafts, participants, beside, people, frown, desk, ours] = await Promise.all([
    headOf(viewer, kase, now),
    neighboursIn(viewer, number, list, now),
    whatWasSaid(viewer, kase, { asText, before }, now),
    assignmentsOf(number),
    draftsOf(viewer, number),
    caseParticipants(viewer, number),
    customerPanel(viewer, kase, now),
    offeredFor(kase, now),
    openFrownFor(viewer, number),
    settings(),
    ourAddresses(),
  ])
  return {
    kase: { ...head, lastMessageId: said.messages.at(-1)?.id ?? head.lastMessageId },
    ...said,
    assignments: assignments.map((row) => changeOfHands(row, desk["desk.timeZone"])),
    drafts,
    participants,
    otherPlace: otherPlaceIn(said.messages, participants),
    notOffered: notOffered(namedIn(said.messages), participants, ours),
    customer: beside,
    frown,
    colleagues: people,
    neighbours: near,
    snoozeTimes: snoozeTimes(now, desk["desk.timeZone"]),
    ratingLine: desk["ratings.lineOn"],
  }
}

async function headOf(viewer: Viewer, kase: CaseRow, now: Date) {
  const { number, subject, agentId, waitingSince, snoozedUntil, closedAt, mergedInto, lastMessageId, openedAt } = kase
  const known = await visibleAmong(
    viewer,
    [kase.nearCase, mergedInto].flatMap((other) => other ?? []),
  )
  const isNear = kase.nearCase !== null && known.has(kase.nearCase)
  const facts = {
    nearCase: isNear ? kase.nearCase : null,
    nearBecause: isNear ? kase.nearBecause : null,
    number,
    subject,
    agentId,
    waitingSince,
    snoozedUntil,
    closedAt,
    mergedInto: mergedInto !== null && known.has(mergedInto) ? mergedInto : null,
    lastMessageId,
    openedAt,
  }
  return { ...facts, state: stateOf(kase, now), mailbox: await mailboxById(kase.mailboxId) }
}

type Part = { asText: number | null; before: number | null }

/** The conversation, each reply with how its delivery stands and the face it earned. */
async function whatWasSaid(viewer: Viewer, { number }: CaseRow, { asText, before }: Part, now: Date) {
  const [said, deliveries] = await Promise.all([
    conversationOnScreen(viewer, number, before),
    deliveriesOf(number, now),
  ])
  const ratings = await ratingsOf(said.messages.map(({ id }) => id))
  // Words that came with a face stand in the case as the customer's own: once is enough.
  const spoken = new Set(said.messages.filter(({ kind }) => kind === "email").map(({ newText }) => newText.trim()))
  const changed = changedSubjects(said.messages)
  const messages = said.messages.map(({ references: _references, ...message }) => ({
    ...message,
    ...bodyOf(message, asText),
    isUnderOtherSubject: changed.has(message.id),
    impostor: message.kind === "email" ? impostorSign(message.from) : null,
    preview: beginningOf(message),
    delivery: deliveries.get(message.id) ?? null,
    rating: wordsOnce(ratings.get(message.id) ?? null, spoken),
  }))
  return { ...said, messages }
}

/** In one line, and how everybody stood at that moment. */
function changeOfHands(row: Awaited<ReturnType<typeof assignmentsOf>>[number], timeZone: string) {
  const { id, at, rule, asked } = row
  return { id, at, rule, line: lineOf(row), stood: stoodThen(row, { timeZone: asked?.timeZone ?? timeZone, now: at }) }
}

/** Whom the mail of people names beside us. */
const namedIn = (messages: Named[]) =>
  messages.flatMap(({ kind, machine, unverified, to, cc }) =>
    kind === "email" && machine === null && !unverified ? [...to, ...cc] : [],
  )
type Named = { kind: string; machine: string | null; unverified: boolean; to: Address[]; cc: Address[] }

const ourAddresses = async () => (await listMailboxes()).map(({ address }) => address)

type Spoken = Parameters<typeof otherPlace>[0] & {
  machine: string | null
  unverified: boolean
  joinedBecause: string | null
}

/** Where the newest mail of the requester wants its answer, if that is not where it came from. */
function otherPlaceIn(messages: Spoken[], parties: Party[]) {
  const isAnswerable = ({ machine, joinedBecause }: Spoken) =>
    machine === null || ((machine === "auto" || machine === "list") && joinedBecause === null)
  const answered = messages.findLast((one) => one.kind === "email" && !one.unverified && isAnswerable(one))
  const place = otherPlace(answered ?? null, parties)
  return place && { ...place, isAgreed: isAgreed(place, parties) }
}

type Written = { id: number; kind: "email" | "reply"; hasPage: boolean; text: string; newText: string }

/** A message goes to the browser once: as our own rendered words, as a frame it fetches itself, or as text. */
function bodyOf({ id, kind, hasPage, text, newText }: Written, asText: number | null) {
  if (kind === "reply") return { hasHtml: false, html: htmlFromMarkdown(newText || text), text: "", newText: "" }
  return hasPage && id !== asText
    ? { hasHtml: true, html: null, text: "", newText: "" }
    : { hasHtml: hasPage, html: null, text, newText }
}

/** A folded line shows words, not the signs that make ours bold. */
function beginningOf({ kind, text, newText }: Pick<Written, "kind" | "text" | "newText">) {
  const words = (newText || text).slice(0, 1000)
  return previewOf(kind === "reply" ? textFromMarkdown(words) : words)
}

function wordsOnce<R extends { comment: string | null }>(rating: R | null, spoken: Set<string>) {
  return rating && { ...rating, comment: spoken.has(rating.comment?.trim() ?? "") ? null : rating.comment }
}

async function customerPanel(viewer: Viewer, { customerId }: CaseRow, now: Date) {
  if (customerId === null) return null
  const filter = { view: "all", mailboxId: null, agentId: null, customerId, q: null, cursor: null } as const
  const [customer, cases] = await Promise.all([customerOf(viewer, customerId), listCases(viewer, filter, now)])
  return customer && { ...customer, cases: cases.rows.slice(0, 12), more: cases.rows.length > 12 }
}

const wholeView = (view: View): ListPlace => ({
  filter: { view, mailboxId: null, agentId: null, customerId: null, q: null, cursor: null },
  after: null,
})
