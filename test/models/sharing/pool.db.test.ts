import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { assignCase, wouldGet } from "#app/models/sharing/assignment.server.ts"
import { drainPool } from "#app/models/sharing/drain.server.ts"
import { handOver } from "#app/models/sharing/hand-over.server.ts"
import { handOverAll, heldBy } from "#app/models/sharing/hand-over-all.server.ts"
import { setPresence } from "#app/models/sharing/load.server.ts"
import { chosenFrom } from "#app/models/sharing/next-agent.ts"
import { releaseStranded, stranded } from "#app/models/sharing/release.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents, mailboxAgents, mailboxes } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { ann, billing, bo, cy, dana, help, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { viewer } from "#test/support/viewer.ts"

const staff = [ann, bo, cy]
const away = async (...people: { id: number }[]) => {
  for (const { id } of people) await setPresence(viewer(ann), id, "away", null, later(-600))
}
const arrives = async (now = noon, mailboxId: number = help.id, asksFor: string[] = []) => {
  const number = await caseOf("Where?", now, dana, mailboxId)
  await db.update(cases).set({ asksFor }).where(eq(cases.number, number))
  await db.transaction((tx) => assignCase(tx, number, now))
  return number
}
const holderOf = async (number: number) => (await db.select().from(cases).where(eq(cases.number, number)))[0]?.agentId
const lastOf = async (number: number) =>
  (await db.select().from(assignments).where(eq(assignments.caseNumber, number)).orderBy(assignments.id)).at(-1)

test("a case that asks for a skill goes to whoever has it, however full beside the others", async () => {
  await db
    .update(agents)
    .set({ skills: ["fr", "refunds"] })
    .where(eq(agents.id, cy.id))
  for (let one = 0; one < 4; one++) expect(await holderOf(await arrives(later(one), help.id, ["fr"]))).toBe(cy.id)
  expect((await lastOf(1))?.reason).toBe("Cy: 0 of 20, none given yet. Skipped: Ann, without fr; Bo, without fr.")
})

test("what a mailbox asks for every case of it asks for", async () => {
  await db
    .update(agents)
    .set({ skills: ["de"] })
    .where(eq(agents.id, bo.id))
  await db
    .update(mailboxes)
    .set({ asksFor: ["de"] })
    .where(eq(mailboxes.id, help.id))
  expect(await holderOf(await arrives())).toBe(bo.id)
})

test("a case nobody present can take holds up none of those behind it", async () => {
  await away(...staff)
  const french = await arrives(later(0), help.id, ["fr"])
  const plain = await arrives(later(1))
  await setPresence(viewer(bo), bo.id, "present", null, later(2))
  expect(await drainPool(later(2))).toBe(1)
  expect([await holderOf(french), await holderOf(plain)]).toEqual([null, bo.id])
})

test("one who gave a case back is given the ones behind it", async () => {
  await away(ann, cy)
  const first = await arrives(later(0))
  await handOver(viewer(bo), first, null, undefined, later(1))
  const second = await arrives(later(2))
  await drainPool(later(3))
  expect([await holderOf(first), await holderOf(second)]).toEqual([null, bo.id])
})

test("a limit for one mailbox holds there only", async () => {
  await db.update(mailboxAgents).set({ loadLimit: 1 }).where(eq(mailboxAgents.mailboxId, billing.id))
  const all = []
  for (let one = 0; one < 3; one++) all.push(await arrives(later(one), billing.id))
  expect(await Promise.all(all.map(holderOf))).toEqual([ann.id, bo.id, null])
  expect((await lastOf(all[2] ?? 0))?.reason).toContain("Ann, 1 of 1 here; Bo, 1 of 1 here")
  expect([ann.id, bo.id, cy.id]).toContain(await holderOf(await arrives(later(4))))
})

test("every explanation is what comes of the facts kept with it", async () => {
  await db.update(agents).set({ loadLimit: 3 })
  for (let one = 0; one < 12; one++) await arrives(later(one * 7))
  const rows = await db.select().from(assignments)
  expect(rows).toHaveLength(12)
  for (const { candidates, asked, toAgentId, reason, rule } of rows.filter((row) => !row.reason.includes("behind"))) {
    const again = asked && chosenFrom(candidates, asked)
    expect(again).toMatchObject({ agentId: toAgentId, reason, rule })
  }
})

test("who would get it now is told without giving it", async () => {
  await away(ann, cy)
  const number = await arrives()
  await away(bo)
  await setPresence(viewer(cy), cy.id, "present", null, later(1))
  expect(await wouldGet(viewer(ann), number, later(2))).toMatchObject({ agentId: cy.id, rule: "spare room" })
  expect(await holderOf(number)).toBe(bo.id)
  const billed = await arrives(later(3), billing.id)
  expect(await wouldGet(viewer(cy), billed, later(3))).toBeNull()
})

test("off duty with somebody else there is stranded; with nobody it rests until its person is back", async () => {
  await away(ann, cy)
  const number = await arrives()
  await setPresence(viewer(bo), bo.id, "off", null, later(1))
  expect(await stranded(later(2))).toMatchObject({ stranded: [], resting: [{ number, because: "off shift" }] })
  await setPresence(viewer(cy), cy.id, "present", null, later(3))
  expect(await stranded(later(3))).toMatchObject({ stranded: [{ number }], resting: [] })
  expect(await releaseStranded(later(3))).toBe(1)
  expect((await lastOf(number))?.reason).toBe("Back to the pool: Bo Diaz is off shift.")
})

test("what a person gives to somebody who is gone, or takes while gone, the desk does not take from them", async () => {
  await away(ann)
  const [first, second] = [await arrives(later(0)), await arrives(later(1))]
  for (const number of [first, second]) await handOver(viewer(ann), number, cy.id, undefined, later(2))
  await setPresence(viewer(bo), bo.id, "off", null, later(3))
  expect(await handOver(viewer(ann), first, bo.id, undefined, later(4))).toBe("done")
  expect(await stranded(later(5))).toMatchObject({ stranded: [], resting: [{ number: first, isMeant: true }] })
  expect(await releaseStranded(later(5))).toBe(0)
  await setPresence(viewer(cy), cy.id, "off", null, later(6))
  await setPresence(viewer(ann), ann.id, "present", null, later(6))
  expect(await stranded(later(7))).toMatchObject({ stranded: [{ number: second }], resting: [{ number: first }] })
  await setPresence(viewer(bo), bo.id, "present", null, later(8))
  await setPresence(viewer(bo), bo.id, "off", null, later(9))
  expect((await stranded(later(10))).stranded.map(({ number }) => number)).toEqual([first, second])
})

test("away for up to two hours is a meal and takes nothing away; longer is gone", async () => {
  await away(ann, cy)
  const number = await arrives()
  await setPresence(viewer(bo), bo.id, "away", null, later(1))
  await setPresence(viewer(cy), cy.id, "present", null, later(1))
  expect(await releaseStranded(later(121))).toBe(0)
  expect(await holderOf(number)).toBe(bo.id)
  expect(await releaseStranded(later(122))).toBe(1)
})

test("away until three hours from now is gone at once", async () => {
  await away(ann, cy)
  await arrives()
  await setPresence(viewer(cy), cy.id, "present", null, later(1))
  await setPresence(viewer(bo), bo.id, "away", later(121), later(1))
  expect(await releaseStranded(later(2))).toBe(0)
  await setPresence(viewer(bo), bo.id, "away", later(182), later(1))
  expect(await releaseStranded(later(2))).toBe(1)
})

test("whoever leaves hands everything to one person, save what that one does not answer", async () => {
  await away(bo, cy)
  const mine = [await arrives(later(0)), await arrives(later(1)), await arrives(later(2), billing.id)]
  await db
    .update(cases)
    .set({ waitingSince: null })
    .where(eq(cases.number, mine[1] ?? 0))
  expect(await heldBy(viewer(ann), ann.id, later(3))).toEqual({ onUs: [mine[0], mine[2]], others: [mine[1]] })
  expect(await handOverAll(viewer(bo), ann.id, cy.id, later(3))).toBe("not yours")
  expect(await handOverAll(viewer(ann), ann.id, cy.id, later(3))).toEqual({
    moved: [mine[0], mine[1]],
    stay: [mine[2]],
  })
  expect(await handOverAll(viewer(ann), cy.id, null, later(4))).toEqual({ moved: [mine[0]], stay: [] })
})
