import { asc, eq, inArray } from "drizzle-orm"
import { closeCase, reopenCase, snoozeCase, wakeCase } from "#app/models/cases/case.server.ts"
import { saveDraft } from "#app/models/cases/draft.server.ts"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { leaveNote } from "#app/models/cases/note.server.ts"
import { followUpDue } from "#app/models/frowns/follow-up.server.ts"
import { claim, logCall } from "#app/models/frowns/frown.server.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { requestsSent } from "#app/models/ratings/request.server.ts"
import { db } from "#db/connection.server.ts"
import { cases, drafts, messages, notes, participants } from "#db/tables/cases.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { ratingComments, ratingRequests } from "#db/tables/ratings.ts"
import { ann, bo, dana, eli, later } from "#test/fixtures/desk.ts"
import { press } from "#test/fixtures/frown.ts"
import { caseOf, fromCustomer } from "./cases.ts"
import { replied } from "./replies.ts"
import { viewer } from "./viewer.ts"

export const kinds = [
  ...(["mail", "mail", "reply", "reply", "reply and close", "let in", "note", "draft", "close", "reopen"] as const),
  ...(["snooze", "wake", "frown", "frown", "ok", "happy", "claim", "call"] as const),
]
export type Step = { kind: (typeof kinds)[number]; side: 0 | 1 }

/** Dana's case and Eli's. `isMerged`: the first lives on in the second now. */
export type Pair = { numbers: [number, number]; isMerged: boolean }
export const pairOf = async (): Promise<Pair> => ({
  numbers: [await caseOf("Where is mine?"), await caseOf("And mine?", later(0), eli)],
  isMerged: false,
})

const gil = { name: "Gil", address: "gil@elsewhere.example" }

/** One act on one of them; what a person presses happens in the case it lives on in. */
export async function act({ kind, side }: Step, pair: Pair, now: Date) {
  const number = pair.numbers[side]
  const pressed = pair.isMerged ? pair.numbers[1] : number
  const lead = viewer(ann)
  if (kind === "mail")
    await db.transaction((tx) => appendMessage(tx, fromCustomer(number, "More.", now, side === 0 ? dana : eli), now))
  if (kind === "reply" || kind === "reply and close" || kind === "let in") {
    const cc = kind === "let in" ? [gil] : []
    const { messageId } = await replied(pressed, { cc, close: kind === "reply and close" }, now)
    await db.update(mailToSend).set({ sentAt: now }).where(eq(mailToSend.messageId, messageId))
    await db.transaction((tx) => requestsSent(tx, [messageId], now))
  }
  if (kind === "note") await leaveNote(viewer(bo), pressed, { body: `Look here, ${+now}.`, again: false }, now)
  if (kind === "draft") await saveDraft(viewer(bo), number, `Dear ${side}`, [], now)
  if (kind === "close") await closeCase(lead, pressed, now)
  if (kind === "reopen") await reopenCase(lead, pressed, now)
  if (kind === "snooze") await snoozeCase(lead, pressed, later(5000, now), now)
  if (kind === "wake") await wakeCase(lead, pressed, now)
  if (kind === "frown" || kind === "ok" || kind === "happy") await rate(number, kind, now)
  await openFromSettled(later(3, now))
  await followUpDue(later(3, now))
}

async function rate(number: number, face: "frown" | "ok" | "happy", now: Date) {
  const asked = await db.select().from(ratingRequests).where(eq(ratingRequests.caseNumber, number))
  const last = asked.toSorted((a, b) => b.id - a.id)[0]
  if (!last) return
  await press(last.id, face, now)
  if (face !== "happy") await db.insert(ratingComments).values({ requestId: last.id, at: now, body: `It was ${+now}` })
}

/** Which of the two cases has the open frown that everybody sees in the one the other lives on in. */
export async function sideOfFrown({ numbers }: Pair): Promise<0 | 1 | null> {
  const open = await openFrowns(numbers)
  return open[0] ? (numbers.indexOf(open[0].caseNumber) as 0 | 1) : null
}

export async function workOnFrown(kind: "claim" | "call", number: number, now: Date) {
  const [frown] = await openFrowns([number])
  if (!frown) return
  if (kind === "claim") await claim(viewer(bo), frown.id, now)
  else await logCall(viewer(bo), frown.id, { words: "We talked.", told: "happier", again: false }, now)
}

const openFrowns = async (numbers: number[]) =>
  (await db.select().from(frowns).where(inArray(frowns.caseNumber, numbers)).orderBy(asc(frowns.id))).filter(
    ({ closedAt }) => closedAt === null,
  )

/** Everything that must be as it would be, without the numbers it is kept under. */
export async function standing(number: number) {
  const [kase] = await db.select().from(cases).where(eq(cases.number, number))
  if (!kase) throw new Error(`no case ${number}`)
  const { waitingSince, snoozedUntil, closedAt, spamAt, factsIn, mergedInto, messageCount, preview } = kase
  const { lastMessageAt, firstAnsweredAt, lastAnsweredBy, agentId } = kase
  const said = await db.select().from(messages).where(eq(messages.caseNumber, number)).orderBy(asc(messages.id))
  const places = new Map(said.map(({ id }, place) => [id, place]))
  const asked = await db.select().from(ratingRequests).where(eq(ratingRequests.caseNumber, number))
  const its = await db.select().from(frowns).where(eq(frowns.caseNumber, number)).orderBy(asc(frowns.id))
  const order = its.toSorted((a, b) => +a.openedAt - +b.openedAt)
  const rated = await db
    .select({ frownId: frownRatings.frownId, replyId: ratingRequests.replyId })
    .from(frownRatings)
    .innerJoin(ratingRequests, eq(ratingRequests.id, frownRatings.requestId))
    .where(eq(ratingRequests.caseNumber, number))
  const placeOf = (frownId: number | null) => order.findIndex(({ id }) => id === frownId)
  return {
    kase: { waitingSince, snoozedUntil, closedAt, spamAt, factsIn, mergedInto, messageCount, preview },
    answers: { lastMessageAt, firstAnsweredAt, lastAnsweredBy, agentId },
    isLast: said.at(-1)?.id === kase.lastMessageId,
    people: await db
      .select({ address: participants.address, standing: participants.standing })
      .from(participants)
      .where(eq(participants.caseNumber, number))
      .orderBy(asc(participants.address)),
    said: said.map(({ kind, text, at, joinedBecause, from }) => ({ kind, text, at, joinedBecause, from })),
    notes: await db.select({ at: notes.at, body: notes.body }).from(notes).where(eq(notes.caseNumber, number)),
    drafts: await db.select({ body: drafts.body }).from(drafts).where(eq(drafts.caseNumber, number)),
    frowns: order.map(({ id: _id, caseNumber: _number, closedAt, ...facts }) => ({
      ...facts,
      isOpen: closedAt === null,
    })),
    rated: rated.map(({ frownId, replyId }) => [placeOf(frownId), places.get(replyId)]).sort(),
    recoveries: asked.map((one) => [places.get(one.replyId), placeOf(one.recoveryFrownId)]).sort(),
  }
}
