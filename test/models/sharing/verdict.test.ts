import { expect, test } from "vitest"
import { inShort } from "#app/models/sharing/hindrance.ts"
import { chosenFrom } from "#app/models/sharing/next-agent.ts"
import { verdict, whatWouldHaveToChange } from "#app/models/sharing/verdict.ts"
import type { Asked, CandidateRow, Hindrance } from "#db/tables/sharing.ts"
import { noon } from "#test/fixtures/desk.ts"

const row = (agentId: number, name: string, hindrance: Hindrance | null): CandidateRow => ({
  ...{ agentId, name, load: 4, limit: 20, share: 0, idleMinutes: null, hindrance },
  skipped: hindrance && inShort(hindrance, { timeZone: "UTC", now: noon }),
  ...{ givenToday: 0, hoursToday: 4, lastGivenAt: null },
})
const asked: Asked = {
  ...{ knowsIt: null, usual: null, rampCases: 5, timeZone: "UTC", mailbox: "Help", asksFor: [] },
}
const choice = (...rows: CandidateRow[]) => chosenFrom(rows, asked)

test("the verdict names who would get it and why, and what comes before it", () => {
  const joan = choice(row(1, "Joan Park", null))
  expect(verdict(joan, 0)).toBe("Joan Park would get it: 4 of 20, the only one with room.")
  expect(verdict(joan, 1)).toBe(
    "Joan Park would get it once an older case is given out: 4 of 20, the only one with room.",
  )
  expect(verdict(joan, 7)).toContain("once 7 older cases are given out")
  expect(whatWouldHaveToChange(joan, noon)).toEqual([])
})

test("where nobody would, each person has what would have to change, those of the mailbox first", () =>
  expect(
    whatWouldHaveToChange(
      choice(
        row(1, "Ann", { kind: "not here" }),
        row(2, "Ben", { kind: "full", load: 20, limit: 20 }),
        row(3, "Cem", { kind: "off", until: "2026-03-16T09:00:00Z" }),
        row(4, "Di", { kind: "full here", load: 5, limit: 5 }),
        row(5, "Eve", { kind: "lacks", skills: ["fr"] }),
        row(6, "Fred", { kind: "ramp", given: 5 }),
        row(7, "Gus", { kind: "gave it back" }),
        row(8, "Hal", { kind: "away", until: null }),
        row(9, "Ivo", { kind: "left it unanswered" }),
      ),
      noon,
    ),
  ).toEqual([
    "Ben is full at 20 of 20: one case answered or closed makes room, or a higher limit.",
    "Cem is off until Mon 09:00.",
    "Di is full in this mailbox at 5 of 5: one answered or closed here makes room, or a higher limit here.",
    "Eve does not have fr: the case asks for it.",
    "Fred just came and was given 5 already: more can follow a quarter of an hour after they came.",
    "Gus gave it back: a person can hand it over to them all the same.",
    "Hal is away, until they or a lead switch them to present.",
    "Ivo had it and did not answer: a person can hand it over to them all the same.",
    "Ann does not answer this mailbox: an admin can add them.",
  ]))

test("a mailbox without anybody says where to add people", () =>
  expect(whatWouldHaveToChange(choice(), noon)).toEqual([
    "Nobody answers Help yet. An admin can add people under Settings, Mailboxes.",
  ]))
