import { expect, test } from "vitest"
import { mintNonce } from "#app/models/ratings/nonce.server.ts"
import { press } from "#app/models/ratings/press.server.ts"
import { ratingsOf, settleDue } from "#app/models/ratings/rating.server.ts"
import { db } from "#db/connection.server.ts"
import { ratingLandings } from "#db/tables/ratings.ts"
import { asked, seconds, someone, standing, tallied, votesOf } from "#test/fixtures/asked.ts"
import { noon } from "#test/fixtures/desk.ts"

const opened = 600
const settled = async (after: number) => settleDue(seconds(after + 181))
const statuses = async (requestId: number) =>
  (await votesOf(requestId)).map(({ status, because }) => `${status} ${because}`.trim())

test("a press shows at once as just in and counts three minutes later", async () => {
  const { token, requestId, replyId } = await asked()
  const { status } = await someone().presses(token, "happy", seconds(opened), "Quick and kind")
  expect(status).toBe("accepted")
  expect((await ratingsOf([replyId])).get(replyId)).toEqual({
    ...{ requestId, first: "happy", standing: "happy", at: seconds(opened), settled: false },
    ...{ comment: "Quick and kind", voided: false, voiding: null },
  })
  expect(await settleDue(seconds(opened + 179))).toBe(0)
  expect([await standing(requestId), await tallied()]).toMatchObject([null, { first: [0, 0, 0] }])
  expect(await settleDue(seconds(opened + 180))).toBe(1)
  expect((await ratingsOf([replyId])).get(replyId)?.settled).toBe(true)
  expect(await tallied("sent")).toEqual({ asked: 1, leftOff: 0, first: [1, 0, 0], last: [1, 0, 0] })
  expect(await tallied("rated")).toEqual({ asked: 0, leftOff: 0, first: [1, 0, 0], last: [1, 0, 0] })
})

test("settling again changes nothing", async () => {
  const { token } = await asked()
  await someone().presses(token, "happy", seconds(opened))
  expect([await settled(opened), await settled(opened), await settled(opened + 5)]).toEqual([1, 0, 0])
  expect(await tallied()).toMatchObject({ first: [1, 0, 0] })
})

test("S7: the button pressed on all three, fresh browser and network each, four seconds apart, counts nothing", async () => {
  const { token, requestId } = await asked()
  await someone(1).presses(token, "happy", seconds(opened))
  await someone(2).presses(token, "ok", seconds(opened + 4))
  await someone(3).presses(token, "frown", seconds(opened + 8))
  await settled(opened + 8)
  expect(await statuses(requestId)).toEqual(["contested contest", "contested contest", "contested contest"])
  expect([await standing(requestId), await tallied()]).toMatchObject([null, { first: [0, 0, 0] }])
})

test("S7: nor does a second round of the same", async () => {
  const { token, requestId } = await asked()
  for (const round of [0, 12, 24]) {
    for (const [place, face] of (["happy", "ok", "frown"] as const).entries()) {
      await someone(10 + round + place).presses(token, face, seconds(opened + round + 4 * place))
    }
  }
  await settled(opened + 40)
  expect(await standing(requestId)).toBeNull()
})

test("S8: the same in one browser that keeps its cookies counts nothing: it opened all three", async () => {
  const { token, requestId } = await asked()
  const scanner = someone()
  await scanner.presses(token, "happy", seconds(opened))
  await scanner.presses(token, "ok", seconds(opened + 4))
  await scanner.presses(token, "frown", seconds(opened + 8))
  await settled(opened + 8)
  expect(await statuses(requestId)).toEqual(["contested sweep", "contested sweep", "contested sweep"])
  expect(await standing(requestId)).toBeNull()
})

test("R7 found later: a scanner that presses one and then opens the others loses its press", async () => {
  const { token, requestId } = await asked()
  const scanner = someone()
  expect((await scanner.presses(token, "happy", seconds(opened))).status).toBe("accepted")
  await scanner.lands(token, "ok", seconds(opened + 20))
  await scanner.lands(token, "frown", seconds(opened + 40))
  expect(await settled(opened)).toBe(0)
  expect([await statuses(requestId), await standing(requestId)]).toEqual([["contested sweep"], null])
})

test("S9: one press ten seconds after the sending is held", async () => {
  const { token, requestId } = await asked()
  expect(await someone().presses(token, "happy", seconds(10))).toMatchObject({ status: "held", because: "too soon" })
  await settled(10)
  expect(await standing(requestId)).toBeNull()
})

test("S9b: the documented limit: one link, one trusted press, five minutes later, is a person to us", async () => {
  const { token, requestId } = await asked()
  await someone().presses(token, "happy", seconds(300))
  await settled(300)
  expect(await standing(requestId)).toEqual(["happy", "happy"])
})

test("S16: a scanner opens the link and a person 300 ms after: the person's press counts", async () => {
  const { token, requestId } = await asked()
  await someone(1).lands(token, "happy", seconds(opened))
  await someone(2).lands(token, "frown", seconds(opened + 0.3))
  await someone(2).presses(token, "frown", seconds(opened + 6))
  await settled(opened + 6)
  expect(await standing(requestId)).toEqual(["frown", "frown"])
})

test("S17: a shadow that opens the same link twelve seconds later changes nothing", async () => {
  const { token, requestId } = await asked()
  await someone(1).presses(token, "happy", seconds(opened))
  await someone(2).lands(token, "happy", seconds(opened + 12))
  await settled(opened)
  expect(await standing(requestId)).toEqual(["happy", "happy"])
})

test("S18: a sweep at delivery does not silence the person of the next day", async () => {
  const { token, requestId } = await asked()
  const scanner = someone(1)
  for (const [place, face] of (["happy", "ok", "frown"] as const).entries()) {
    await scanner.presses(token, face, seconds(30 + place))
  }
  await someone(1).presses(token, "frown", seconds(86_400))
  await settled(86_400)
  expect(await standing(requestId)).toEqual(["frown", "frown"])
})

test("S18b: a sweep five hours after a person rated changes nothing", async () => {
  const { token, requestId } = await asked()
  await someone(1).presses(token, "happy", seconds(opened))
  await settled(opened)
  for (const [place, face] of (["happy", "ok", "frown"] as const).entries()) {
    await someone(2).presses(token, face, seconds(opened + 18_000 + place))
  }
  await settled(opened + 18_010)
  expect(await standing(requestId)).toEqual(["happy", "happy"])
  expect(await tallied()).toMatchObject({ first: [1, 0, 0], last: [1, 0, 0] })
})

test("S19: the button pressed twice is one rating, and the same words are kept once", async () => {
  const { token, requestId, replyId } = await asked()
  const dana = someone()
  await dana.presses(token, "ok", seconds(opened), "It took long")
  await dana.presses(token, "ok", seconds(opened + 0.2), "It took long")
  await settled(opened + 1)
  expect([await standing(requestId), (await tallied()).first]).toEqual([
    ["ok", "ok"],
    [0, 1, 0],
  ])
  expect((await ratingsOf([replyId])).get(replyId)?.comment).toBe("It took long")
})

test("S21 S22: another face from the same browser twenty seconds later replaces the first, which stays in the history", async () => {
  const { token, requestId } = await asked()
  const dana = someone()
  await dana.presses(token, "frown", seconds(opened))
  await dana.presses(token, "happy", seconds(opened + 20))
  await settled(opened + 20)
  expect(await standing(requestId)).toEqual(["happy", "happy"])
  expect(await statuses(requestId)).toEqual(["accepted", "accepted"])
})

test("S21: a browser without cookies changes its mind from the page it was given after its first press", async () => {
  const { token, requestId } = await asked()
  const [before, after] = [someone(1), someone(1)]
  const { nonce } = await before.presses(token, "frown", seconds(opened))
  const form = { face: "happy", nonce, comment: "", honeypot: "", withScript: false, withGesture: false } as const
  const presser = { ...after.visitor, lineage: after.lineage, isCrossSite: false, isStaff: false }
  expect(await press(token, form, presser, seconds(opened + 20))).toMatchObject({ status: "accepted", because: "" })
  await settled(opened + 20)
  expect(await standing(requestId)).toEqual(["happy", "happy"])
})

test("S22b: opened all three to look, pressed one three minutes later: it counts", async () => {
  const { token, requestId } = await asked()
  const dana = someone()
  for (const [place, face] of (["happy", "ok", "frown"] as const).entries()) {
    await dana.lands(token, face, seconds(opened + 5 * place))
  }
  const nonce = await dana.lands(token, "ok", seconds(opened + 15))
  const form = { face: "ok", nonce, comment: "", honeypot: "", withScript: true, withGesture: true } as const
  const presser = { ...dana.visitor, lineage: dana.lineage, isCrossSite: false, isStaff: false }
  expect(await press(token, form, presser, seconds(opened + 196))).toMatchObject({ status: "accepted" })
  await settled(opened + 196)
  expect(await standing(requestId)).toEqual(["ok", "ok"])
})

test("S23: a colleague with the forwarded mail changes what stands the next day, both in the history", async () => {
  const { token, requestId } = await asked()
  await someone(1).presses(token, "happy", seconds(opened))
  await settled(opened)
  await someone(2).presses(token, "frown", seconds(opened + 86_400))
  await settled(opened + 86_400)
  expect((await standing(requestId))?.[1]).toBe("frown")
  expect(await statuses(requestId)).toEqual(["accepted", "accepted other device"])
})

test("after a contest both are asked again: two minutes on, a fresh page counts", async () => {
  const { token, requestId } = await asked()
  const [dana, machine] = [someone(1), someone(2)]
  await machine.presses(token, "ok", seconds(opened))
  expect(await dana.presses(token, "happy", seconds(opened + 30))).toMatchObject({ status: "contested" })
  expect(await dana.presses(token, "happy", seconds(opened + 100))).toMatchObject({ status: "contested" })
  expect(await dana.presses(token, "happy", seconds(opened + 130))).toMatchObject({ status: "accepted" })
  await settled(opened + 130)
  expect(await standing(requestId)).toEqual(["happy", "happy"])
})

test("S26: a page signed for one link presses no other", async () => {
  const [mine, theirs] = [await asked(), await asked()]
  const nonce = mintNonce({ requestId: mine.requestId, landedOn: null, lineageHash: null }, seconds(opened))
  const forged = [
    nonce,
    "",
    "v1",
    "....",
    `${nonce}x`,
    nonce.replace(/^v1\.\d/, "v1.9"),
    nonce.replace(/\.[^.]*$/, "."),
  ]
  const { visitor, lineage } = someone()
  for (const text of forged) {
    const form = {
      face: "frown",
      nonce: text,
      comment: "x",
      honeypot: "",
      withScript: false,
      withGesture: false,
    } as const
    const presser = { ...visitor, lineage, isCrossSite: false, isStaff: false }
    expect(await press(theirs.token, form, presser, seconds(opened + 5))).toMatchObject({
      status: "rejected",
      because: "no page",
    })
  }
  await settled(opened + 5)
  expect(await standing(theirs.requestId)).toBeNull()
})

test("eleven presses in a minute on one link are too many, and a minute later there is room again", async () => {
  const { token } = await asked()
  const { visitor, lineage } = someone()
  const form = { face: "happy", nonce: "", comment: "", honeypot: "", withScript: false, withGesture: false } as const
  const presser = { ...visitor, lineage, isCrossSite: false, isStaff: false }
  for (let count = 0; count < 10; count++) {
    expect(await press(token, form, presser, seconds(opened + count))).toMatchObject({ status: "rejected" })
  }
  expect(await press(token, form, presser, seconds(opened + 59))).toBe("too many")
  expect(await press(token, form, presser, seconds(opened + 61))).toMatchObject({ status: "rejected" })
})

test("Q2: fifty presses of one browser at once give one standing rating and a whole history", async () => {
  const { token, requestId } = await asked()
  const dana = someone()
  const nonce = await dana.lands(token, "happy", seconds(opened))
  const presser = { ...dana.visitor, lineage: dana.lineage, isCrossSite: false, isStaff: false }
  const faces = ["happy", "ok", "frown"] as const
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, place) => {
      const form = {
        face: faces[place % 3]!,
        nonce,
        comment: `${place % 4}`,
        honeypot: "",
        withScript: false,
        withGesture: false,
      }
      return press(token, form, presser, seconds(opened + 2))
    }),
  )
  expect(results.filter((result) => result === "too many")).toHaveLength(40)
  await Promise.all([settled(opened + 2), settled(opened + 2), settled(opened + 2)])
  const votes = await votesOf(requestId)
  expect(votes.map(({ status }) => status)).toEqual(Array(10).fill("accepted"))
  expect((await standing(requestId))?.[1]).toBe(votes.at(-1)!.face)
  expect((await tallied()).first.reduce((a, b) => a + b)).toBe(1)
})

test("nothing that tells who pressed is stored in the clear", async () => {
  const { token, requestId } = await asked()
  const dana = someone(9)
  await dana.presses(token, "happy", seconds(opened))
  const stored = JSON.stringify([await votesOf(requestId), await db.select().from(ratingLandings)])
  for (const clear of ["203.0", "Mail 9", dana.lineage, token]) expect(stored).not.toContain(clear)
})

test("one browser that rates two replies is not the same lineage on both", async () => {
  const [one, two] = [await asked(), await asked()]
  const dana = someone()
  await dana.presses(one.token, "happy", seconds(opened))
  await dana.presses(two.token, "happy", seconds(opened))
  const [a, b] = [await votesOf(one.requestId), await votesOf(two.requestId)]
  expect(a[0]!.lineageHash).not.toBe(b[0]!.lineageHash)
})

test("a press on the twenty-ninth day counts like any other", async () => {
  const { token } = await asked()
  expect((await someone().presses(token, "ok", new Date(+noon + 29 * 86_400_000))).status).toBe("accepted")
})
