import { expect, test } from "vitest"
import { contests, type Landing, type PastVote } from "#app/models/ratings/contest.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const at = (seconds: number) => later(seconds / 60)
const landed = (face: Face | null, seconds: number, clientKey = "scanner"): Landing => ({
  face,
  at: at(seconds),
  clientKey,
})

let ids = 0
function vote(face: Face, seconds: number, more: Partial<PastVote> = {}): PastVote {
  const lineageHash = `lineage ${++ids}`
  const facts = { status: "accepted", because: "", clientKey: `client ${ids}`, settledAt: null } as const
  return { id: ids, at: at(seconds), face, lineageHash, ...facts, ...more }
}

test("one vote stands", () => {
  expect(contests([vote("happy", 0)], [landed("happy", 0)]).size).toBe(0)
})

test("two faces from two people within two minutes void each other", () => {
  const [a, b] = [vote("happy", 0), vote("frown", 120)]
  expect([...contests([a, b], [])]).toEqual([
    [a.id, "contest"],
    [b.id, "contest"],
  ])
  expect(contests([a, vote("frown", 121)], []).size).toBe(0)
})

test("the same face from two people is no contest", () => {
  expect(contests([vote("happy", 0), vote("happy", 5)], []).size).toBe(0)
})

test("one person may change their mind at once", () => {
  const lineageHash = "one person"
  expect(contests([vote("happy", 0, { lineageHash }), vote("frown", 5, { lineageHash })], []).size).toBe(0)
})

test("a vote without a lineage shares it with nobody, not even with another such", () => {
  const lineageHash = null
  expect(contests([vote("happy", 0, { lineageHash }), vote("frown", 5, { lineageHash })], []).size).toBe(2)
})

test("a third face cannot slip in behind two that voided each other", () => {
  const earlier = { status: "contested", because: "contest" } as const
  const third = vote("frown", 8)
  expect([...contests([vote("happy", 0, earlier), vote("ok", 4, earlier), third], [])]).toEqual([[third.id, "contest"]])
})

test("a scanner's void presses do not void a person's", () => {
  const swept = vote("frown", 0, { status: "contested", because: "sweep" })
  expect(contests([swept, vote("happy", 30)], []).size).toBe(0)
})

test("what was held or rejected contests nothing", () => {
  const held = vote("frown", 0, { status: "held", because: "too soon" })
  const rejected = vote("ok", 0, { status: "rejected", because: "honeypot" })
  expect(contests([held, rejected, vote("happy", 10)], []).size).toBe(0)
})

test("what is settled is final: only the newcomer is contested", () => {
  const settled = vote("happy", 0, { settledAt: noon })
  const late = vote("frown", 60)
  expect([...contests([settled, late], [])]).toEqual([[late.id, "contest"]])
})

test("who opened all three within a minute has no say for two minutes before and after", () => {
  const landings = [landed("happy", 0), landed("ok", 30), landed("frown", 60)]
  const clientKey = "scanner"
  for (const [seconds, count] of [
    [-121, 0],
    [-120, 1],
    [30, 1],
    [180, 1],
    [181, 0],
  ] as const) {
    expect([seconds, contests([vote("happy", seconds, { clientKey })], landings).size]).toEqual([seconds, count])
  }
})

test("three links opened over more than a minute are a person looking around", () => {
  const landings = [landed("happy", 0), landed("ok", 30), landed("frown", 61)]
  expect(contests([vote("happy", 62, { clientKey: "scanner" })], landings).size).toBe(0)
})

test("three openings of two links are no sweep, nor three by different clients, nor one without a face", () => {
  const mine = vote("happy", 10, { clientKey: "scanner" })
  expect(contests([mine], [landed("happy", 0), landed("ok", 1), landed("ok", 2)]).size).toBe(0)
  expect(contests([mine], [landed("happy", 0), landed("ok", 1), landed("frown", 2, "another")]).size).toBe(0)
  expect(contests([mine], [landed("happy", 0), landed("ok", 1), landed(null, 2)]).size).toBe(0)
})

test("somebody else's vote survives a scanner's sweep", () => {
  const landings = [landed("happy", 0), landed("ok", 1), landed("frown", 2)]
  expect(contests([vote("happy", 1, { clientKey: "a person" })], landings).size).toBe(0)
})
