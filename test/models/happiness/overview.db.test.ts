import { expect, test } from "vitest"
import { causeBook } from "#app/models/frowns/cause.ts"
import { casesBehind } from "#app/models/happiness/cases-behind.server.ts"
import { latestYear, overviewOf } from "#app/models/happiness/overview.server.ts"
import { parsePeriod } from "#app/models/happiness/period.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { rebuildRatings } from "#app/models/ratings/rebuild.server.ts"
import { db } from "#db/connection.server.ts"
import { causes } from "#db/tables/frowns.ts"
import { ann, billing, bo, cy, help, later, noon } from "#test/fixtures/desk.ts"
import { frown, reply, vote } from "./seeded.ts"
import { rated, replied, story } from "./tallies.ts"

const lead = { ...ann, mailboxIds: [help.id, billing.id] }
const agent = { ...bo, mailboxIds: [help.id, billing.id] }
const asked = (name: string) =>
  ({ period: parsePeriod(name)!, loadBy: null, voices: null, mailboxId: null, agentId: null }) as const

async function page(name: string, viewer: Parameters<typeof overviewOf>[0] = lead, about = {}) {
  const found = await overviewOf(viewer, { ...asked(name), ...about }, noon)
  if (found === "not yours") throw new Error("not yours")
  return found
}

test("the page of the year tells its story, with twelve months and the years around it", async () => {
  await story()
  const found = await page("2011")
  expect(found.sentence.pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("")).toBe(
    "84 happy / 9 OK / 7 frown in 2010 → 90 / 7 / 3 in 2011; 92 / 5 / 3 in the last half; emails per agent per day 80 → 40.",
  )
  expect(found.band.columns.map(({ period }) => period.short)).toHaveLength(12)
  expect(found.run.points.map(({ period, share }) => `${period.name} ${share}`)).toEqual([
    ...["2010-H1 83", "2010-H2 84", "2011-H1 88", "2011-H2 92"],
  ])
  expect(found.steps).toMatchObject({ before: { name: "2010" }, after: { name: "2012" } })
  expect(found.steps.kinds.map(({ name }) => name)).toEqual(["2011", "2011-H2", "2011-Q4", "2011-12", "2011-W52"])
})

test("weeks that reach over the edge of a quarter are cut at it", async () => {
  await rated("2011-06-30", "100/0/0")
  await rated("2011-07-01", "20/0/0")
  const { band } = await page("2011-Q3")
  expect(band.columns[0]).toMatchObject({ period: { from: "2011-07-01", to: "2011-07-04" }, rated: 20 })
})

test("a lead sees everybody by name; an agent the team's ratio and themselves", async () => {
  await rated("2011-03-01", "30/0/0", { agentId: cy.id })
  await rated("2011-03-01", "20/5/5", { agentId: bo.id })
  expect((await page("2011")).people.rows.map(({ name }) => name)).toEqual(["Bo Diaz", "Cy Novak"])
  const own = await page("2011", agent)
  expect(own.last.happy).toBe(50)
  expect(own.people.rows.map(({ name }) => name)).toEqual(["Bo Diaz"])
  expect([own.mailboxes, own.mayOpen, own.choices.agents]).toEqual([null, false, []])
})

test("an agent's own figures are theirs to open, a colleague's are not", async () => {
  expect((await page("2011", agent, { agentId: bo.id })).mayOpen).toBe(true)
  expect(await overviewOf(agent, { ...asked("2011"), agentId: cy.id }, noon)).toBe("not yours")
})

test("flips: of those contacted, with the time it took", async () => {
  await db.insert(causes).values(causeBook.map((cause, at) => ({ ...cause, id: at + 1 })))
  const at = new Date("2011-05-02T09:00:00Z")
  const bug = causeBook.findIndex(({ key }) => key === "bug") + 1
  await frown(at, { firstContactAt: later(60, at), outcome: "flipped", causeId: 1 })
  await frown(at, { firstContactAt: later(120, at), outcome: "improved", causeId: bug })
  await frown(at, { firstContactAt: later(180, at), toldImprovedAt: later(200, at) })
  await frown(at, { dueAt: later(60, at), causeId: bug })
  await frown(at, { outcome: "void" })
  const { flips, causes: why, notOurs } = await page("2011")
  expect(flips).toMatchObject({ frowns: 4, contacted: 3, flipped: 1, improved: 1, toldImproved: 1, overdue: 1 })
  expect(flips.untilContact).toBe(120 * 60_000)
  expect(flips.interval[0]).toBeCloseTo(0.061492, 5)
  expect(why.map(({ name, count, cumulative }) => [name, count, cumulative])).toEqual([
    ["Bug", 2, 0.5],
    ["Not known yet", 1, 0.75],
    ["Tone", 1, 1],
  ])
  expect(notOurs).toEqual({ [bo.id]: 2 })
})

test("what was set aside is counted, not hidden", async () => {
  const { id } = await reply(noon, { face: "happy" })
  await reply(noon, { face: "frown", voided: true })
  for (const status of ["held", "held", "contested", "rejected", "accepted"] as const) await vote(id, noon, status)
  expect((await page("2026")).aside).toEqual({ held: 2, contested: 1, rejected: 1, voided: 1 })
})

test("the voices of customers who rate often are weighed when asked for", async () => {
  await rated("2026-03-10", "12/0/0")
  for (let count = 0; count < 12; count += 1) await reply(noon, { face: "happy" })
  expect((await page("2026")).sure?.repeat).toBeNull()
  expect((await page("2026", lead, { voices: "weighed" })).sure?.repeat).toMatchObject({ adjusted: false, oneVoice: 1 })
})

test("narrowed to a person, load is theirs and the sentence leaves it out", async () => {
  await rated("2011-03-01", "90/5/5", { agentId: bo.id })
  await replied("2011-03-01", bo.id, 30)
  await replied("2011-03-01", cy.id, 50)
  const found = await page("2011", lead, { agentId: bo.id })
  expect(found.loads[1]).toMatchObject({ replies: 30, perAgentDay: 30 })
  expect(JSON.stringify(found.sentence.pieces)).not.toContain("emails")
})

test("the number that leads to a list, its count and the list agree with what the ratings room tallies", async () => {
  await changeSetting("desk.timeZone", "America/Chicago", noon)
  await reply(new Date("2012-01-01T05:59:00Z"), { face: "frown" })
  await reply(new Date("2012-01-01T05:58:00Z"))
  await reply(new Date("2012-01-01T05:57:00Z"), { face: "frown", voided: true })
  await reply(new Date("2012-01-01T05:56:00Z"), { face: "frown", recoveryFrownId: 1 })
  await reply(new Date("2012-01-01T05:55:00Z"), { leftOffBy: bo.id })
  await reply(new Date("2012-01-01T06:00:00Z"), { face: "ok" })
  await db.transaction((tx) => rebuildRatings(tx))
  const { last, period } = await page("2011")
  expect(last).toMatchObject({ happy: 0, ok: 0, frown: 1, asked: 3, leftOff: 1 })
  const none = { face: null, mailboxId: null, agentId: null, cause: null, cursor: null }
  const behind = async (show: "rated" | "asked" | "unanswered" | "left-off") => {
    const { count, rows } = await casesBehind(lead, { ...none, show, from: period.from, to: period.to }, noon)
    return [count, rows.length]
  }
  expect(await behind("rated")).toEqual([1, 1])
  expect(await behind("asked")).toEqual([3, 3])
  expect(await behind("unanswered")).toEqual([2, 2])
  expect(await behind("left-off")).toEqual([1, 1])
})

test("the page opens on the latest year with ratings, on a new desk on this one", async () => {
  expect(await latestYear(noon)).toBe("2026")
  await story()
  expect(await latestYear(noon)).toBe("2011")
})
