import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { dueFirst, outcomes, stateOf } from "#app/models/frowns/frown.ts"
import { frownQueue, lastFlips, pageSize, queueCounts, readQueueState } from "#app/models/frowns/queue.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { settings } from "#db/tables/people.ts"
import { ratingComments } from "#db/tables/ratings.ts"
import { billing, bo, cy, dana, help, later, noon } from "#test/fixtures/desk.ts"
import { aCase, aFrownedReply, asAnn, asBo, asCy } from "#test/fixtures/frown.ts"

const day = 24 * 60
const start = { state: "open", cursor: null } as const

type New = Partial<typeof frowns.$inferInsert>

/** A frown in a case of its own; made by hand, so that any state can be put before the queue. */
async function aFrown(given: New = {}, mailboxId: number = help.id) {
  const caseNumber = await aCase({ mailboxId })
  const [row] = await db
    .insert(frowns)
    .values({
      caseNumber,
      customerId: dana.id,
      authorId: bo.id,
      mailboxId,
      openedAt: noon,
      dueAt: later(day),
      ...given,
    })
    .returning()
  return row!
}
const contacted: New = { ownerId: bo.id, claimedAt: noon, firstContactAt: later(30), lastContactAt: later(30) }
const idsOf = async (viewer: typeof asAnn, state: Parameters<typeof frownQueue>[1]["state"], now = noon) =>
  (await frownQueue(viewer, { state, cursor: null }, now)).rows.map(({ frown }) => frown.id)

/** Every combination of the facts a state follows from. */
async function oneOfEach() {
  const made: (typeof frowns.$inferSelect)[] = []
  for (const outcome of [null, ...outcomes])
    for (const given of [{}, { ownerId: cy.id }, contacted, { ...contacted, reopenedAt: later(60) }])
      for (const closedAt of [null, later(90)]) {
        const minutes = made.length
        const at = {
          openedAt: later(minutes),
          dueAt: later(day - minutes * 7),
          outcomeAt: outcome && later(minutes * 11),
        }
        made.push(await aFrown({ ...given, ...at, outcome, closedAt }))
      }
  return made
}

test("what is due first is read first, and the database orders as the rule does", async () => {
  const made = await oneOfEach()
  const open = made.filter(({ closedAt }) => !closedAt).toSorted(dueFirst)
  expect(await idsOf(asAnn, "open")).toEqual(open.map(({ id }) => id))
})

test("the database knows the states as the rule does", async () => {
  const made = await oneOfEach()
  for (const state of new Set(made.map(stateOf))) {
    const its = made.filter((frown) => stateOf(frown) === state).map(({ id }) => id)
    if (state !== "flipped") expect((await idsOf(asAnn, state)).toSorted((a, b) => a - b)).toEqual(its)
  }
})

test("page after page every frown comes once, though many are due at the same moment", async () => {
  const all = []
  for (let each = 0; each < 2 * pageSize + 7; each++) all.push((await aFrown({ dueAt: later(each % 3) })).id)
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof frownQueue>> = await frownQueue(asAnn, { state: "open", cursor }, noon)
    seen.push(...page.rows.map(({ frown }) => frown.id))
    cursor = page.next
  } while (cursor)
  expect(seen.toSorted((a, b) => a - b)).toEqual(all)
})

test("a cursor that is not ours starts at the beginning", async () => {
  const { id } = await aFrown()
  const { rows } = await frownQueue(asAnn, { state: "open", cursor: "'; drop" }, noon)
  expect(rows.map(({ frown }) => frown.id)).toEqual([id])
})

test("everybody sees the frowns of mailboxes they answer, which for a lead are all", async () => {
  const [one, two] = [await aFrown(), await aFrown({}, billing.id)]
  expect(await idsOf(asCy, "open")).toEqual([one.id])
  expect(await idsOf(asBo, "open")).toEqual([one.id, two.id])
  expect(await idsOf(asAnn, "open")).toEqual([one.id, two.id])
  expect(await idsOf({ ...asCy, mailboxIds: [] }, "open")).toEqual([])
})

test("mine are those I claimed", async () => {
  await aFrown()
  const { id } = await aFrown({ ownerId: cy.id, claimedAt: noon })
  expect([await idsOf(asCy, "mine"), await idsOf(asBo, "mine")]).toEqual([[id], []])
})

test("due today is by tonight in the desk's zone", async () => {
  await db.insert(settings).values({ key: "desk.timeZone", value: "Europe/Berlin", changedAt: noon })
  const tonight = await aFrown({ dueAt: new Date("2026-03-10T22:59:00Z") })
  await aFrown({ dueAt: new Date("2026-03-10T23:00:00Z") })
  expect(await idsOf(asAnn, "due")).toEqual([tonight.id])
  expect(await queueCounts(asAnn, noon)).toEqual({ open: 2, mine: 0, unheard: 2, due: 1 })
})

test("flipped come with the latest first, closed or not", async () => {
  const flip = (minutes: number, closedAt: Date | null) =>
    aFrown({ ...contacted, outcome: "flipped", outcomeAt: later(minutes), closedAt })
  const [old, fresh] = [await flip(60, later(90)), await flip(80, null)]
  await aFrown({ ...contacted, outcome: "unmoved", outcomeAt: later(70) })
  expect(await idsOf(asAnn, "flipped")).toEqual([fresh.id, old.id])
  expect((await lastFlips(asAnn)).map(({ id, customer }) => [id, customer])).toEqual([
    [fresh.id, "Dana Reyes"],
    [old.id, "Dana Reyes"],
  ])
})

test("closed leaves out what became part of another frown", async () => {
  const { id } = await aFrown({ closedAt: later(9) })
  await aFrown({ closedAt: later(9), outcome: "void", joinedInto: id })
  expect(await idsOf(asAnn, "closed")).toEqual([id])
})

test("a merged case is shown as the case it lives on in, and its mailbox decides who sees it", async () => {
  const { caseNumber } = await aFrown()
  const middle = await aCase({ subject: "Middle" })
  const living = await aCase({ subject: "Living", mailboxId: billing.id })
  await db.update(cases).set({ mergedInto: middle }).where(eq(cases.number, caseNumber))
  await db.update(cases).set({ mergedInto: living }).where(eq(cases.number, middle))
  const { rows } = await frownQueue(asBo, start, noon)
  expect(rows[0]?.kase).toEqual({ number: living, subject: "Living" })
  expect(await idsOf(asCy, "open")).toEqual([])
})

test("a frown of a case merged into one of another mailbox is for those who answer both", async () => {
  const { id, caseNumber } = await aFrown({}, billing.id)
  const living = await aCase({ subject: "Living" })
  await db.update(cases).set({ mergedInto: living }).where(eq(cases.number, caseNumber))
  expect([await idsOf(asBo, "open"), await idsOf(asCy, "open")]).toEqual([[id], []])
})

test("a row has the customer's last words, who wrote the reply and who has it", async () => {
  const { caseNumber, requestId } = await aFrownedReply()
  const frown = await aFrown({ caseNumber, ownerId: cy.id })
  await db.insert(frownRatings).values({ frownId: frown.id, requestId })
  await db.insert(ratingComments).values([
    { requestId, at: later(1), body: "First words" },
    { requestId, at: later(2), body: "Last words" },
  ])
  const { rows } = await frownQueue(asAnn, start, noon)
  expect(rows).toMatchObject([
    {
      words: "Last words",
      customer: { name: "Dana Reyes", email: "dana@customer.example" },
      author: { name: "Bo Diaz" },
      owner: { name: "Cy Novak" },
      kase: { subject: "Invoice wrong" },
      state: "claimed",
      step: "contact",
    },
  ])
})

test("a list's name in an address may be written with dashes", () => {
  expect(["open", "let-go", "no answer", "no-answer", "gone"].map(readQueueState)).toEqual([
    ...["open", "let go", "no answer", "no answer"],
    null,
  ])
})
