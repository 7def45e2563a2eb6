import { eq, sql } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { causePareto, ensureCauses, listCauses } from "#app/models/frowns/cause.server.ts"
import { claim, closeFrown, logCall, setCause, unclaim } from "#app/models/frowns/frown.server.ts"
import { stateOf } from "#app/models/frowns/frown.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { frownFor } from "#app/models/frowns/story.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { causes, frownEvents, frowns } from "#db/tables/frowns.ts"
import { ratingComments, ratings } from "#db/tables/ratings.ts"
import { billing, bo, later, noon } from "#test/fixtures/desk.ts"
import { aFrownedReply, allFrowns, asAnn, asBo, asCy, eventsOf } from "#test/fixtures/frown.ts"

const day = 24 * 60
beforeEach(() => ensureCauses(db))

async function aFrown() {
  const reply = await aFrownedReply()
  await openFromSettled(later(3))
  const all = await allFrowns()
  return { ...reply, id: all.at(-1)!.id }
}
const frownNow = async () => (await allFrowns())[0]!
const contact = (id: number) => db.update(frowns).set(contacted).where(eq(frowns.id, id))
const contacted = { firstContactAt: later(60), lastContactAt: later(60), contactedBy: "reply" } as const
const closing = { cause: "tone", whatWeDid: "Said sorry and sent the right invoice", dismissedAs: null }

test("of two who claim at once exactly one has it, and the other is told who", async () => {
  const { id } = await aFrown()
  const answers = await Promise.all([claim(asBo, id, later(10)), claim(asCy, id, later(10))])
  const winner = (await frownNow()).ownerId === bo.id ? asBo : asCy
  expect(answers).toContain("claimed")
  expect(answers).toContainEqual({ takenBy: winner.name })
  expect(await eventsOf(id)).toEqual(["opened", "claimed"])
})

test("of thirty presses on each of ten frowns ten win, one each", async () => {
  const ids = []
  for (let each = 0; each < 10; each++) ids.push((await aFrown()).id)
  const presses = ids.flatMap((id) =>
    Array.from({ length: 30 }, (_, place) => claim([asAnn, asBo, asCy][place % 3]!, id, later(9))),
  )
  const answers = await Promise.all(presses)
  expect(answers.every((answer) => answer === "claimed" || (typeof answer === "object" && answer !== null))).toBe(true)
  const claims = (await db.select().from(frownEvents)).filter(({ kind }) => kind === "claimed")
  expect(claims.map(({ frownId }) => frownId).toSorted((a, b) => a - b)).toEqual(ids)
})

test("a closed frown cannot be claimed", async () => {
  const { id } = await aFrown()
  await db
    .update(frowns)
    .set({ ownerId: bo.id, closedAt: later(5) })
    .where(eq(frowns.id, id))
  expect(await claim(asBo, id, later(10))).toBe("not possible now")
})

test("claimed again by whoever has it, nothing more is written", async () => {
  const { id } = await aFrown()
  expect([await claim(asBo, id, later(10)), await claim(asBo, id, later(11))]).toEqual(["claimed", "claimed"])
  expect(await eventsOf(id)).toEqual(["opened", "claimed"])
})

test("a claim is given back by its owner or a lead, not by a colleague", async () => {
  const { id } = await aFrown()
  await claim(asBo, id, later(10))
  expect(await unclaim(asCy, id, later(11))).toBe("not possible now")
  expect(await unclaim(asBo, id, later(12))).toBe("unclaimed")
  await claim(asBo, id, later(13))
  expect(await unclaim(asAnn, id, later(14))).toBe("unclaimed")
  expect(stateOf(await frownNow())).toBe("new")
})

test("an agent of another mailbox neither sees nor touches it", async () => {
  const { id, caseNumber } = await aFrown()
  await db.update(cases).set({ mailboxId: billing.id }).where(eq(cases.number, caseNumber))
  const answers = [
    await claim(asCy, id, later(10)),
    await unclaim(asCy, id, later(10)),
    await logCall(asCy, id, { words: "Hello", told: "nothing", again: false }, later(10)),
    await setCause(asCy, id, "tone", later(10)),
    await closeFrown(asCy, id, closing, later(10)),
    await frownFor(asCy, id, later(10)),
  ]
  expect(answers).toEqual([null, null, null, null, null, null])
  expect(await claim(asBo, id, later(11))).toBe("claimed")
})

test("a frown that does not exist is nobody's", async () => {
  expect(await claim(asAnn, 4711, noon)).toBeNull()
  expect(await frownFor(asAnn, 4711, noon)).toBeNull()
})

test("an agent cannot make a flip: closing, calling and coding leave the outcome to the customer", async () => {
  const { id } = await aFrown()
  await logCall(asBo, id, { words: "She is delighted", told: "happier", again: false }, later(30))
  await setCause(asBo, id, "bug", later(31))
  await closeFrown(asBo, id, { ...closing, whatWeDid: "flipped" }, later(32))
  expect(await frownNow()).toMatchObject({ outcome: null, outcomeAt: null, toldImprovedAt: later(30) })
  expect(stateOf(await frownNow())).toBe("let go")
})

test("closing needs a contact, a cause of the book and a line", async () => {
  const { id } = await aFrown()
  expect(await closeFrown(asBo, id, closing, later(10))).toBe("contact first")
  await contact(id)
  expect(await closeFrown(asBo, id, { ...closing, cause: "" }, later(70))).toBe("cause missing")
  expect(await closeFrown(asBo, id, { ...closing, cause: "moon" }, later(70))).toBe("unknown cause")
  expect(await closeFrown(asBo, id, { ...closing, whatWeDid: "  " }, later(70))).toBe("line missing")
  expect((await frownNow()).closedAt).toBeNull()
  expect(await closeFrown(asBo, id, closing, later(71))).toBe("closed")
  expect(await frownNow()).toMatchObject({ closedAt: later(71), closedBy: bo.id, whatWeDid: closing.whatWeDid })
  expect(await closeFrown(asBo, id, closing, later(72))).toBe("not possible now")
  expect(await eventsOf(id)).toEqual(["opened", "cause", "closed"])
})

test("a lead dismisses a frown nobody followed up, with a reason; an agent cannot", async () => {
  const { id } = await aFrown()
  const dismissal = { ...closing, cause: "misclick", dismissedAs: "misclick" as const }
  expect(await closeFrown(asBo, id, dismissal, later(10))).toBe("contact first")
  expect(await closeFrown(asAnn, id, { ...dismissal, dismissedAs: null }, later(10))).toBe("reason missing")
  expect(await closeFrown(asAnn, id, dismissal, later(10))).toBe("closed")
  const [last] = (await db.select().from(frownEvents).where(eq(frownEvents.frownId, id))).slice(-1)
  expect(last).toMatchObject({ kind: "closed", detail: "dismissed: misclick", agentId: asAnn.id })
})

test("a call without words is no call", async () => {
  const { id } = await aFrown()
  expect(await logCall(asBo, id, { words: " ", told: "nothing", again: false }, later(10))).toBe("words missing")
  expect((await frownNow()).firstContactAt).toBeNull()
})

test("a second call leaves the first contact where it was", async () => {
  const { id } = await aFrown()
  await logCall(asBo, id, { words: "No answer, left a message", told: "nothing", again: false }, later(10))
  await logCall(asCy, id, { words: "Reached her", told: "nothing", again: false }, later(20))
  expect(await frownNow()).toMatchObject({ firstContactAt: later(10), lastContactAt: later(20), ownerId: bo.id })
})

test("coding anew keeps what it was in the story, and the same cause twice is one entry", async () => {
  const { id } = await aFrown()
  await setCause(asBo, id, "tone", later(10))
  await setCause(asBo, id, "tone", later(11))
  await setCause(asBo, id, "bug", later(12))
  const story = await frownFor(asBo, id, later(13))
  expect(story?.cause?.key).toBe("bug")
  expect(story?.events.filter(({ kind }) => kind === "cause").map(({ detail }) => detail)).toEqual(["Tone", "Bug"])
})

test("the story has the customer, their words, the rated reply, its author and what was done", async () => {
  const { id, caseNumber, requestId } = await aFrown()
  await db.insert(ratingComments).values({ requestId, at: later(2), body: "You did not read my mail." })
  await claim(asBo, id, later(10))
  const story = await frownFor(asAnn, id, later(2 * day))
  expect(story).toMatchObject({
    kase: { number: caseNumber, subject: "Invoice wrong" },
    customer: { name: "Dana Reyes", email: "dana@customer.example" },
    author: { name: "Bo Diaz" },
    owner: { name: "Bo Diaz" },
    state: "claimed",
    step: "contact",
    late: true,
    rated: [
      {
        frowned: true,
        standing: "frown",
        author: "Bo Diaz",
        reply: { text: "Please try again." },
        words: [{ body: "You did not read my mail." }],
      },
    ],
  })
  expect(story?.events.map(({ kind, who }) => [kind, who])).toEqual([
    ["opened", null],
    ["claimed", "Bo Diaz"],
  ])
})

test("the book is put in once, and a name somebody edited stays", async () => {
  await db.update(causes).set({ name: "Our tone" }).where(eq(causes.key, "tone"))
  await ensureCauses(db)
  const book = await listCauses()
  expect(book).toHaveLength(22)
  expect(book[0]).toMatchObject({ key: "tone", name: "Our tone", ours: true })
})

test("the Pareto counts the frowns of its half year, void ones left out, unknown shown", async () => {
  const ids = [(await aFrown()).id, (await aFrown()).id, (await aFrown()).id, (await aFrown()).id]
  await setCause(asBo, ids[0]!, "bug", later(10))
  await setCause(asBo, ids[1]!, "bug", later(10))
  const isFourth = sql`request_id = (select request_id from frown_ratings where frown_id = ${ids[3]})`
  await db.update(ratings).set({ voidedAt: noon }).where(isFourth)
  const half = { from: new Date("2026-01-01T00:00:00Z"), to: new Date("2026-07-01T00:00:00Z") }
  expect((await causePareto(asAnn, half)).map(({ name, count, ours }) => [name, count, ours])).toEqual([
    ["Bug", 2, false],
    ["Not known yet", 1, null],
  ])
  expect(await causePareto(asAnn, { from: half.to, to: later(365 * day) })).toEqual([])
})
