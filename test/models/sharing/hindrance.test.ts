import { expect, test } from "vitest"
import { asPast, atLength, inShort, type Passed } from "#app/models/sharing/hindrance.ts"
import type { Hindrance } from "#db/tables/sharing.ts"
import { noon } from "#test/fixtures/desk.ts"

const said = { timeZone: "Europe/Berlin", now: noon }

/** Each kind once: typed by kind, so that a new one is not forgotten here. */
const cases: { [K in Hindrance["kind"]]: [Hindrance & { kind: K }, string, string] } = {
  full: [{ kind: "full", load: 20, limit: 20 }, "20 of 20", "is full at 20 of 20"],
  "full here": [{ kind: "full here", load: 5, limit: 5 }, "5 of 5 here", "is full in this mailbox at 5 of 5"],
  away: [{ kind: "away", until: "2026-03-10T13:05:00Z" }, "away till 14:05", "is away until 14:05"],
  off: [{ kind: "off", until: null }, "off", "is off"],
  "not here": [{ kind: "not here" }, "not on this mailbox", "does not answer this mailbox"],
  invited: [{ kind: "invited" }, "invited, not signed in yet", "was invited and has not signed in yet"],
  lacks: [{ kind: "lacks", skills: ["fr", "refunds"] }, "without fr, refunds", "does not have fr, refunds"],
  ramp: [{ kind: "ramp", given: 5 }, "just came, 5 given already", "just came and was given 5 already"],
  "gave it back": [{ kind: "gave it back" }, "gave it back", "gave it back"],
  "left it unanswered": [{ kind: "left it unanswered" }, "had it unanswered", "had it and did not answer"],
}

test.each(Object.values(cases))("%j is said in short as %s, at length as %s", (why, short, long) => {
  expect([inShort(why, said), atLength(why, said)]).toEqual([short, long])
})

test("what a person goes past is said to follow who got it", () => {
  const past: Passed[] = [cases.full[0], cases["full here"][0], cases.away[0], cases.off[0], cases.lacks[0]]
  expect(past.map((one) => asPast(one, said))).toEqual([
    "past their limit of 20",
    "past their limit of 5 in this mailbox",
    "while away till 14:05",
    "while off",
    "without fr, refunds",
  ])
})
