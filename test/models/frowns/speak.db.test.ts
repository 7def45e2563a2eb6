import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { speakComments } from "#app/models/frowns/speak.server.ts"
import { db } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import { ratingComments, ratingRequests } from "#db/tables/ratings.ts"
import { bo, dana, help, later } from "#test/fixtures/desk.ts"
import { aCase, aFrownedReply, aReply, press } from "#test/fixtures/frown.ts"

const emailsIn = (caseNumber: number) =>
  db
    .select()
    .from(messages)
    .where(eq(messages.caseNumber, caseNumber))
    .then((all) => all.filter(({ kind }) => kind === "email"))
const kaseAt = async (number: number) => (await db.select().from(cases).where(eq(cases.number, number)))[0]!

test("words with a frown stand in the case as the customer's, once, and it waits on us again", async () => {
  const { caseNumber, requestId } = await aFrownedReply()
  await db
    .update(cases)
    .set({ closedAt: later(-10) })
    .where(eq(cases.number, caseNumber))
  await db.insert(ratingComments).values({ requestId, at: later(1), body: "This did not help at all." })
  const spoken = await Promise.all([1, 2, 3].map(() => speakComments(later(4))))
  expect(spoken.reduce((sum, each) => sum + each, 0)).toBe(1)
  expect(await speakComments(later(5))).toBe(0)
  expect(await emailsIn(caseNumber)).toMatchObject([
    {
      from: { name: dana.name, address: dana.address },
      to: [{ name: help.name, address: help.address }],
      customerId: dana.id,
      newText: "This did not help at all.",
      joinedBecause: "Left with a rating: frown",
    },
  ])
  expect(await kaseAt(caseNumber)).toMatchObject({ waitingSince: later(1), closedAt: null })
})

test("speaking asks for no rating", async () => {
  const { requestId } = await aFrownedReply()
  await db.insert(ratingComments).values({ requestId, at: later(1), body: "Hm." })
  await speakComments(later(4))
  expect(await db.select().from(ratingRequests)).toHaveLength(1)
})

test("words with an OK are spoken too, words with a happy face are a kind word and move nothing", async () => {
  const number = await aCase()
  for (const [minutes, face] of [
    [1, "ok"],
    [2, "happy"],
  ] as const) {
    const { requestId } = await aReply(number, bo, later(minutes - 60))
    await press(requestId, face, later(minutes))
    await db.insert(ratingComments).values({ requestId, at: later(minutes), body: `It was ${face}` })
  }
  await speakComments(later(6))
  expect((await emailsIn(number)).map(({ newText }) => newText)).toEqual(["It was ok"])
})

test("words in a case that was merged are spoken in it, and make the one it lives on in wait", async () => {
  const { caseNumber, requestId } = await aFrownedReply()
  const living = await aCase({ subject: "The same again" })
  await db.update(cases).set({ mergedInto: living }).where(eq(cases.number, caseNumber))
  await db.insert(ratingComments).values({ requestId, at: later(1), body: "Still broken." })
  await speakComments(later(4))
  expect([(await emailsIn(living)).length, (await emailsIn(caseNumber)).length]).toEqual([0, 1])
  const [kase] = await db.select().from(cases).where(eq(cases.number, living))
  expect(kase?.waitingSince).toEqual(later(1))
})
