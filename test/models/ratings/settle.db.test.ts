import { eq } from "drizzle-orm"
import fc from "fast-check"
import { expect, test } from "vitest"
import type { Viewer } from "#app/models/people/agent.ts"
import { markSpoken, unspokenComments } from "#app/models/ratings/comment.server.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { ratingsOf, settleDue, voidRating } from "#app/models/ratings/rating.server.ts"
import { rebuildRatings } from "#app/models/ratings/rebuild.server.ts"
import { requestBounced, requestsSent } from "#app/models/ratings/request.server.ts"
import { followSpam } from "#app/models/ratings/spam.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { settings } from "#db/tables/people.ts"
import { ratingRequests, ratings, ratingTallies, ratingVotes } from "#db/tables/ratings.ts"
import { asked, newCase, seconds, someone, standing, tallied } from "#test/fixtures/asked.ts"
import { ann, billing, bo, cy, dana, help, noon, resetDesk } from "#test/fixtures/desk.ts"
import { sized } from "#test/support/sizes.ts"

const opened = 600
const settled = async (after: number) => settleDue(seconds(after + 181))
const rebuilt = () => db.transaction(rebuildRatings)
const lead: Viewer = { ...ann, mailboxIds: [help.id, billing.id] }
const agent: Viewer = { ...bo, mailboxIds: [help.id] }

async function frownOf(caseNumber: number, requestId: number, firstContactAt: Date | null) {
  const facts = { caseNumber, authorId: bo.id, mailboxId: help.id, openedAt: seconds(800), dueAt: seconds(90_000) }
  const [frown] = await db
    .insert(frowns)
    .values({ ...facts, firstContactAt })
    .returning()
  await db.insert(frownRatings).values({ frownId: frown!.id, requestId })
}

test("happier after a person got in touch: the first word stays a frown, the last word is happy", async () => {
  const { token, requestId, caseNumber } = await asked()
  const customer = someone()
  await customer.presses(token, "frown", seconds(opened))
  await settled(opened)
  await frownOf(caseNumber, requestId, seconds(2000))
  await customer.presses(token, "happy", seconds(3000))
  await settled(3000)
  expect(await standing(requestId)).toEqual(["frown", "happy"])
  expect(await tallied()).toEqual({ asked: 1, leftOff: 0, first: [0, 0, 1], last: [1, 0, 0] })
  expect(await rebuilt()).toEqual([])
})

test("happier before anybody got in touch is a correction, and the frown leaves the headline", async () => {
  const { token, requestId, caseNumber } = await asked()
  const customer = someone()
  await customer.presses(token, "frown", seconds(opened))
  await settled(opened)
  await frownOf(caseNumber, requestId, null)
  await customer.presses(token, "happy", seconds(3000))
  await settled(3000)
  expect([await standing(requestId), (await tallied()).first]).toEqual([
    ["happy", "happy"],
    [1, 0, 0],
  ])
})

test("a rating of a follow-up counts in no column of the headline, in either basis", async () => {
  const { token, requestId } = await asked({ recoveryFrownId: 5 })
  await someone().presses(token, "happy", seconds(opened))
  await settled(opened)
  expect(await standing(requestId)).toEqual(["happy", "happy"])
  expect(await db.select().from(ratingTallies)).toEqual([])
  expect(await rebuilt()).toEqual([])
})

test("a rating is under the day the reply was sent, and under the day it was given", async () => {
  const { token } = await asked()
  await someone().presses(token, "ok", seconds(3 * 86_400))
  await settled(3 * 86_400)
  const rows = await db.select().from(ratingTallies).orderBy(ratingTallies.basis)
  expect(rows.map(({ basis, day, asked, ok }) => [basis, day, asked, ok])).toEqual([
    ["rated", "2026-03-13", 0, 1],
    ["sent", "2026-03-10", 1, 1],
  ])
})

test("rated before it was known to have left: it is counted when that is known", async () => {
  const { token, replyId } = await asked({ sentAt: null })
  await someone().presses(token, "happy", seconds(opened))
  await settled(opened)
  expect(await tallied()).toMatchObject({ asked: 0, first: [0, 0, 0] })
  await db.transaction((tx) => requestsSent(tx, [replyId], seconds(5)))
  expect(await tallied()).toMatchObject({ asked: 1, first: [1, 0, 0] })
})

test("a bounce of what was rated all the same takes neither the ask nor the rating away", async () => {
  const { token, replyId } = await asked()
  await someone().presses(token, "happy", seconds(opened))
  await settled(opened)
  await db.transaction((tx) => requestBounced(tx, replyId, seconds(opened + 500)))
  expect(await tallied()).toMatchObject({ asked: 1, first: [1, 0, 0] })
})

test("the setting says how long a press waits", async () => {
  await db.insert(settings).values({ key: "ratings.settleSeconds", value: 0, changedAt: noon })
  const { token, requestId } = await asked()
  await someone().presses(token, "happy", seconds(opened))
  expect([await settleDue(seconds(opened)), await standing(requestId)]).toEqual([1, ["happy", "happy"]])
})

test("a lead voids a rating with a reason, and it leaves every figure but the asks", async () => {
  const { token, requestId, replyId } = await asked()
  await someone().presses(token, "frown", seconds(opened))
  await settled(opened)
  expect(await voidRating(agent, requestId, "not fair", seconds(900))).toBe("not allowed")
  expect(await voidRating(lead, requestId, "  ", seconds(900))).toBe("no reason")
  expect(await voidRating(lead, 999, "misclick", seconds(900))).toBe("no rating")
  expect(await voidRating(lead, requestId, "told us it was a misclick", seconds(900))).toBe("voided")
  expect(await voidRating(lead, requestId, "again", seconds(901))).toBe("already void")
  expect(await tallied()).toEqual({ asked: 1, leftOff: 0, first: [0, 0, 0], last: [0, 0, 0] })
  const [row] = await db.select().from(ratings).where(eq(ratings.requestId, requestId))
  expect(row).toMatchObject({ voidedBy: ann.id, voidedBecause: "told us it was a misclick", voidedAt: seconds(900) })
  expect((await ratingsOf([replyId])).get(replyId)).toMatchObject({ standing: "frown", voided: true })
  expect(await rebuilt()).toEqual([])
})

test("a rating in a case that is spam counts for nothing while it is, and a lead's own void stays", async () => {
  const [mine, theirs] = [await asked(), await asked()]
  await someone(1).presses(mine.token, "frown", seconds(opened))
  await someone(2).presses(theirs.token, "ok", seconds(opened))
  await settled(opened)
  await voidRating(lead, theirs.requestId, "a test of ours", seconds(900))
  const marked = (spamAt: Date | null) => db.update(cases).set({ spamAt })
  await marked(seconds(1000))
  expect([await followSpam(seconds(1000)), await followSpam(seconds(1001))]).toEqual([1, 0])
  expect((await tallied()).first).toEqual([0, 0, 0])
  await marked(null)
  expect([await followSpam(seconds(1100)), await followSpam(seconds(1101))]).toEqual([1, 0])
  expect([(await tallied()).first, await rebuilt()]).toEqual([[0, 0, 1], []])
})

test("each reply has its own rating, and an untouched one has none", async () => {
  const [mine, theirs, silent] = [await asked(), await asked(), await asked()]
  await someone(1).presses(mine.token, "happy", seconds(opened))
  await someone(2).presses(theirs.token, "ok", seconds(opened))
  const found = await ratingsOf([mine.replyId, theirs.replyId])
  expect([...found].map(([replyId, { standing }]) => [replyId, standing])).toEqual([
    [mine.replyId, "happy"],
    [theirs.replyId, "ok"],
  ])
  expect((await ratingsOf([silent.replyId])).size).toBe(0)
})

test("words with an OK or a frown wait to be put before the team once they have settled; praise does not", async () => {
  const replies = { happy: await asked(), ok: await asked(), frown: await asked() }
  for (const [face, { token }] of Object.entries(replies))
    await someone().presses(token, face as Face, seconds(opened), `said ${face}`)
  expect(await unspokenComments(seconds(opened + 60))).toEqual([])
  await settled(opened)
  const waiting = await unspokenComments(seconds(opened + 200))
  expect(waiting.map(({ body, face, caseNumber }) => [body, face, caseNumber])).toEqual([
    ["said ok", "ok", replies.ok.caseNumber],
    ["said frown", "frown", replies.frown.caseNumber],
  ])
  const [first] = waiting
  const marks = await Promise.all([1, 2, 3].map(() => db.transaction((tx) => markSpoken(tx, first!.id, seconds(900)))))
  expect(marks.filter(Boolean)).toHaveLength(1)
  expect((await unspokenComments(seconds(901))).map(({ body }) => body)).toEqual(["said frown"])
})

test("words said with a frown that was a misclick are not put before the team as a complaint", async () => {
  const { token } = await asked()
  const customer = someone()
  await customer.presses(token, "frown", seconds(opened), "Oops")
  await customer.presses(token, "happy", seconds(opened + 15), "All good, wrong button")
  await settled(opened + 15)
  expect(await unspokenComments(seconds(opened + 300))).toEqual([])
})

test("the words wait in their own case, whatever it was merged into", async () => {
  const { token, caseNumber } = await asked()
  const into = await newCase()
  await db.update(cases).set({ mergedInto: into }).where(eq(cases.number, caseNumber))
  await someone().presses(token, "frown", seconds(opened), "Still broken")
  await settled(opened)
  expect((await unspokenComments(seconds(opened + 200)))[0]).toMatchObject({ caseNumber, customerId: dana.id })
})

test("rebuild says what was wrong in a line each, puts it right, and then finds nothing", async () => {
  const { token, requestId } = await asked()
  await someone().presses(token, "happy", seconds(opened))
  await settled(opened)
  await db.update(ratings).set({ first: "frown" }).where(eq(ratings.requestId, requestId))
  await db.update(ratingTallies).set({ asked: 7, frown: 3 }).where(eq(ratingTallies.basis, "sent"))
  const said = await rebuilt()
  expect(said).toHaveLength(2)
  expect(said[0]).toMatch(/^rating of reply \d+: was frown .*, is happy/)
  expect(said[1]).toBe("tally sent 2026-03-10 mailbox 1 agent 3: off by asked -6, frown -3")
  expect([await rebuilt(), await tallied()]).toMatchObject([[], { asked: 1, first: [1, 0, 0] }])
})

test("rebuild makes ratings again that were lost, and takes away those nobody gave", async () => {
  const [given, never] = [await asked(), await asked()]
  await someone().presses(given.token, "ok", seconds(opened))
  await settled(opened)
  await db.delete(ratings)
  await db.delete(ratingTallies)
  const at = seconds(1)
  const invented = { first: "happy", standing: "happy", firstAt: at, lastAt: at, settledAt: at } as const
  await db.insert(ratings).values({ requestId: never.requestId, ...invented })
  expect(await rebuilt()).toHaveLength(4)
  expect([await standing(given.requestId), await standing(never.requestId)]).toEqual([["ok", "ok"], null])
  expect(await tallied()).toMatchObject({ asked: 2, first: [0, 1, 0] })
})

test("after the desk moves to another zone rebuild counts every day anew", async () => {
  await asked({ sentAt: new Date("2026-03-10T23:30:00Z") })
  await db.insert(settings).values({ key: "desk.timeZone", value: "Europe/Berlin", changedAt: noon })
  expect(await rebuilt()).toHaveLength(2)
  const rows = await db.select().from(ratingTallies).orderBy(ratingTallies.day)
  expect(rows.map(({ day, asked }) => [day, asked])).toEqual([
    ["2026-03-10", 0],
    ["2026-03-11", 1],
  ])
})

type Step =
  | { does: "press"; reply: number; by: number; face: Face; after: number }
  | { does: "settle"; after: number }
  | { does: "void" | "bounce" | "contact"; reply: number; after: number }

const after = fc.integer({ min: 7, max: 40_000 })
const reply = fc.integer({ min: 0, max: 3 })
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        does: fc.constant("press" as const),
        reply,
        by: fc.integer({ min: 1, max: 3 }),
        face: fc.constantFrom<Face>("happy", "ok", "frown"),
        after,
      }),
    },
    { weight: 3, arbitrary: fc.record({ does: fc.constant("settle" as const), after }) },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constantFrom("void" as const, "bounce" as const, "contact" as const),
        reply,
        after,
      }),
    },
  ),
  { maxLength: 20 },
)

test("Q5: whatever happens in whatever order, the tallies equal a naive recount of the raw votes", async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom("UTC", "Pacific/Apia", "America/St_Johns"), async (story: Step[], zone) => {
      await resetDesk()
      await db.insert(settings).values({ key: "desk.timeZone", value: zone, changedAt: noon })
      const replies = [
        await asked(),
        await asked({ agentId: cy.id }),
        await asked({ mailboxId: billing.id }),
        await asked({ recoveryFrownId: 1 }),
      ]
      const people = [someone(1), someone(2), someone(3)]
      let clock = opened
      for (const step of story) {
        clock += step.after
        await take(step, replies, people, seconds(clock))
      }
      await settleDue(seconds(clock + 1000))
      expect(await tallied("sent")).toEqual(await naive())
      expect((await tallied("rated")).first).toEqual((await naive()).first)
      expect(await rebuilt()).toEqual([])
    }),
    { numRuns: sized({ push: 60, night: 1500 }) },
  )
}, 120_000)

type Asked = Awaited<ReturnType<typeof asked>>

async function take(step: Step, replies: Asked[], people: ReturnType<typeof someone>[], now: Date) {
  if (step.does === "settle") return settleDue(now)
  const { token, requestId, replyId, caseNumber } = replies[step.reply]!
  if (step.does === "press") return people[step.by - 1]!.presses(token, step.face, now)
  if (step.does === "void") return voidRating(lead, requestId, "a reason", now)
  if (step.does === "bounce") return db.transaction((tx) => requestBounced(tx, replyId, now))
  // What the frowns room does: a settled frown opens a record, and a person's contact is in it from then on.
  await settleDue(now)
  const [row] = await db.select().from(ratings).where(eq(ratings.requestId, requestId))
  const known = await db.select().from(frownRatings).where(eq(frownRatings.requestId, requestId))
  if (row?.standing === "frown" && known.length === 0) await frownOf(caseNumber, requestId, now)
}

/** The counting rules once more, the long way: every settled accepted vote of every request, one by one. */
async function naive() {
  const total = { asked: 0, leftOff: 0, first: [0, 0, 0], last: [0, 0, 0] }
  const place = { happy: 0, ok: 1, frown: 2 }
  for (const request of await db.select().from(ratingRequests)) {
    if (request.recoveryFrownId !== null) continue
    const [frown] = await db
      .select()
      .from(frowns)
      .innerJoin(frownRatings, eq(frownRatings.frownId, frowns.id))
      .where(eq(frownRatings.requestId, request.id))
    let first: Face | null = null
    let standing: Face | null = null
    for (const vote of await db
      .select()
      .from(ratingVotes)
      .where(eq(ratingVotes.requestId, request.id))
      .orderBy(ratingVotes.id)) {
      if (vote.status !== "accepted" || vote.settledAt === null) continue
      const contact = frown?.frowns.firstContactAt
      if (first === null || !contact || vote.at < contact) first = vote.face
      standing = vote.face
    }
    const [kept] = await db.select().from(ratings).where(eq(ratings.requestId, request.id))
    const counts = first !== null && standing !== null && kept?.voidedAt === null
    if (!request.bouncedAt || counts) total.asked++
    if (!counts || first === null || standing === null) continue
    total.first[place[first]]!++
    total.last[place[standing]]!++
  }
  return total
}
