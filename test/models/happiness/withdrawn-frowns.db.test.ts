import { eq, sql } from "drizzle-orm"
import fc from "fast-check"
import { expect, test } from "vitest"
import { causePareto, ensureCauses } from "#app/models/frowns/cause.server.ts"
import { followUpDue } from "#app/models/frowns/follow-up.server.ts"
import { claim, closeFrown, logCall, setCause } from "#app/models/frowns/frown.server.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { frownQueue } from "#app/models/frowns/queue.server.ts"
import { frownFor } from "#app/models/frowns/story.server.ts"
import type { Show } from "#app/models/happiness/behind.ts"
import { casesBehind } from "#app/models/happiness/cases-behind.server.ts"
import { overviewOf } from "#app/models/happiness/overview.server.ts"
import { parsePeriod } from "#app/models/happiness/period.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { ratingsOf, settleDue, voidRating } from "#app/models/ratings/rating.server.ts"
import { rebuildRatings } from "#app/models/ratings/rebuild.server.ts"
import { followSpam } from "#app/models/ratings/spam.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { asked, someone } from "#test/fixtures/asked.ts"
import { ann, cy, later, noon, resetDesk } from "#test/fixtures/desk.ts"
import { allFrowns, asAnn, asBo } from "#test/fixtures/frown.ts"
import { sized } from "#test/support/sizes.ts"

const day = 24 * 60

/** What the worker does between two acts. */
async function work(now: Date) {
  await settleDue(now)
  await openFromSettled(now)
  await followUpDue(now)
}

async function frowned(at = later(1)) {
  const reply = await asked()
  const customer = someone()
  await customer.presses(reply.token, "frown", at)
  await work(later(5, at))
  return { ...reply, customer, id: (await allFrowns()).at(-1)!.id }
}

/** Every number that is called frowns, wherever it stands. */
async function numbers(now: Date) {
  const about = { loadBy: null, voices: null, mailboxId: null, agentId: null }
  const page = await overviewOf(asAnn, { period: parsePeriod("2026")!, ...about }, now)
  if (page === "not yours") throw new Error(page)
  const half = { from: new Date("2026-01-01T00:00:00Z"), to: new Date("2026-07-01T00:00:00Z") }
  const sum = (rows: readonly { count: number }[]) => rows.reduce((all, { count }) => all + count, 0)
  const listed = async (show: Show, face: Face | null = null) => {
    const asked = { from: "2026-01-01", to: "2027-01-01", show, face, mailboxId: null, agentId: null, cause: null }
    const { count, rows } = await casesBehind(asAnn, { ...asked, cursor: null }, now)
    return [count, rows.length]
  }
  return [
    ...[page.last.frown, page.flips.frowns, sum(page.causes), sum(await causePareto(asAnn, half))],
    ...[...(await listed("rated", "frown")), ...(await listed("frowns"))],
    page.people.rows.reduce((all, { tally }) => all + tally.frown, 0),
  ]
}

const queued = async (state: "open" | "all" | "closed", now: Date) =>
  (await frownQueue(asAnn, { state, cursor: null }, now)).rows.length

test.each<[string, (id: number) => Promise<unknown>]>([
  ["nobody has looked at it yet", async () => {}],
  [
    "somebody has claimed it and laid it down to a cause",
    async (id) => {
      await ensureCauses(db)
      await claim(asBo, id, later(10))
      await setCause(asBo, id, "tone", later(11))
    },
  ],
  [
    "a lead has dismissed it",
    async (id) => {
      await ensureCauses(db)
      const closing = { cause: "misclick", whatWeDid: "She told us", dismissedAs: "misclick" as const }
      expect(await closeFrown(asAnn, id, closing, later(12))).toBe("closed")
    },
  ],
])("a frown withdrawn days later is in no number and no list, though %s", async (_, act) => {
  const { id, token, customer } = await frowned()
  await act(id)
  expect(await numbers(later(20))).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1])
  await customer.presses(token, "happy", later(6 * day))
  await work(later(6 * day + 5))
  expect(await numbers(later(7 * day))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
  expect([
    await queued("open", later(7 * day)),
    await queued("all", later(7 * day)),
    await queued("closed", noon),
  ]).toEqual([0, 0, 0])
})

test("a happier face pressed before the call, and settled after it, is a correction in the ratio as well", async () => {
  const { id, token, customer } = await frowned()
  await customer.presses(token, "happy", later(60))
  await logCall(asBo, id, { words: "She was kind", told: "nothing", again: false }, later(61))
  await work(later(65))
  expect(await numbers(later(70))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
  expect(await db.transaction(rebuildRatings)).toEqual([])
})

test("a void says who, when and why where the face stood, and takes the frown out of every number", async () => {
  const { id, requestId, replyId } = await frowned()
  expect(await voidRating(asAnn, requestId, "pressed by her child", later(30))).toBe("voided")
  await work(later(31))
  expect(await numbers(later(40))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
  const voiding = { by: ann.name, at: later(30), because: "pressed by her child" }
  expect((await ratingsOf([replyId])).get(replyId)?.voiding).toEqual(voiding)
  const story = await frownFor(asAnn, id, later(40))
  expect(story?.rated[0]?.voiding).toEqual(voiding)
  expect(story?.events.find(({ kind }) => kind === "voided")).toMatchObject({ who: ann.name, detail: voiding.because })
  const asked = { from: "2026-01-01", to: "2027-01-01", show: "voided" as const, face: null, cause: null }
  const behind = await casesBehind(asAnn, { ...asked, mailboxId: null, agentId: null, cursor: null }, later(40))
  expect([behind.count, behind.rows[0]?.voiding]).toEqual([1, voiding])
})

test("a case that turns out to be no spam brings its frown back into the queue and the numbers", async () => {
  const { id, caseNumber } = await frowned()
  const spam = (spamAt: Date | null) => db.update(cases).set({ spamAt }).where(eq(cases.number, caseNumber))
  await spam(later(10))
  await followSpam(later(11))
  await work(later(12))
  expect([await numbers(later(13)), await queued("open", later(13))]).toEqual([[0, 0, 0, 0, 0, 0, 0, 0, 0], 0])
  await spam(null)
  await followSpam(later(2 * day))
  await work(later(2 * day))
  expect([await numbers(later(2 * day)), await queued("open", later(2 * day))]).toEqual([
    [1, 1, 1, 1, 1, 1, 1, 1, 1],
    1,
  ])
  expect((await frownFor(asAnn, id, later(2 * day)))?.late).toBe(false)
})

type Step =
  | { does: "press"; reply: number; face: Face; after: number }
  | { does: "void" | "claim" | "call" | "dismiss" | "work"; reply: number; after: number }

const reply = fc.integer({ min: 0, max: 2 })
const after = fc.integer({ min: 3, max: 3 * day })
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        does: fc.constant("press" as const),
        reply,
        face: fc.constantFrom<Face>("happy", "ok", "frown", "frown"),
        after,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ does: fc.constantFrom("void", "claim", "call", "dismiss", "work", "work"), reply, after }),
    },
  ),
  { maxLength: 12 },
)

test("whatever is pressed, voided, claimed, called and closed, ratio, causes and lists agree with a plain recount", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (story: Step[]) => {
      await resetDesk()
      await ensureCauses(db)
      const one = await asked()
      const replies = [one, await asked({ caseNumber: one.caseNumber, agentId: cy.id }), await asked()]
      const customer = someone()
      let clock = 1
      for (const step of story) {
        clock += step.after
        await take(step, replies[step.reply]!, customer, later(clock))
      }
      const now = later(clock + 10)
      await work(now)
      const count = await recount()
      expect(await numbers(now)).toEqual(Array(9).fill(count))
      expect(await db.transaction(rebuildRatings)).toEqual([])
    }),
    { numRuns: sized({ push: 15, night: 300 }) },
  )
}, 120_000)

type Asked = Awaited<ReturnType<typeof asked>>

async function take(
  step: Step,
  { token, requestId, caseNumber }: Asked,
  customer: ReturnType<typeof someone>,
  now: Date,
) {
  if (step.does === "press") return customer.presses(token, step.face, now)
  if (step.does === "void") return voidRating(asAnn, requestId, "a reason", now)
  await work(now)
  const frown = (await allFrowns()).findLast((each) => each.caseNumber === caseNumber)
  if (!frown) return
  if (step.does === "claim") return claim(asBo, frown.id, now)
  if (step.does === "call") return logCall(asBo, frown.id, { words: "Rang", told: "nothing", again: false }, now)
  const closing = { cause: "tone", whatWeDid: "Nothing", dismissedAs: "misclick" as const }
  if (step.does === "dismiss") return closeFrown(asAnn, frown.id, closing, now)
}

/** The rule the long way: the last face before anybody was in touch, else the first; not of a voided rating. */
async function recount() {
  const rows = await db.execute<{ voided: boolean; contact: string | null; faces: { at: string; face: Face }[] }>(sql`
    select r.voided_at is not null as voided, f.first_contact_at as contact,
           jsonb_agg(jsonb_build_object('at', v.at, 'face', v.face) order by v.at, v.id) as faces
      from ratings r join rating_votes v using (request_id)
      left join frown_ratings fr using (request_id) left join frowns f on f.id = fr.frown_id
     where v.status = 'accepted' and v.settled_at is not null group by r.request_id, f.id`)
  const first = rows.map(({ contact, faces, voided }) => {
    const before = faces.filter(({ at }) => contact === null || new Date(at) < new Date(contact))
    return voided ? null : (before.at(-1) ?? faces[0])?.face
  })
  return first.filter((face) => face === "frown").length
}
