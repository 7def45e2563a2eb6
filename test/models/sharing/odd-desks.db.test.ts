import { asc, eq, ne } from "drizzle-orm"
import { expect, test } from "vitest"
import { setWeek } from "#app/models/people/agent-hours.server.ts"
import { wouldGet } from "#app/models/sharing/assignment.server.ts"
import { drainPool } from "#app/models/sharing/drain.server.ts"
import { handOver, releaseCase } from "#app/models/sharing/hand-over.server.ts"
import { setPresence } from "#app/models/sharing/load.server.ts"
import { releaseStranded, stranded } from "#app/models/sharing/release.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { ann, billing, bo, cy, dana, help, later, noon } from "#test/fixtures/desk.ts"
import { arrive, letter, storyOf } from "#test/support/arrive.ts"
import { caseOf } from "#test/support/cases.ts"
import { addCrowd, allIsWell, arrives } from "#test/support/crowd.ts"
import { caseNow, replied } from "#test/support/replies.ts"
import { sized } from "#test/support/sizes.ts"
import { viewer } from "#test/support/viewer.ts"

const days = (n: number) => later(n * 1440)
const only = async (...here: { id: number }[]) => {
  for (const { id } of [ann, bo, cy])
    await setPresence(viewer(ann), id, here.some((one) => one.id === id) ? "present" : "off", null, later(-600))
}
const inPool = async () => (await db.select().from(cases)).filter(({ agentId }) => agentId === null).length

test("one agent alone is given up to the limit, and what they give back stays in the pool with that reason", async () => {
  await db.delete(mailboxAgents).where(ne(mailboxAgents.agentId, bo.id))
  await db.update(agents).set({ loadLimit: 3 })
  await only(bo)
  const numbers = []
  for (let minute = 0; minute < 5; minute++) numbers.push(await arrives(later(minute)))
  expect(await inPool()).toBe(2)
  await releaseCase(viewer(bo), numbers[0] ?? 0, undefined, later(6))
  expect(await drainPool(later(6))).toBe(1)
  expect((await wouldGet(viewer(ann), numbers[0] ?? 0, later(7)))?.reason).toContain("Bo, gave it back")
  await setPresence(viewer(bo), bo.id, "off", null, later(8))
  expect(await stranded(later(9))).toMatchObject({ stranded: [], resting: [{}, {}, {}] })
  await allIsWell()
})

test("a crowd of agents and as many emails: one each, and a reason that is a sentence, not a register", async () => {
  const crowd = sized({ push: 64, night: 200 })
  await addCrowd(crowd)
  for (let one = 0; one < crowd; one += 8)
    await Promise.all(Array.from({ length: 8 }, (_, at) => arrives(later((one + at) / 60))))
  await drainPool(later(10))
  const rows = await db.select().from(cases)
  const each = new Map<number | null, number>()
  for (const { agentId } of rows) each.set(agentId, (each.get(agentId) ?? 0) + 1)
  expect([...each.values()].filter((count) => count !== 1)).toEqual([])
  expect(each.size).toBe(crowd)
  await db.update(agents).set({ switchedTo: "off" })
  const number = await arrives(later(11))
  const [row] = await db.select().from(assignments).where(eq(assignments.caseNumber, number))
  expect(row?.candidates.length).toBeGreaterThanOrEqual(crowd)
  expect(row?.reason.length).toBeLessThan(160)
}, 60_000)

test("a mailbox without people says so, and its mail goes out as soon as somebody answers it", async () => {
  await db.delete(mailboxAgents).where(eq(mailboxAgents.mailboxId, billing.id))
  await arrive(letter({ to: billing.address }), { to: [billing.address] })
  const { kase, given } = await storyOf((await db.select().from(cases))[0]?.number ?? 0)
  expect(given.map(({ reason }) => reason)).toEqual(["Nobody answers Billing yet."])
  expect(await releaseStranded(later(1))).toBe(0)
  await db.insert(mailboxAgents).values({ mailboxId: billing.id, agentId: cy.id })
  expect(await drainPool(later(2))).toBe(1)
  expect((await caseNow(kase.number)).agentId).toBe(cy.id)
})

test("nobody on shift for a week: the pool says until when, nothing is stranded, and it goes out in order", async () => {
  for (const { id } of [ann, bo, cy])
    await setWeek(viewer(ann), id, { timeZone: "UTC", days: ["9:00-17:00", "", "", "", "", "", ""] }, noon)
  const numbers = []
  for (let day = 0; day < 6; day++) numbers.push(await arrives(days(day)))
  expect(await drainPool(days(5))).toBe(0)
  expect(await stranded(days(5))).toEqual({ stranded: [], resting: [] })
  const [first] = await db.select().from(assignments).orderBy(asc(assignments.id))
  expect(first?.reason).toBe("In the pool: Ann, off till Mon 09:00; Bo, off till Mon 09:00; Cy, off till Mon 09:00.")
  const monday = new Date("2026-03-16T09:00:00Z")
  expect(await drainPool(monday)).toBe(6)
  const given = await db.select().from(assignments).where(ne(assignments.rule, "pool")).orderBy(asc(assignments.id))
  expect(given.map(({ caseNumber }) => caseNumber)).toEqual(numbers)
})

test("hours of somebody in a zone of odd offset leave their cases with them until their own morning", async () => {
  await only(bo)
  const number = await arrives(noon)
  await setWeek(viewer(ann), bo.id, { timeZone: "Asia/Kathmandu", days: ["9:00-17:00"] }, later(1))
  expect(await releaseStranded(later(2))).toBe(0)
  expect(await stranded(later(2))).toMatchObject({ resting: [{ number, because: "off shift" }] })
  expect((await stranded(later(2))).resting[0]?.until).toBe("2026-03-16T03:15:00.000Z")
})

test("whoever answered last has the case again when the customer writes, and off shift somebody else has it", async () => {
  const asked = await arrive(letter({ id: "<first@customer.example>" }))
  const number = asked.caseNumber ?? 0
  await handOver(viewer(ann), number, bo.id, undefined, later(1))
  await replied(number, {}, later(2))
  const again = (id: string, at: Date) =>
    arrive(letter({ id, more: ["In-Reply-To: <first@customer.example>"], text: "And now?" }), { at })
  expect((await again("<second@customer.example>", later(60))).caseNumber).toBe(number)
  expect(await caseNow(number)).toMatchObject({ agentId: bo.id, waitingSince: later(60) })
  await replied(number, {}, later(61))
  await only(ann, cy)
  await again("<third@customer.example>", later(120))
  expect(await releaseStranded(later(121))).toBe(1)
  await drainPool(later(121))
  expect([ann.id, cy.id]).toContain((await caseNow(number)).agentId)
  await only(ann, bo, cy)
  expect((await wouldGet(viewer(ann), number, later(122)))?.reason).toMatch(/^Bo: replied last, /)
})

test("the desk's usual agent for a customer is only asked where the desk has said so", async () => {
  const first = await caseOf("One", noon, dana, help.id)
  await handOver(viewer(ann), first, cy.id, undefined, noon)
  expect((await wouldGet(viewer(ann), await caseOf("Two", later(1)), later(2)))?.rule).toBe("spare room")
})
