import { eq } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { deactivateAgent } from "#app/models/people/account.server.ts"
import { setWeek } from "#app/models/people/agent-hours.server.ts"
import { assignCase } from "#app/models/sharing/assignment.server.ts"
import { setPresence } from "#app/models/sharing/load.server.ts"
import { watchTurns } from "#app/models/sharing/turns.server.ts"
import { db } from "#db/connection.server.ts"
import { events } from "#db/tables/events.ts"
import { agents } from "#db/tables/people.ts"
import { ann, bo, cy, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { viewer } from "#test/support/viewer.ts"

/** What browsers were told since the last time this was asked. */
async function told() {
  const rows = await db.select({ kind: events.kind, agentId: events.agentId }).from(events)
  await db.delete(events)
  return rows
}
const presenceOf = ({ id }: { id: number }) => ({ kind: "presence", agentId: id })

beforeEach(async () => {
  await setWeek(viewer(ann), bo.id, { timeZone: "UTC", days: ["", "9:00-12:00"] }, noon)
  await told()
})

test("a shift that ends and one that begins are told once each, and nothing in between", async () => {
  const watch = watchTurns()
  expect(await watch(noon)).toBe(0)
  expect(await watch(later(59))).toBe(0)
  expect(await watch(later(61))).toBe(1)
  expect(await told()).toEqual([presenceOf(bo)])
  expect(await watch(later(120))).toBe(0)
  expect(await watch(later(7 * 1440 - 119))).toBe(1)
  expect(await told()).toEqual([presenceOf(bo)])
})

test("the end of an away time is told", async () => {
  await setPresence(viewer(cy), cy.id, "away", later(30), noon)
  const watch = watchTurns()
  await watch(noon)
  await told()
  expect(await watch(later(31))).toBe(1)
  expect(await told()).toEqual([presenceOf(cy)])
})

test("somebody who left, and a limit that an admin changed, are told", async () => {
  const watch = watchTurns()
  await watch(noon)
  await db.update(agents).set({ loadLimit: 7 }).where(eq(agents.id, bo.id))
  await deactivateAgent(cy.id, noon)
  expect(await watch(noon)).toBe(2)
  expect((await told()).map(({ agentId }) => agentId).toSorted()).toEqual([bo.id, cy.id])
})

test("an assignment and a switch are told by themselves, at once", async () => {
  await setPresence(viewer(cy), cy.id, "away", null, noon)
  expect(await told()).toEqual([presenceOf(cy)])
  const number = await caseOf("Hi")
  await told()
  const { agentId } = await db.transaction((tx) => assignCase(tx, number, noon))
  expect(await told()).toContainEqual({ kind: "assignment", agentId })
})
