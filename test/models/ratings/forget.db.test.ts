import { expect, test } from "vitest"
import { forgetVisitors } from "#app/models/ratings/landing.server.ts"
import { db } from "#db/connection.server.ts"
import { ratingLandings } from "#db/tables/ratings.ts"
import { asked, seconds, someone, votesOf } from "#test/fixtures/asked.ts"

const day = 86_400

test("thirty days on a vote is only a face, a time and what became of it, and no landing is left", async () => {
  const { token, requestId } = await asked()
  await someone().presses(token, "frown", seconds(600))
  expect(await forgetVisitors(seconds(29 * day))).toBe(0)
  expect(await forgetVisitors(seconds(31 * day))).toBe(2)
  expect(await forgetVisitors(seconds(31 * day))).toBe(0)
  expect(await votesOf(requestId)).toMatchObject([
    { face: "frown", status: "accepted", clientKey: null, lineageHash: null, dwellMs: null },
  ])
  expect(await db.$count(ratingLandings)).toBe(0)
})
