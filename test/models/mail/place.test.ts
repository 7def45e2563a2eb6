import { expect, test } from "vitest"
import { type Pointer, placeOf, placeOfAnswer, type Voice } from "#app/models/mail/place.ts"

const stranger = { isParticipant: false, isColleague: false, isLongClosed: false }
const points = (by: Pointer["by"], caseNumber: number, who: Partial<Pointer> = {}): Pointer => ({
  ...{ by, caseNumber },
  ...stranger,
  ...who,
})
const member = { isParticipant: true }
const colleague = { isColleague: true }
const signs = ["reply token", "our message", "their message", "marker"] as const
const voices: Voice[] = ["proven", "unproven", "refuted"]

test("nothing that points anywhere opens a case", () => {
  for (const voice of voices) expect(placeOf([], voice)).toEqual({ into: null, near: null, because: "" })
})

for (const by of signs) {
  for (const voice of ["proven", "unproven"] as const)
    test(`somebody who takes part and is ${voice} speaks by ${by}`, () => {
      expect(placeOf([points(by, 7, member)], voice)).toMatchObject({ into: 7, standing: "speaks" })
    })
  test(`somebody who only claims to take part is held by ${by}`, () => {
    expect(placeOf([points(by, 7, member)], "refuted")).toMatchObject({ into: 7, standing: "held" })
  })
  test(`a proven colleague of the customer joins by ${by}, and waits for an agent to be let in`, () => {
    expect(placeOf([points(by, 7, colleague)], "proven")).toMatchObject({ into: 7, standing: "pending" })
  })
}

test("a colleague nobody vouches for is a stranger", () => {
  expect(placeOf([points("our message", 7, colleague)], "unproven")).toMatchObject({ into: null, near: 7 })
  expect(placeOf([points("reply token", 7, colleague)], "unproven")).toMatchObject({ into: 7, standing: "unverified" })
  expect(placeOf([points("reply token", 7, colleague)], "refuted")).toMatchObject({ into: null, near: 7 })
})

for (const voice of ["proven", "unproven"] as const)
  test(`a stranger with the reply address who is ${voice} is heard, unverified`, () => {
    expect(placeOf([points("reply token", 7)], voice)).toMatchObject({ into: 7, standing: "unverified" })
  })

test("a stranger with the reply address whose domain disowns the mail opens a case beside it", () => {
  expect(placeOf([points("reply token", 7)], "refuted")).toMatchObject({ into: null, near: 7 })
})

for (const by of ["our message", "their message", "marker"] as const)
  for (const voice of voices)
    test(`a stranger who is ${voice} with ${by} opens a case beside it`, () => {
      expect(placeOf([points(by, 7)], voice)).toMatchObject({ into: null, near: 7 })
    })

test("where token and id disagree the token wins for its participant, and the other case is named", () => {
  const place = placeOf([points("reply token", 7, member), points("our message", 8, member)], "unproven")
  expect(place).toMatchObject({ into: 7, standing: "speaks", because: expect.stringContaining("case 8") })
})

test("where token and id disagree the id wins for a participant of that case only", () => {
  const place = placeOf([points("reply token", 7), points("our message", 8, member)], "unproven")
  expect(place).toMatchObject({ into: 8, standing: "speaks" })
})

test("a stranger whose token and ids disagree is no longer believed", () => {
  const place = placeOf([points("reply token", 7), points("our message", 8)], "unproven")
  expect(place).toMatchObject({ into: null, near: 7 })
})

test("a case closed long ago is not opened again, the new one stands beside it", () => {
  const old = { ...member, isLongClosed: true }
  const place = placeOf([points("reply token", 7, old)], "proven")
  expect(place).toMatchObject({ into: null, near: 7, because: expect.stringContaining("closed long ago") })
})

test("an automatic answer joins what it answers, whoever sends it, by a sign of ours only", () => {
  expect(placeOfAnswer([points("our message", 7)])).toMatchObject({ into: 7, standing: "unverified" })
  expect(placeOfAnswer([points("their message", 7)])).toMatchObject({ into: null })
  expect(placeOfAnswer([points("their message", 7, member)])).toMatchObject({ into: 7 })
  expect(placeOfAnswer([])).toMatchObject({ into: null })
})
