import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { openCase } from "#app/models/cases/case.server.ts"
import { caseRecord } from "#app/models/mail/case-record.server.ts"
import { addAbsence, setWeek } from "#app/models/people/agent-hours.server.ts"
import { addHolidays } from "#app/models/people/holiday.server.ts"
import { assignCase } from "#app/models/sharing/assignment.server.ts"
import { drainPool } from "#app/models/sharing/drain.server.ts"
import { handOver, takeCase } from "#app/models/sharing/hand-over.server.ts"
import { setPresence } from "#app/models/sharing/load.server.ts"
import { releaseStranded, stranded } from "#app/models/sharing/release.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { ann, billing, bo, cy, dana, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { viewer } from "#test/support/viewer.ts"

const arrives = (now = noon, mailboxId: number = help.id) =>
  db.transaction(async (tx) => {
    const number = await openCase(
      tx,
      { mailboxId, customerId: dana.id, subject: "Invoice", requester: null, waiting: true },
      now,
    )
    return { number, ...(await assignCase(tx, number, now)) }
  })
const holderOf = async (number: number) => (await db.select().from(cases).where(eq(cases.number, number)))[0]?.agentId
const counted = async () => {
  const rows = await db.select({ agentId: cases.agentId }).from(cases)
  return [ann, bo, cy].map(({ id }) => rows.filter((row) => row.agentId === id).length)
}

test("forty cases at once over three agents are shared evenly", async () => {
  await Promise.all(Array.from({ length: 39 }, () => arrives()))
  expect(await counted()).toEqual([13, 13, 13])
})

test("nobody is given more than their limit; the rest waits in the pool with the reason", async () => {
  await db.update(agents).set({ loadLimit: 2 })
  const all = []
  for (let minute = 0; minute < 8; minute++) all.push(await arrives(later(minute)))
  expect(await counted()).toEqual([2, 2, 2])
  expect(all.slice(6).map((one) => one.agentId)).toEqual([null, null])
  expect(all[6]?.reason).toBe("In the pool: Ann, 2 of 2; Bo, 2 of 2; Cy, 2 of 2.")
})

test("a new email never overtakes the pool", async () => {
  await db.update(agents).set({ loadLimit: 1 })
  const [, , , oldest] = [
    await arrives(later(0)),
    await arrives(later(1)),
    await arrives(later(2)),
    await arrives(later(3)),
  ]
  await db.update(agents).set({ loadLimit: 2 }).where(eq(agents.id, bo.id))
  const newest = await arrives(later(5))
  expect(newest.agentId).toBeNull()
  await drainPool(later(6))
  expect(await holderOf(oldest?.number ?? 0)).toBe(bo.id)
  expect(await holderOf(newest.number)).toBeNull()
})

test("the pool empties when somebody comes back", async () => {
  for (const person of [ann, bo, cy]) await setPresence(viewer(ann), person.id, "away", null, noon)
  const { number } = await arrives()
  await setPresence(viewer(cy), cy.id, "present", null, later(1))
  expect(await drainPool(later(1))).toBe(1)
  expect(await holderOf(number)).toBe(cy.id)
})

test("a person who has just come is given five at once, not everything", async () => {
  for (const person of [ann, bo, cy]) await setPresence(viewer(ann), person.id, "away", null, noon)
  for (let one = 0; one < 9; one++) await arrives(later(one))
  await setPresence(viewer(cy), cy.id, "present", null, later(20))
  expect(await drainPool(later(20))).toBe(5)
  expect(await drainPool(later(36))).toBe(4)
})

test("what a person or a program hands over does not count as given by the desk", async () => {
  for (const person of [ann, bo, cy]) await setPresence(viewer(ann), person.id, "away", null, noon)
  const waiting = []
  for (let one = 0; one < 9; one++) waiting.push((await arrives(later(one))).number)
  await setPresence(viewer(cy), cy.id, "present", null, later(20))
  const program = { ...viewer(ann), id: null, role: "admin" as const }
  for (const number of waiting.slice(0, 2)) await handOver(program, number, cy.id, undefined, later(20))
  expect(await drainPool(later(20))).toBe(5)
})

test("only those who answer a mailbox are given its cases", async () => {
  for (let one = 0; one < 6; one++) await arrives(later(one), billing.id)
  expect(await counted()).toEqual([3, 3, 0])
})

test("a mailbox without people keeps its case in the pool and says why", async () => {
  await db.delete(mailboxAgents).where(eq(mailboxAgents.mailboxId, billing.id))
  expect((await arrives(noon, billing.id)).reason).toBe("Nobody answers Billing yet.")
})

test("two agents taking one case: one gets it, the other is told who", async () => {
  for (const person of [ann, bo, cy]) await setPresence(viewer(ann), person.id, "away", null, noon)
  const { number } = await arrives()
  const answers = await Promise.all([bo, cy].map((person) => takeCase(viewer(person), number, later(1))))
  expect(answers).toContain("done")
  const winner = (await holderOf(number)) === bo.id ? bo : cy
  expect(answers).toContainEqual({ with: winner.name })
})

test("handing over goes past a limit but never to somebody who does not answer there", async () => {
  await db.update(agents).set({ loadLimit: 1 }).where(eq(agents.id, bo.id))
  const { number } = await arrives(noon, billing.id)
  const second = await arrives(later(1), billing.id)
  expect(await handOver(viewer(ann), number, bo.id, undefined, later(2))).toBe("done")
  expect(await handOver(viewer(ann), second.number, bo.id, undefined, later(2))).toBe("done")
  expect(await handOver(viewer(ann), second.number, cy.id, undefined, later(2))).toBe("does not answer there")
  expect(await handOver(viewer(ann), second.number, 9999, undefined, later(2))).toBe("no such agent")
})

test("a hand-over says what it goes past, and keeps how everybody stood", async () => {
  await db.update(agents).set({ loadLimit: 1 }).where(eq(agents.id, bo.id))
  const [first, second, third] = [await arrives(), await arrives(), await arrives()]
  const lastOf = async (number: number) =>
    (await db.select().from(assignments).where(eq(assignments.caseNumber, number)).orderBy(assignments.id)).at(-1)
  await handOver(viewer(ann), first.number, bo.id, undefined, later(1))
  await handOver(viewer(ann), third.number, bo.id, undefined, later(2))
  expect(await lastOf(third.number)).toMatchObject({
    reason: "Ann Lee handed it over to Bo Diaz, past their limit of 1.",
    asked: null,
    candidates: [{ name: ann.name, skipped: null }, { name: bo.name, load: 2, limit: 1 }, { name: cy.name }],
  })
  await setPresence(viewer(ann), bo.id, "off", later(24 * 60), later(3))
  await handOver(viewer(ann), second.number, ann.id, undefined, later(3))
  await handOver(viewer(ann), second.number, bo.id, undefined, later(4))
  expect((await lastOf(second.number))?.reason).toBe(
    "Ann Lee handed it over to Bo Diaz, past their limit of 1 and while off till Wed 11:00.",
  )
  await handOver(viewer(ann), second.number, cy.id, undefined, later(5))
  expect((await lastOf(second.number))?.reason).toBe("Ann Lee handed it over to Cy Novak.")
})

test("whoever takes a case past their own limit is told so by the case", async () => {
  await db.update(mailboxAgents).set({ loadLimit: 1 }).where(eq(mailboxAgents.mailboxId, billing.id))
  const [, , pooled] = [
    await arrives(noon, billing.id),
    await arrives(noon, billing.id),
    await arrives(noon, billing.id),
  ]
  await takeCase(viewer(bo), pooled.number, later(4))
  const [row] = await db.select().from(assignments).where(eq(assignments.rule, "taken"))
  expect(row?.reason).toBe("Bo Diaz took it, past their limit of 1 in this mailbox.")
})

test("somebody who does not answer the mailbox cannot move its cases", async () => {
  const { number } = await arrives(noon, billing.id)
  expect(await handOver(viewer(cy), number, cy.id, undefined, noon)).toBe("no such case")
})

test("a case given back goes to somebody else", async () => {
  const { number, agentId } = await arrives()
  const holder = [ann, bo, cy].find((person) => person.id === agentId) ?? ann
  await handOver(viewer(holder), number, null, undefined, later(1))
  await drainPool(later(2))
  expect(await holderOf(number)).not.toBe(agentId)
})

test("an account that ends strands nothing: its cases go back and out again", async () => {
  const { number, agentId } = await arrives()
  await db
    .update(agents)
    .set({ deactivatedAt: later(1) })
    .where(eq(agents.id, agentId ?? 0))
  expect((await stranded(later(2))).stranded.map((one) => one.because)).toEqual(["left the desk"])
  expect(await releaseStranded(later(2))).toBe(1)
  expect(await drainPool(later(2))).toBe(1)
  expect(await holderOf(number)).not.toBe(agentId)
  expect((await stranded(later(3))).stranded).toEqual([])
})

test("off duty with nobody else there keeps the case where it is", async () => {
  const { number, agentId } = await arrives()
  for (const person of [ann, bo, cy]) await setPresence(viewer(ann), person.id, "off", null, later(1))
  expect(await releaseStranded(later(2))).toBe(0)
  expect(await holderOf(number)).toBe(agentId)
})

test("every assignment keeps its reason and the table of people as it was", async () => {
  const { number } = await arrives()
  const [row] = await db.select().from(assignments).where(eq(assignments.caseNumber, number))
  expect(row).toMatchObject({ rule: "spare room", byAgentId: null })
  expect(row?.candidates.map(({ name, load, limit, skipped }) => ({ name, load, limit, skipped }))).toEqual([
    { name: "Ann Lee", load: 0, limit: 20, skipped: null },
    { name: "Bo Diaz", load: 0, limit: 20, skipped: null },
    { name: "Cy Novak", load: 0, limit: 20, skipped: null },
  ])
})

test("why somebody was skipped is kept in words and as a fact, and the API tells the words", async () => {
  await db.update(agents).set({ loadLimit: 1 }).where(eq(agents.id, bo.id))
  await setPresence(viewer(ann), ann.id, "away", later(60), noon)
  await handOver(viewer(ann), (await arrives()).number, bo.id, undefined, later(1))
  const { number } = await arrives(later(2))
  const [row] = await db.select().from(assignments).where(eq(assignments.caseNumber, number))
  expect(row?.candidates).toMatchObject([
    { skipped: "away till 12:00", hindrance: { kind: "away", until: later(60).toISOString() } },
    { skipped: "1 of 1", hindrance: { kind: "full", load: 1, limit: 1 } },
    { skipped: null, hindrance: null },
  ])
  const told = (await caseRecord(viewer(ann), number, later(3)))?.assignments[0]?.candidates
  expect(told?.map(({ skipped }) => skipped)).toEqual(["away till 12:00", "1 of 1", null])
  expect(told?.some((one) => "hindrance" in one)).toBe(false)
})

test("a shift that has just begun is given five at once, like somebody who came", async () => {
  for (const person of [ann, bo]) await setPresence(viewer(ann), person.id, "away", null, noon)
  await setWeek(viewer(ann), cy.id, { timeZone: "UTC", days: ["", "11:30-17:00"] }, noon)
  for (let one = 0; one < 9; one++) await arrives(later(one))
  expect(await drainPool(later(29))).toBe(0)
  expect(await drainPool(later(30))).toBe(5)
  expect(await drainPool(later(44))).toBe(0)
  expect(await drainPool(later(45))).toBe(4)
})

test("a case goes to whoever has had the smaller share of their own hours today", async () => {
  await setPresence(viewer(ann), ann.id, "away", null, noon)
  await setWeek(viewer(ann), bo.id, { timeZone: "UTC", days: ["", "2:00-17:00"] }, noon)
  await setWeek(viewer(ann), cy.id, { timeZone: "UTC", days: ["", "10:00-17:00"] }, noon)
  const given = [await arrives(), await arrives(later(1)), await arrives(later(2))]
  await db.update(cases).set({ waitingSince: null })
  expect(given.map(({ agentId }) => agentId)).toEqual([bo.id, cy.id, bo.id])
  expect((await arrives(later(3))).agentId).toBe(bo.id)
})

test("nobody is given anything on a holiday, and the case says so", async () => {
  await addHolidays(viewer(ida), { first: "2026-03-10", last: "", name: "Founders" }, noon)
  expect((await arrives()).reason).toBe(
    "In the pool: Ann, off till Wed 00:00; Bo, off till Wed 00:00; Cy, off till Wed 00:00.",
  )
})

test("whoever is entered as away from now on gives their cases back, and somebody present gets them", async () => {
  const { number, agentId } = await arrives()
  const sick = { first: "2026-03-10", last: "2026-03-11", part: "day", from: "", to: "", note: "" }
  expect(await addAbsence(viewer(ann), agentId ?? 0, sick, later(1))).toBe("added")
  expect(await releaseStranded(later(1))).toBe(1)
  expect(await drainPool(later(1))).toBe(1)
  expect([ann.id, bo.id, cy.id].filter((id) => id !== agentId)).toContain(await holderOf(number))
})
